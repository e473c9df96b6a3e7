/**
 * One worker thread and the one task it is busy with. A worker that dies or overruns is ended; the next task starts
 * another. What is asked, answered and said of a failure is the caller's.
 */
import { Worker, type ResourceLimits } from 'node:worker_threads';

/** How the worker left its task unanswered; `closed`: the lane was disposed. */
export type LaneEnd = 'crashed' | 'timed-out' | 'closed';

export interface LaneOptions {
  readonly url: URL;
  readonly resourceLimits?: ResourceLimits;
  /** What a task fails with when its worker leaves it unanswered. */
  failureOf(end: LaneEnd, deadlineMs: number, cause?: unknown): Error;
}

interface Busy<Reply> {
  readonly id: number;
  readonly deadlineMs: number;
  resolve(reply: Reply): void;
  reject(failure: Error): void;
}

/** Of a union, each member without its `id`. */
type Unnumbered<Request> = Request extends unknown ? Omit<Request, 'id'> : never;

/** `Request` and `Reply` are plain data with the `id` that pairs them. */
export class WorkerLane<Request extends { readonly id: number }, Reply extends { readonly id: number }> {
  readonly #options: LaneOptions;
  #worker: Worker | null = null;
  #busy: Busy<Reply> | null = null;
  #lastId = 0;
  #isDisposed = false;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  /**
   * One task at a time. Without a deadline whoever watches the task ends it by `abandon`.
   * @throws what `failureOf` makes of a worker that died, overran or was ended.
   */
  async run(request: Unnumbered<Request>, deadlineMs = 0): Promise<Reply> {
    if (this.#isDisposed) throw this.#options.failureOf('closed', deadlineMs);
    const worker = (this.#worker ??= this.#start());
    const id = ++this.#lastId;
    const overrun = deadlineMs > 0 ? setTimeout(() => this.#drop(worker, 'timed-out'), deadlineMs) : undefined;
    try {
      return await new Promise<Reply>((resolve, reject) => {
        this.#busy = { id, deadlineMs, resolve, reject };
        worker.ref();
        worker.postMessage({ ...request, id });
      });
    } finally {
      clearTimeout(overrun);
      this.#busy = null;
      worker.unref();
    }
  }

  /** The task that runs has overrun in someone's eyes: its worker ends. */
  abandon(): void {
    if (this.#worker && this.#busy) this.#drop(this.#worker, 'timed-out');
  }

  /** Ends the worker; the task that runs, and every later one, fails as `closed`. */
  dispose(): void {
    this.#isDisposed = true;
    if (this.#worker) this.#drop(this.#worker, 'closed');
  }

  #start(): Worker {
    const { url, resourceLimits } = this.#options;
    const worker = new Worker(url, resourceLimits ? { resourceLimits } : {});
    worker.on('message', (reply: Reply) => {
      if (this.#busy?.id === reply.id) this.#busy.resolve(reply);
    });
    worker.on('messageerror', (error) => this.#drop(worker, 'crashed', error));
    worker.on('error', (error) => this.#drop(worker, 'crashed', error));
    worker.on('exit', () => this.#drop(worker, 'crashed'));
    return worker;
  }

  #drop(worker: Worker, end: LaneEnd, cause?: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    void worker.terminate();
    const busy = this.#busy;
    busy?.reject(this.#options.failureOf(end, busy.deadlineMs, cause));
  }
}
