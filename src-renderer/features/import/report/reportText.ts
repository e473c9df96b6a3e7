/** A report in words: one sentence for the panel, a summary for the clipboard. */
import type { ImportReport, LineOutcome } from '../../../../src-shared/contract';
import { formatCount, formatDuration, t } from '../../../strings';
import { mediaSentence } from '../mediaText';
import { countOf, OUTCOMES } from './outcomes';

const NO_FILES: ReadonlySet<LineOutcome> = new Set(['unreachable', 'announced-missing']);
/** What was taken first, then what was not. */
const SAID: readonly LineOutcome[] = [
  'added',
  'partial',
  'known',
  'aside',
  'rejected',
  'not-dicom',
  'directory',
  'not-chosen',
];

/** `414 files were met: 409 added, 3 could not be read, 2 not DICOM.` Every file that was met is in it once. */
export function totalsSentence(report: ImportReport): string {
  const met =
    report.seen === 0
      ? t('import.report.metNothing')
      : t('import.report.met', { count: report.seen, parts: partsOf(report, SAID).join(', ') });
  const beyond = partsOf(
    report,
    OUTCOMES.filter((outcome) => NO_FILES.has(outcome)),
  );
  if (beyond.length === 0) return met;
  return `${met} ${t('import.report.beyond', { parts: beyond.join(t('import.report.and')) })}`;
}

function partsOf(report: ImportReport, outcomes: readonly LineOutcome[]): readonly string[] {
  return outcomes
    .map((outcome) => ({ outcome, count: countOf(report, outcome) }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) => t(`import.report.parts.${outcome}`, { count }));
}

/** What a colleague or a log needs; the lines themselves are in the CSV. */
export function reportText(report: ImportReport): string {
  return [
    `${t('app.name')} · ${t('import.report.title')} ${formatCount(report.importId)}`,
    `${t('import.report.from')}: ${sourceText(report)}`,
    `${t('import.report.when')}: ${new Date(report.startedAtMs).toISOString()}`,
    `${t('import.report.took')}: ${formatDuration(report.seconds)}`,
    ...(report.wasInterrupted
      ? [t('import.report.interrupted')]
      : report.wasCancelled
        ? [t('import.report.cancelled')]
        : []),
    totalsSentence(report),
    ...report.media.map((medium) =>
      t('import.media.of', { path: medium.path, sentence: mediaSentence(medium, !report.wasCancelled) }),
    ),
  ].join('\n');
}

/** What was imported, as the user would name it. */
export function sourceText({ sources, paths }: ImportReport): string {
  const labels = sources.map(({ label }) => label).filter((label) => label !== '');
  return (labels.length > 0 ? labels : paths).join(', ');
}

/** A path as its folders, below what was opened, and its file name. */
export function splitPath(path: string, roots: readonly string[]): { readonly folder: string; readonly file: string } {
  const root = roots.find((each) => /^[/\\]/.test(path.slice(each.length)) && path.startsWith(each));
  const below = root === undefined ? path : path.slice(root.length + 1);
  const cut = Math.max(below.lastIndexOf('/'), below.lastIndexOf('\\')) + 1;
  return { folder: below.slice(0, cut), file: below.slice(cut) };
}
