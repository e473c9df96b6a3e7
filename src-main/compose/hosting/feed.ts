/** A value that changes, as an iteration: what it is now, then each change. A slow reader skips to the newest. */

export interface Feed<T> {
  readonly now: T;
  set(value: T): void;
  /** Ends when `signal` aborts. */
  read(signal: AbortSignal): AsyncIterable<T>;
}

export function createFeed<T>(initial: T): Feed<T> {
  let now = initial;
  let changed = Promise.withResolvers<undefined>();

  return {
    get now() {
      return now;
    },
    set(value) {
      now = value;
      changed.resolve(undefined);
      changed = Promise.withResolvers();
    },
    async *read(signal) {
      const aborted = new Promise<undefined>((resolve) => {
        signal.addEventListener('abort', () => resolve(undefined), { once: true });
      });
      while (!signal.aborted) {
        const next = changed.promise;
        yield now;
        await Promise.race([next, aborted]);
      }
    },
  };
}
