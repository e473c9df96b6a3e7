/** Paths to open that came from outside the page: command line, second start, "open with". */

export interface PathInbox {
  add(paths: readonly string[]): void;
  /** Batches, those that came earlier first; each goes to one reader only. Ends when `signal` aborts. */
  read(signal: AbortSignal): AsyncIterable<readonly string[]>;
}

export function createPathInbox(): PathInbox {
  const waiting: (readonly string[])[] = [];
  const wakeUps = new Set<() => void>();

  const next = async (signal: AbortSignal): Promise<readonly string[] | null> => {
    for (;;) {
      if (signal.aborted) return null;
      const batch = waiting.shift();
      if (batch) return batch;
      await new Promise<void>((resolve) => {
        const wake = () => {
          wakeUps.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        wakeUps.add(wake);
        signal.addEventListener('abort', wake, { once: true });
      });
    }
  };

  return {
    add(paths) {
      if (paths.length === 0) return;
      waiting.push(paths);
      for (const wake of [...wakeUps]) wake();
    },
    async *read(signal) {
      for (let batch = await next(signal); batch; batch = await next(signal)) yield batch;
    },
  };
}
