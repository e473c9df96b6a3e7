/** `dcm verify`, `dcm rebuild`, `dcm usage`: the library as files on this disk. */
import { AppError } from '../../src-shared/base/appError';
import type { StorageUsage, VerifyEvent, VerifyReport } from '../../src-shared/contract';
import { rebuildLibrary } from '../compose/rebuild';
import { createServices } from '../compose/services';
import { cliPlatform, parseCommandLine, type CliIo, type ExitStatus } from './io';

export const verifyUsage = 'verify [--deep] [--library DIR] [--json]';
export const rebuildUsage = 'rebuild [--library DIR] [--json]';
export const usageUsage = 'usage [--library DIR] [--json]';

const PROGRESS_INTERVAL_MS = 1000;

const shared = { library: { type: 'string' }, json: { type: 'boolean', default: false } } as const;

export async function runVerify(args: readonly string[], io: CliIo): Promise<ExitStatus> {
  const { values } = parseCommandLine({
    args: [...args],
    options: { ...shared, deep: { type: 'boolean', default: false } },
    allowPositionals: false,
  });
  const services = await createServices(cliPlatform(io, values.library), { background: false });
  try {
    const report = await reportOf(services.storage.verify(values.deep, io.signal), io);
    await io.out(values.json ? JSON.stringify(report) : verifySummary(report));
    return isSound(report) ? 0 : 1;
  } finally {
    await services.dispose();
  }
}

export async function runRebuild(args: readonly string[], io: CliIo): Promise<ExitStatus> {
  const { values } = parseCommandLine({ args: [...args], options: shared, allowPositionals: false });
  const report = await reportOf(rebuildLibrary(cliPlatform(io, values.library), io.signal), io);
  await io.out(values.json ? JSON.stringify(report) : verifySummary(report));
  return isSound(report) ? 0 : 1;
}

export async function runUsage(args: readonly string[], io: CliIo): Promise<ExitStatus> {
  const { values } = parseCommandLine({ args: [...args], options: shared, allowPositionals: false });
  const services = await createServices(cliPlatform(io, values.library), { background: false });
  try {
    const usage = await services.storage.usage();
    await io.out(values.json ? JSON.stringify(usage) : usageSummary(usage));
    return 0;
  } finally {
    await services.dispose();
  }
}

function isSound({ missing, damaged, unreadable, wasCancelled }: VerifyReport): boolean {
  return missing + damaged + unreadable === 0 && !wasCancelled;
}

async function reportOf(events: AsyncIterable<VerifyEvent>, io: CliIo): Promise<VerifyReport> {
  let toldAtMs = Date.now();
  for await (const event of events) {
    if (event.kind === 'report') return event.report;
    if (Date.now() - toldAtMs < PROGRESS_INTERVAL_MS) continue;
    toldAtMs = Date.now();
    io.err(`${event.progress.checked} of ${event.progress.total} files checked`);
  }
  throw new AppError('service/failed', 'The check ended without a report.');
}

function verifySummary(report: VerifyReport): string {
  const counts = [
    [report.missing, 'not where the library knows them'],
    [report.damaged, 'with other bytes than were taken in, moved to damaged/'],
    [report.restored, 'of them copied again from where they came'],
    [report.adopted, 'copies without a row, put back'],
    [report.unreadable, 'copies that hold nothing readable, moved to damaged/'],
    [report.leftovers, 'unfinished files removed'],
    [report.corrected, 'rows put right'],
  ] as const;
  return [
    `${report.checked} files checked in ${report.seconds.toFixed(1)} s.`,
    ...counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}.`),
    ...(isSound(report) ? ['All of them are sound.'] : []),
    ...(report.wasCancelled ? ['Cancelled before the end.'] : []),
  ].join('\n');
}

function usageSummary(usage: StorageUsage): string {
  const { quotaBytes } = usage;
  const isOver = quotaBytes !== null && usage.copiedBytes > quotaBytes;
  return [
    usage.directory,
    `copies   ${size(usage.copiedBytes)}${quotaBytes === null ? '' : ` of ${size(quotaBytes)}`}`,
    `  ${size(usage.evictableBytes)} can be fetched again, ${size(usage.trashBytes)} in the trash, ${size(usage.asideBytes)} kept aside`,
    `free     ${size(usage.freeBytes)}`,
    ...(isOver && usage.evictableBytes === 0 ? ['The quota is exceeded, and nothing can be fetched again.'] : []),
    ...usage.bySource.map(
      (source) =>
        `${source.kind.padEnd(11)} ${source.label}: ${source.studies} studies, ${source.instances} instances, ` +
        `${size(source.copiedBytes)} copied, ${size(source.referencedBytes)} referenced`,
    ),
  ].join('\n');
}

/** Decimal units, as disks are sold. */
function size(bytes: number): string {
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(0)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}
