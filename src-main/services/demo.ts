/** Has the phantom worker write the demo study; the worker lives only that long. */
import { Worker } from 'node:worker_threads';
import { AppError } from '../../src-shared/base/appError';

/** What the phantom worker posts. */
type PhantomMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly paths: readonly string[] };

/** Returns early once `signal` aborts. @throws `service/failed` when the worker ends without being done */
export function generateDemo(
  workerUrl: URL,
  directory: string,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const worker = new Worker(workerUrl, { workerData: { directory } });
    const fail = (cause?: unknown) =>
      reject(new AppError('service/failed', 'The demo study could not be generated.', {}, cause));
    worker.on('message', (message: PhantomMessage) => {
      if (message.kind === 'progress') onProgress(message.done, message.total);
      else resolve();
    });
    worker.on('error', fail);
    worker.on('exit', () => (signal.aborted ? resolve() : fail()));
    signal.addEventListener('abort', () => void worker.terminate(), { once: true });
  });
}
