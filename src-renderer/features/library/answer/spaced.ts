import type { Disposable } from '../../../../src-shared/base/disposable';

const SHORTEST_PAUSE_MS = 150;
/** However slow a machine is, what it shows is at most this much older than it needs to be. */
const LONGEST_PAUSE_MS = 1500;

/**
 * Runs `work` when requested: one at a time, with a pause of about three times its last duration in between. During an
 * import changes come ten times a second, and reading them should take at most a quarter of the time.
 */
export function spaced(work: () => Promise<void>): Disposable & { request(): void } {
  let state: 'idle' | 'busy' | 'again' | 'disposed' = 'idle';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isDisposed = () => state === 'disposed';

  const run = async (): Promise<void> => {
    state = 'busy';
    const startedMs = performance.now();
    await work();
    const wishedMs = 3 * (performance.now() - startedMs);
    const pauseMs = Math.min(Math.max(wishedMs, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
    if (isDisposed()) return;
    timer = setTimeout(() => {
      if (state === 'again') void run();
      else state = 'idle';
    }, pauseMs);
  };

  return {
    request() {
      if (state === 'idle') void run();
      else if (state === 'busy') state = 'again';
    },
    dispose() {
      state = 'disposed';
      clearTimeout(timer);
    },
  };
}
