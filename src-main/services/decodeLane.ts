/** One decoding worker and the task it is busy with. A worker that dies or overruns is ended; the next task starts another. */
import { Worker } from 'node:worker_threads';
import { AppError, fromPlainError } from '../../src-shared/base/appError';
import type { DecodeMessage, DecodeReply, DecodeRequest, DecodeResult } from '../workers/decodeTask';

interface Busy {
  readonly id: number;
  resolve(result: DecodeResult): void;
  reject(failure: AppError): void;
}

export class DecodeLane {
  readonly #url: URL;
  #worker: Worker | null = null;
  #busy: Busy | null = null;
  #lastId = 0;
  #isDisposed = false;

  constructor(url: URL) {
    this.#url = url;
  }

  /** One task at a time. @throws AppError of the task; `pixels/decode-timeout`; `pixels/decode-failed` when the worker died. */
  async run(request: DecodeRequest, deadlineMs: number): Promise<DecodeResult> {
    if (this.#isDisposed) throw closing();
    const worker = (this.#worker ??= this.#start());
    const message: DecodeMessage = { id: ++this.#lastId, request };
    const overrun = setTimeout(() => this.#drop(worker, timeoutOf(deadlineMs)), deadlineMs);
    try {
      return await new Promise<DecodeResult>((resolve, reject) => {
        this.#busy = { id: message.id, resolve, reject };
        worker.ref();
        worker.postMessage(message);
      });
    } finally {
      clearTimeout(overrun);
      this.#busy = null;
      worker.unref();
    }
  }

  /** Ends the worker; the task that runs, and every later one, fails with `service/gone`. */
  dispose(): void {
    this.#isDisposed = true;
    if (this.#worker) this.#drop(this.#worker, closing());
  }

  #start(): Worker {
    const worker = new Worker(this.#url);
    worker.on('message', (reply: DecodeReply) => this.#settle(reply));
    worker.on('messageerror', () => this.#drop(worker, crash()));
    worker.on('error', (error) => this.#drop(worker, crash(error)));
    worker.on('exit', () => this.#drop(worker, crash()));
    return worker;
  }

  #settle(reply: DecodeReply): void {
    const busy = this.#busy;
    if (busy?.id !== reply.id) return;
    if ('result' in reply) busy.resolve(reply.result);
    else busy.reject(fromPlainError(reply.error));
  }

  #drop(worker: Worker, failure: AppError): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    void worker.terminate();
    this.#busy?.reject(failure);
  }
}

export function closing(): AppError {
  return new AppError('service/gone', 'Isocenter is closing.');
}

function timeoutOf(deadlineMs: number): AppError {
  const seconds = Math.round(deadlineMs / 100) / 10;
  return new AppError(
    'pixels/decode-timeout',
    `Decoding this picture was given up after ${seconds} s: it is probably damaged.`,
    { deadlineMs },
  );
}

function crash(cause?: unknown): AppError {
  return new AppError('pixels/decode-failed', 'The decoder stopped while it worked on this picture.', {}, cause);
}
