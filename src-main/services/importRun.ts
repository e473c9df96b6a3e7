/**
 * One opening of files and folders: the walk runs ahead, batches are read by the scan pool as they are found, and what
 * was read is in the library at once. Nothing waits for the whole folder.
 */
import type { ImportProgress, ImportReport } from '../../src-shared/contract';
import type { Found } from '../media/walk';
import { walk } from '../media/walk';
import type { AddOutcome, NewInstance, Store } from '../store';
import type { ScanResult } from '../workers/scanTask';
import type { ChangeFeed } from './changeFeed';
import { ImportTally } from './importTally';
import type { ScanPool } from './scanPool';

export interface ImportRunDependencies {
  readonly store: Store;
  readonly pool: ScanPool;
  readonly changes: ChangeFeed;
  nowMs(): number;
}

export interface ImportRunRequest {
  readonly paths: readonly string[];
  /** Named instead of the folder, where the folder means nothing to the user. */
  readonly source?: string;
  readonly signal: AbortSignal;
  onProgress(progress: ImportProgress): void;
}

interface Batch {
  readonly paths: readonly string[];
  readonly source: string;
}

const PROGRESS_INTERVAL_MS = 100;
/** The walk waits when it is this far ahead, so that memory stays bounded whatever is opened. */
const MOST_WAITING_BATCHES = 4096;

export class ImportRun {
  readonly #needs: ImportRunDependencies;
  readonly #request: ImportRunRequest;
  readonly #tally: ImportTally;
  readonly #startedAtMs: number;
  readonly #batches: Batch[] = [];
  #isWalking = true;
  #wake = Promise.withResolvers<undefined>();

  constructor(needs: ImportRunDependencies, request: ImportRunRequest) {
    this.#needs = needs;
    this.#request = request;
    this.#startedAtMs = needs.nowMs();
    this.#tally = new ImportTally(this.#startedAtMs);
  }

  /** Gives the report, also when cancelled. @throws `store/*` when the library cannot take what was read */
  async run(): Promise<ImportReport> {
    const ticker = setInterval(() => this.#tell(this.#isWalking ? 'walking' : 'reading'), PROGRESS_INTERVAL_MS);
    const wakeAll = () => this.#wakeAll();
    this.#request.signal.addEventListener('abort', wakeAll, { once: true });
    try {
      const readers = Array.from({ length: this.#needs.pool.width + 1 }, () => this.#read());
      await Promise.all([this.#walk(), ...readers]);
    } finally {
      clearInterval(ticker);
      this.#request.signal.removeEventListener('abort', wakeAll);
    }
    const report = this.#needs.store.imports.add(this.#report());
    this.#tell(this.#isCancelled ? 'cancelled' : 'done');
    return report;
  }

  get #isCancelled(): boolean {
    return this.#request.signal.aborted;
  }

  async #walk(): Promise<void> {
    try {
      for await (const found of walk(this.#request.paths, { signal: this.#request.signal })) {
        this.#take(found);
        while (this.#batches.length >= MOST_WAITING_BATCHES && !this.#isCancelled) await this.#wake.promise;
      }
    } finally {
      this.#isWalking = false;
      this.#wakeAll();
    }
    this.#tell('reading');
  }

  #take(found: Found): void {
    if (found.kind === 'problem') return this.#tally.problem(found.problem);
    if (found.kind === 'special') {
      this.#tally.found += 1;
      return this.#tally.notDicom(found.path);
    }
    this.#tally.found += found.paths.length;
    this.#batches.push({ paths: found.paths, source: this.#request.source ?? found.source });
    this.#wakeAll();
  }

  /** Reads batches until there are no more. One reader more than there are workers keeps each of them busy. */
  async #read(): Promise<void> {
    while (!this.#isCancelled) {
      const batch = this.#batches.shift();
      if (batch) {
        const results = await this.#scan(batch);
        if (results) this.#record(results, batch.source);
        this.#wakeAll();
      } else if (this.#isWalking) await this.#wake.promise;
      else return;
    }
  }

  /** `null` once cancelled, without waiting for a file that hangs. */
  async #scan(batch: Batch): Promise<readonly ScanResult[] | null> {
    const { signal } = this.#request;
    const cancelled = Promise.withResolvers<null>();
    const cancel = () => cancelled.resolve(null);
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await Promise.race([this.#needs.pool.scan(batch.paths), cancelled.promise]);
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  #record(results: readonly ScanResult[], source: string): void {
    const headers = results.flatMap((result): NewInstance[] => (result.kind === 'header' ? [result.header] : []));
    const origin = { source, addedAtMs: this.#needs.nowMs() };
    const outcomes = headers.length === 0 ? [] : this.#needs.store.catalogue.add(headers, origin);
    for (const result of results) this.#count(result);
    for (const outcome of outcomes) this.#tally.instance(outcome);
    this.#needs.changes.announce(new Set(outcomes.map((outcome: AddOutcome) => outcome.studyId)));
  }

  #count(result: ScanResult): void {
    switch (result.kind) {
      case 'header':
        return;
      case 'directory':
        return this.#tally.directory();
      case 'not-dicom':
        return this.#tally.notDicom(result.path);
      case 'failed': {
        const { path, code, reason, isDicom } = result;
        return this.#tally.failedFile({ path, code, reason }, isDicom);
      }
    }
  }

  #tell(phase: ImportProgress['phase']): void {
    this.#request.onProgress(this.#tally.progress(phase, this.#needs.nowMs()));
  }

  #wakeAll(): void {
    this.#wake.resolve(undefined);
    this.#wake = Promise.withResolvers();
  }

  #report() {
    return {
      ...this.#tally.totals(),
      paths: this.#request.paths,
      startedAtMs: this.#startedAtMs,
      seconds: (this.#needs.nowMs() - this.#startedAtMs) / 1000,
      wasCancelled: this.#isCancelled,
      failures: this.#tally.failures,
      notDicomPaths: this.#tally.notDicomPaths,
      studyIds: [...this.#tally.studyIds],
    };
  }
}
