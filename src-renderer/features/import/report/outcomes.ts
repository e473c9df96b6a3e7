/** The outcomes of lines: how many of each, which of them are problems. */
import type { ImportReport, LineOutcome } from '../../../../src-shared/contract';

/** What the person has to know about comes first. */
export const OUTCOMES: readonly LineOutcome[] = [
  'rejected',
  'partial',
  'aside',
  'unreachable',
  'announced-missing',
  'added',
  'known',
  'not-dicom',
  'directory',
  'not-chosen',
];

/** Lines that say something is not in the library, or not whole. */
const PROBLEMS: ReadonlySet<LineOutcome> = new Set([
  'rejected',
  'partial',
  'aside',
  'unreachable',
  'announced-missing',
]);

export function isProblem(outcome: LineOutcome): boolean {
  return PROBLEMS.has(outcome);
}

export function countOf(report: ImportReport, outcome: LineOutcome): number {
  switch (outcome) {
    case 'directory':
      return report.directories;
    case 'not-dicom':
      return report.notDicom;
    case 'not-chosen':
      return report.notChosen;
    case 'announced-missing':
      return report.announcedMissing;
    case 'added':
    case 'partial':
    case 'known':
    case 'aside':
    case 'rejected':
    case 'unreachable':
      return report[outcome];
  }
}

/** Outcomes that occur in a report, problems first. */
export function outcomesOf(report: ImportReport): readonly LineOutcome[] {
  return OUTCOMES.filter((outcome) => countOf(report, outcome) > 0);
}

export function lineCount(report: ImportReport): number {
  return OUTCOMES.reduce((sum, outcome) => sum + countOf(report, outcome), 0);
}

export function problemCount(report: ImportReport): number {
  return OUTCOMES.filter(isProblem).reduce((sum, outcome) => sum + countOf(report, outcome), 0);
}
