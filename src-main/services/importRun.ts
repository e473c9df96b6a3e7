/**
 * One opening of files and folders: the walk runs ahead, batches are read by the scan pool as they are found, and what
 * was read is in the library at once. Nothing waits for the whole folder.
 */
import type { ImportProgress, ImportReport } from '../../src-shared/contract';
import type { Found } from '../media/walk';
import { walk } from '../media/walk';
import type { IndexedHeader } from '../../src-shared/dicom/indexedHeader';
import type { Store } from '../store';
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
  /** Aborts when the caller cancels or when a part of the run fails, so that no part goes on alone. */
  readonly #stop: AbortSignal;
  readonly #failure = new AbortController();
  #isWalking = true;
  #wake = Promise.withResolvers<undefined>();

  constructor(needs: ImportRunDependencies, request: ImportRunRequest) {
    this.#needs = needs;
    this.#request = request;
    this.#stop = AbortSignal.any([request.signal, this.#failure.signal]);
    this.#startedAtMs = needs.nowMs();
    this.#tally = new ImportTally(this.#startedAtMs);
  }

  /** Gives the report, also when cancelled. @throws `store/*` when the library cannot take what was read */
  async run(): Promise<ImportReport> {
    const ticker = setInterval(() => this.#tell(this.#isWalking ? 'walking' : 'reading'), PROGRESS_INTERVAL_MS);
    this.#stop.addEventListener('abort', () => this.#wakeAll(), { once: true });
    try {
      await this.#runParts();
    } finally {
      clearInterval(ticker);
    }
    const report = this.#needs.store.imports.add(this.#report());
    this.#tell(this.#isCancelled ? 'cancelled' : 'done');
    return report;
  }

  get #isCancelled(): boolean {
    return this.#request.signal.aborted;
  }

  /** One reader more than there are workers keeps each of them busy. */
  async #runParts(): Promise<void> {
    const stopOthers = (thrown: unknown): never => {
      this.#failure.abort();
      throw thrown;
    };
    const readers = Array.from({ length: this.#needs.pool.width + 1 }, () => this.#read().catch(stopOthers));
    const parts = await Promise.allSettled([this.#walk().catch(stopOthers), ...readers]);
    for (const part of parts) if (part.status === 'rejected') throw part.reason;
  }

  async #walk(): Promise<void> {
    try {
      for await (const found of walk(this.#request.paths, { signal: this.#stop })) {
        this.#take(found);
        while (this.#batches.length >= MOST_WAITING_BATCHES && !this.#stop.aborted) await this.#wake.promise;
      }
    } finally {
      this.#isWalking = false;
      this.#wakeAll();
    }
    this.#tell('reading');
  }

  #take(found: Found): void {
    switch (found.kind) {
      case 'problem':
        this.#tally.problem(found.problem);
        break;
      case 'special':
        this.#tally.found += 1;
        this.#tally.notDicom(found.path);
        break;
      case 'files':
        this.#tally.found += found.paths.length;
        this.#batches.push({ paths: found.paths, source: this.#request.source ?? found.source });
        this.#wakeAll();
        break;
    }
  }

  /** Reads batches until there are no more. */
  async #read(): Promise<void> {
    while (!this.#stop.aborted) {
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
    const signal = this.#stop;
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
    const headers = results.flatMap((result): IndexedHeader[] => (result.kind === 'header' ? [result.header] : []));
    const origin = { source, addedAtMs: this.#needs.nowMs() };
    const outcomes = headers.length === 0 ? [] : this.#needs.store.catalogue.add(headers, origin);
    for (const result of results) this.#count(result);
    for (const outcome of outcomes) this.#tally.instance(outcome);
    this.#needs.changes.announce(new Set(outcomes.map(({ studyId }) => studyId)));
  }

  #count(result: ScanResult): void {
    switch (result.kind) {
      case 'header':
        if (result.warning) this.#tally.warnings.push({ path: result.header.path, ...result.warning });
        break;
      case 'directory':
        this.#tally.directory();
        break;
      case 'not-dicom':
        this.#tally.notDicom(result.path);
        break;
      case 'failed': {
        const { path, code, reason, isDicom } = result;
        this.#tally.failedFile({ path, code, reason }, isDicom);
        break;
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
      warnings: this.#tally.warnings,
      notDicomPaths: this.#tally.notDicomPaths,
      studyIds: [...this.#tally.studyIds],
    };
  }
}
