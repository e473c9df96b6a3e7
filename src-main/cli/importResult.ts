/** What an import gives back on the command line; every key is described in docs/cli.md. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportLine, ImportReport, LineOutcome } from '../../src-shared/contract';
import type { LocalServices } from '../compose/services';

const PAGE = 1000;

function byPath(a: ImportLine, b: ImportLine): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}

/** Lines of the given outcomes, all pages, by path: in which order several readers met them is chance. */
export function linesOf(
  services: Pick<LocalServices, 'import'>,
  importId: number,
  outcomes?: readonly LineOutcome[],
): ImportLine[] {
  const all: ImportLine[] = [];
  for (;;) {
    const { lines } = services.import.lines({ importId, outcomes, offset: all.length, limit: PAGE });
    all.push(...lines);
    if (lines.length < PAGE) return all.sort(byPath);
  }
}

/** Codes of rejected files that were not recognised as DICOM. */
const UNRECOGNISED = new Set(['file/not-found', 'file/unreadable', 'file/empty']);

/** Keys are added, never renamed. */
export function importResult(report: ImportReport, services: LocalServices) {
  const failedLines = linesOf(services, report.importId, ['rejected', 'unreachable']);
  const unrecognised = failedLines.filter(
    ({ outcome, code }) => outcome === 'rejected' && UNRECOGNISED.has(code ?? ''),
  );
  const warned = warningsOf(report, services);
  const { seen, notDicom, added, partial, known, aside, directories, rejected, notChosen } = report;
  return {
    seen,
    dicom: seen - notDicom - unrecognised.length,
    notDicom,
    failed: failedLines.map((line) => ({ path: pathOnDisk(line, report), reason: line.reason, code: line.code })),
    added: added + partial,
    duplicates: known + aside,
    ...services.counts(),
    seconds: report.seconds,
    warnings: warned.map((line) => ({ path: pathOnDisk(line, report), reason: line.reason, detail: line.detail })),
    importId: report.importId,
    partial,
    known,
    aside,
    directories,
    rejected,
    notChosen,
    unreachable: report.unreachable,
    announcedMissing: report.announcedMissing,
    placement: report.placement,
    wasCancelled: report.wasCancelled,
    sources: report.sources,
    media: report.media,
  };
}

/** In the library, but not as they should be. */
function warningsOf({ importId, warnings, partial }: ImportReport, services: LocalServices): ImportLine[] {
  if (warnings + partial === 0) return [];
  return linesOf(services, importId, ['added', 'partial']).filter(({ reason }) => reason !== '');
}

/** Absolute where the file lies on a disk by itself; as the report has it inside an archive. */
function pathOnDisk({ path }: ImportLine, { paths }: ImportReport): string {
  const candidates = paths.flatMap((given) => [join(given, path), join(given, '..', path)]);
  return candidates.find((candidate) => existsSync(candidate)) ?? path;
}

export function importSummary(report: ImportReport, services: LocalServices): string {
  const { patients, studies, series, instances } = services.counts();
  const bad = linesOf(services, report.importId, ['rejected', 'unreachable', 'aside', 'announced-missing']);
  return [
    `${report.seen} files seen: ${report.added} added, ${report.partial} added in part, ${report.known} already there, ${report.aside} kept aside, ` +
      `${report.directories} DICOMDIR, ${report.notDicom} not DICOM, ${report.rejected} rejected, ${report.notChosen} not chosen; ${report.seconds.toFixed(1)} s.`,
    ...report.media.map(mediumLine),
    `The library holds ${patients} patients, ${studies} studies, ${series} series, ${instances} instances.`,
    ...[...bad, ...warningsOf(report, services)].map(reportLine),
    ...(report.wasCancelled ? ['Cancelled: what was read until then stays.'] : []),
  ].join('\n');
}

export function mediumLine({
  path,
  announced,
  found,
  unreadable,
  missing,
  unlisted,
}: ImportReport['media'][number]): string {
  return `${path} announces ${announced} files: ${found} found, ${unreadable} unreadable, ${missing} missing, ${unlisted} it does not list.`;
}

export function reportLine({ path, outcome, reason, detail }: ImportLine): string {
  const facts = [reason, detail].filter((fact) => fact !== '').join(' ');
  return `${outcome.padEnd(17)} ${path}${facts === '' ? '' : `: ${facts}`}`;
}
