/** What an import has met so far: counts, failures, rate. Pure; time is told to it. */
import type { ImportFailure, ImportProgress, ImportTotals } from '../../src-shared/contract';

/** Rate is measured over this long, so that it follows the medium without jumping. */
const RATE_WINDOW_MS = 3000;
const KEPT_NOT_DICOM = 1000;

interface Mark {
  readonly atMs: number;
  readonly read: number;
}

export class ImportTally {
  readonly failures: ImportFailure[] = [];
  /** Of instances that are in the library all the same. */
  readonly warnings: ImportFailure[] = [];
  readonly notDicomPaths: string[] = [];
  readonly studyIds = new Set<number>();
  /** Files the walk has come across. */
  found = 0;
  #read = 0;
  #dicom = 0;
  #notDicom = 0;
  #added = 0;
  #duplicates = 0;
  #unrecognised = 0;
  readonly #marks: Mark[];

  constructor(nowMs: number) {
    this.#marks = [{ atMs: nowMs, read: 0 }];
  }

  notDicom(path: string): void {
    this.#read += 1;
    this.#notDicom += 1;
    if (this.notDicomPaths.length < KEPT_NOT_DICOM) this.notDicomPaths.push(path);
  }

  /** Recognised as DICOM, but no instance of its own. */
  directory(): void {
    this.#read += 1;
    this.#dicom += 1;
  }

  instance(outcome: { readonly kind: 'added' | 'duplicate'; readonly studyId: number }): void {
    this.#read += 1;
    this.#dicom += 1;
    if (outcome.kind === 'added') this.#added += 1;
    else this.#duplicates += 1;
    this.studyIds.add(outcome.studyId);
  }

  failedFile(failure: ImportFailure, isDicom: boolean): void {
    this.#read += 1;
    if (isDicom) this.#dicom += 1;
    else this.#unrecognised += 1;
    this.failures.push(failure);
  }

  /** A folder or link that could not be followed: no file was met. */
  problem(failure: ImportFailure): void {
    this.failures.push(failure);
  }

  totals(): ImportTotals {
    return {
      seen: this.#dicom + this.#notDicom + this.#unrecognised,
      dicom: this.#dicom,
      notDicom: this.#notDicom,
      failed: this.failures.length,
      added: this.#added,
      duplicates: this.#duplicates,
    };
  }

  progress(phase: ImportProgress['phase'], nowMs: number): ImportProgress {
    const filesPerSecond = this.#rate(nowMs);
    const left = this.found - this.#read;
    return {
      ...this.totals(),
      phase,
      found: this.found,
      read: this.#read,
      filesPerSecond,
      secondsLeft: phase === 'reading' && filesPerSecond > 0 ? left / filesPerSecond : null,
    };
  }

  #rate(nowMs: number): number {
    this.#marks.push({ atMs: nowMs, read: this.#read });
    while (this.#marks.length > 2 && nowMs - (this.#marks[1]?.atMs ?? nowMs) >= RATE_WINDOW_MS) this.#marks.shift();
    const first = this.#marks[0];
    if (!first || nowMs <= first.atMs) return 0;
    return ((this.#read - first.read) * 1000) / (nowMs - first.atMs);
  }
}
