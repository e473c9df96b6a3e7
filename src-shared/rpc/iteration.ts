/** Many answers are an iterator; leaving the loop cancels. */

export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/**
 * The same answers with errors passed through `mapError`, ended as soon as `signal` aborts even while the source is
 * waiting for its next answer (a generator's own `return()` would wait too). The source is told through `return()`.
 */
export function guardIteration(
  source: AsyncIterable<unknown>,
  mapError: (error: unknown) => unknown,
  signal: AbortSignal | undefined,
): AsyncIterableIterator<unknown, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  const aborted = Promise.withResolvers<{ done: true; value: undefined }>();
  const release = () => {
    signal?.removeEventListener('abort', onAbort);
  };
  const stop = () => {
    release();
    aborted.resolve({ done: true, value: undefined });
    ignore(iterator.return?.());
  };
  const onAbort = () => {
    stop();
  };
  if (signal?.aborted) stop();
  else signal?.addEventListener('abort', onAbort, { once: true });

  return {
    async next() {
      try {
        const result = await Promise.race([aborted.promise, iterator.next()]);
        if (!result.done) return result;
        release();
        return { done: true, value: undefined };
      } catch (error) {
        release();
        throw mapError(error);
      }
    },
    return() {
      stop();
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Nobody waits any more for a source that was left, so there is nobody to tell how its farewell went. */
function ignore(farewell: Promise<unknown> | undefined): void {
  farewell?.catch(() => undefined);
}
