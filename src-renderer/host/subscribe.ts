/** Subscriptions that outlive a restart of the services. */
import { AppError } from '../../src-shared/base/appError';
import { isAbort } from '../../src-shared/rpc/errors';
import { connectionStore } from './connection';

const RETRY_MS = 250;

/**
 * Iterates what `open` gives and, when the services went away under it, opens it again once they are back. What was
 * said in between is lost: a mirror reads everything again when it is opened anew (`library.changes` says so by a gap
 * in `revision`). Ends when the returned function is called or the iteration ends by itself; an error that is not a
 * lost connection goes to `onError`.
 */
export function subscribeForever<T>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  onItem: (item: T) => void,
  onError: (error: unknown) => void = () => undefined,
): () => void {
  const left = new AbortController();
  void iterate(open, onItem, left.signal).catch((error: unknown) => {
    if (!left.signal.aborted && !isAbort(error)) onError(error);
  });
  return () => left.abort();
}

async function iterate<T>(
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  onItem: (item: T) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const item of await open(signal)) {
        if (hasLeft(signal)) return;
        onItem(item);
      }
      return;
    } catch (error) {
      if (hasLeft(signal)) return;
      if (!(error instanceof AppError) || error.code !== 'service/gone') throw error;
      if (connectionStore.getState().status === 'failed') throw error;
      await pause();
    }
  }
}

/** The next call waits for a wire by itself; this only keeps a broken one from being tried without rest. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, RETRY_MS));
}

/** A question of its own, because the answer changes between two looks. */
function hasLeft(signal: AbortSignal): boolean {
  return signal.aborted;
}
