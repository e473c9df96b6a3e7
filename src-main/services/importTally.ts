/** What an import has met so far: counts, bytes, rate. Pure; time is told to it. */
import type { FileOutcome, ImportProgress, ImportTotals, LineOutcome } from '../../src-shared/contract';

/** Rate is measured over this long, so that it follows the medium without jumping. */
const RATE_WINDOW_MS = 3000;

interface Mark {
  readonly atMs: number;
  readonly files: number;
  readonly bytes: number;
}

const COUNTED: Readonly<Record<FileOutcome, keyof Omit<ImportTotals, 'seen'>>> = {
  added: 'added',
  partial: 'partial',
  known: 'known',
  aside: 'aside',
  directory: 'directories',
  'not-dicom': 'notDicom',
  rejected: 'rejected',
  'not-chosen': 'notChosen',
};

export type CountedLine = { readonly outcome: LineOutcome; readonly reason: string };

export interface ProgressMoment {
  readonly phase: ImportProgress['phase'];
  readonly nowMs: number;
  readonly isWalkOver: boolean;
  readonly bytesTotal: number | null;
}

export class ImportTally {
  readonly studyIds = new Set<number>();
  /** Files come across so far. */
  found = 0;
  /** Files whose headers were read for the survey. */
  surveyed = 0;
  bytesDone = 0;
  unreachable = 0;
  announcedMissing = 0;
  warnings = 0;
  readonly #counts = {
    added: 0,
    partial: 0,
    known: 0,
    aside: 0,
    directories: 0,
    notDicom: 0,
    rejected: 0,
    notChosen: 0,
  };
  #phase: ImportProgress['phase'] | null = null;
  #marks: Mark[] = [];

  line({ outcome, reason }: CountedLine): void {
    if (outcome === 'unreachable') this.unreachable += 1;
    else if (outcome === 'announced-missing') this.announcedMissing += 1;
    else this.#counts[COUNTED[outcome]] += 1;
    if (outcome === 'added' && reason !== '') this.warnings += 1;
  }

  /** `seen` is their sum: each file has one line. */
  totals(): ImportTotals {
    const seen = Object.values(this.#counts).reduce((sum, count) => sum + count, 0);
    return { seen, ...this.#counts };
  }

  /** Time left is told only once everything is found. */
  progress({ phase, nowMs, isWalkOver, bytesTotal }: ProgressMoment): ImportProgress {
    const totals = this.totals();
    const files = phase === 'surveying' ? this.surveyed : totals.seen;
    const rate = this.#rate({ atMs: nowMs, files, bytes: this.bytesDone }, phase);
    const isMoving = isWalkOver && (phase === 'surveying' || phase === 'taking');
    const secondsLeft = isMoving
      ? secondsFor(rate, { files: this.found - files, bytes: bytesTotal, done: this.bytesDone })
      : null;
    return {
      ...totals,
      phase,
      found: this.found,
      isWalkOver,
      bytesDone: this.bytesDone,
      bytesTotal,
      filesPerSecond: rate.files,
      secondsLeft,
    };
  }

  /** A new phase is measured anew. */
  #rate(now: Mark, phase: ImportProgress['phase']): { readonly files: number; readonly bytes: number } {
    if (phase !== this.#phase) this.#marks = [];
    this.#phase = phase;
    this.#marks.push(now);
    while (this.#marks.length > 2 && now.atMs - (this.#marks[1]?.atMs ?? now.atMs) >= RATE_WINDOW_MS)
      this.#marks.shift();
    const first = this.#marks[0] ?? now;
    const seconds = (now.atMs - first.atMs) / 1000;
    if (seconds <= 0) return { files: 0, bytes: 0 };
    return { files: (now.files - first.files) / seconds, bytes: (now.bytes - first.bytes) / seconds };
  }
}

interface Left {
  readonly files: number;
  /** All bytes, where they are known. */
  readonly bytes: number | null;
  readonly done: number;
}

/** By bytes where they are known: files differ in size. */
function secondsFor(rate: { readonly files: number; readonly bytes: number }, left: Left): number | null {
  if (left.bytes !== null && rate.bytes > 0) return Math.max(0, left.bytes - left.done) / rate.bytes;
  return rate.files > 0 ? Math.max(0, left.files) / rate.files : null;
}
