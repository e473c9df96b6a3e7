/** `dcm import PATH… [--library DIR] [--json]`: opens files and folders as the window does. */
import { resolve } from 'node:path';
import type { ImportProgress, ImportReport } from '../../src-shared/contract';
import { createServices, type LocalServices } from '../compose/services';
import { cliPlatform, parseCommandLine, UsageError, type CliIo, type ExitStatus } from './io';

export const importUsage = 'import PATH… [--library DIR] [--json]';

const PROGRESS_INTERVAL_MS = 1000;

export async function runImport(args: readonly string[], io: CliIo): Promise<ExitStatus> {
  const { values, positionals } = parseCommandLine({
    args: [...args],
    options: { library: { type: 'string' }, json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  if (positionals.length === 0) throw new UsageError('import needs at least one file or folder');
  const paths = positionals.map((path) => resolve(path));

  const services = createServices(cliPlatform(io, values.library), { background: false });
  try {
    const report = await importPaths(services, paths, io);
    await io.out(values.json ? JSON.stringify(importResult(report, services)) : importSummary(report, services));
    return report.failures.length === 0 && !report.wasCancelled ? 0 : 1;
  } finally {
    await services.dispose();
  }
}

async function importPaths(services: LocalServices, paths: readonly string[], io: CliIo): Promise<ImportReport> {
  let toldAtMs = Date.now();
  for await (const event of services.import.open(paths, io.signal)) {
    if (event.kind === 'report') return event.report;
    if (Date.now() - toldAtMs < PROGRESS_INTERVAL_MS) continue;
    toldAtMs = Date.now();
    io.err(progressLine(event.progress));
  }
  throw new Error('Assertion failed: an import ended without a report');
}

function progressLine({ found, read, failed, filesPerSecond, secondsLeft }: ImportProgress): string {
  const left = secondsLeft === null ? '' : `, ${secondsLeft.toFixed(0)} s left`;
  return `${read} of ${found} files read, ${failed} failed, ${filesPerSecond.toFixed(0)} files/s${left}`;
}

/** The stable result object; every key is described in docs/cli.md. */
function importResult(report: ImportReport, services: LocalServices) {
  const { seen, dicom, notDicom, failures, warnings, added, duplicates, seconds } = report;
  const failed = failures.map(({ path, reason }) => ({ path, reason }));
  const warned = warnings.map(({ path, reason }) => ({ path, reason }));
  return { seen, dicom, notDicom, failed, added, duplicates, ...services.counts(), seconds, warnings: warned };
}

function importSummary(report: ImportReport, services: LocalServices): string {
  const { patients, studies, series, instances } = services.counts();
  return [
    `${report.seen} files seen: ${report.dicom} DICOM, ${report.notDicom} not DICOM, ${report.failed} failed.`,
    `${report.added} added, ${report.duplicates} already there, ${report.seconds.toFixed(1)} s.`,
    `The library holds ${patients} patients, ${studies} studies, ${series} series, ${instances} instances.`,
    ...report.failures.map(({ path, reason }) => `failed  ${path}: ${reason}`),
    ...report.warnings.map(({ path, reason }) => `warning ${path}: ${reason}`),
    ...(report.wasCancelled ? ['Cancelled: what was read until then stays.'] : []),
  ].join('\n');
}
