/** What one batch of arrivals does beside its rows: files to be placed, files nobody needs, studies whose facts changed. */
import type { IndexedHeader } from '../../src-shared/dicom/indexedHeader';
import type { Place } from './intakeTree';
import type { FileRow } from './intakeRows';
import type { Part } from './objects';
import type { Incoming } from './types';

/** An instance that is new in a study. */
export interface Growth extends Place {
  readonly header: IndexedHeader;
  readonly sizeBytes: number;
  readonly isCopy: boolean;
}

export class IntakeBatch {
  readonly #parts = new Map<string, Part>();
  readonly #finished = new Set<string>();
  readonly #changed = new Set<number>();
  readonly grown: Growth[] = [];

  constructor(readonly atMs: number) {}

  /** To be given their names; one for each digest. */
  get parts(): readonly Part[] {
    return [...this.#parts.values()];
  }

  /** Part files whose arrival is settled: those that were not moved can go. */
  get finishedPartPaths(): ReadonlySet<string> {
    return this.#finished;
  }

  /** Studies whose facts have to be counted again. */
  get changedStudies(): ReadonlySet<number> {
    return this.#changed;
  }

  /** Keeps the arrival's copy, if it is one. */
  keep({ arrival }: Incoming): void {
    if (arrival.kind === 'copy' && !this.#parts.has(arrival.sha256)) this.#parts.set(arrival.sha256, arrival);
  }

  willHave(sha256: string): boolean {
    return this.#parts.has(sha256);
  }

  finish({ arrival }: Incoming): void {
    if (arrival.kind === 'copy') this.#finished.add(arrival.partPath);
  }

  grew(place: Place, header: IndexedHeader, { sizeBytes, object }: FileRow): void {
    this.grown.push({ ...place, header, sizeBytes, isCopy: object !== null });
  }

  changed(studyId: number | null): void {
    if (studyId !== null) this.#changed.add(studyId);
  }
}
