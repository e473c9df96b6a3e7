/** A report as text, for the clipboard. */
import type { ImportFailure, ImportReport } from '../../../src-shared/contract';
import { formatCount, formatDuration, t } from '../../strings';

/** Label and figure of each count, in the order of the panel. */
export function reportFigures(report: ImportReport): readonly (readonly [label: string, value: number])[] {
  return [
    [t('import.report.seen'), report.seen],
    [t('import.report.dicom'), report.dicom],
    [t('import.report.added'), report.added],
    [t('import.report.duplicates'), report.duplicates],
    [t('import.report.notDicom'), report.notDicom],
    [t('import.report.failed'), report.failed],
    [t('import.report.notWhole'), report.warnings.length],
  ];
}

export function reportText(report: ImportReport): string {
  const list = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : ['', title, ...lines]);
  return [
    `${t('app.name')} · ${t('import.report.title')}`,
    `${t('import.report.from')}: ${report.paths.join(', ')}`,
    `${t('import.report.when')}: ${new Date(report.startedAtMs).toISOString()}`,
    `${t('import.report.took')}: ${formatDuration(report.seconds)}`,
    ...(report.wasCancelled ? [t('import.report.cancelled')] : []),
    ...reportFigures(report).map(([label, value]) => `${label}: ${formatCount(value)}`),
    ...list(t('import.report.failures'), report.failures.map(findingText)),
    ...list(t('import.report.warnings'), report.warnings.map(findingText)),
    ...list(t('import.report.notDicomList'), report.notDicomPaths),
  ].join('\n');
}

function findingText({ path, reason, code }: ImportFailure): string {
  return `${path}\n    ${reason} (${code})`;
}

/** A path as its folders, below what was opened, and its file name. */
export function splitPath(path: string, roots: readonly string[]): { readonly folder: string; readonly file: string } {
  const root = roots.find((each) => /^[/\\]/.test(path.slice(each.length)) && path.startsWith(each));
  const below = root === undefined ? path : path.slice(root.length + 1);
  const cut = Math.max(below.lastIndexOf('/'), below.lastIndexOf('\\')) + 1;
  return { folder: below.slice(0, cut), file: below.slice(cut) };
}
