/** One scanning worker and the batch it is busy with. A worker that dies or overruns is replaced at the next batch. */
import { Worker } from 'node:worker_threads';
import type { ScanReply, ScanRequest, ScanResult } from '../workers/scanTask';

/** Enough for the largest header that is read; beyond it the worker ends instead of the process. */
const HEAP_LIMIT_MB = 512;

/** The batch cost the worker its life, or more time than it was given. */
export class LaneFailure extends Error {
  constructor(readonly kind: 'crashed' | 'timed-out') {
    super(`The scanning worker ${kind}`);
  }
}

interface Busy {
  readonly id: number;
  resolve(results: readonly ScanResult[]): void;
  reject(failure: LaneFailure): void;
}

export class ScanLane {
  readonly #url: URL;
  #worker: Worker | null = null;
  #busy: Busy | null = null;
  #lastId = 0;
  #isDisposed = false;

  constructor(url: URL) {
    this.#url = url;
  }

  /** One batch at a time. @throws LaneFailure */
  async run(paths: readonly string[], deadlineMs: number): Promise<readonly ScanResult[]> {
    if (this.#isDisposed) throw new LaneFailure('crashed');
    const worker = (this.#worker ??= this.#start());
    const request: ScanRequest = { id: ++this.#lastId, paths };
    const overrun = setTimeout(() => this.#drop(worker, 'timed-out'), deadlineMs);
    try {
      return await new Promise<readonly ScanResult[]>((resolve, reject) => {
        this.#busy = { id: request.id, resolve, reject };
        worker.ref();
        worker.postMessage(request);
      });
    } finally {
      clearTimeout(overrun);
      this.#busy = null;
      worker.unref();
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    if (this.#worker) this.#drop(this.#worker, 'crashed');
  }

  #start(): Worker {
    const worker = new Worker(this.#url, { resourceLimits: { maxOldGenerationSizeMb: HEAP_LIMIT_MB } });
    worker.on('message', (reply: ScanReply) => {
      if (this.#busy?.id === reply.id) this.#busy.resolve(reply.results);
    });
    worker.on('error', () => this.#drop(worker, 'crashed'));
    worker.on('exit', () => this.#drop(worker, 'crashed'));
    return worker;
  }

  #drop(worker: Worker, kind: LaneFailure['kind']): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    void worker.terminate();
    this.#busy?.reject(new LaneFailure(kind));
  }
}
