/** When a dead service process is started again, and when to stop trying. */

export type RestartDecision = { readonly kind: 'restart'; readonly delayMs: number } | { readonly kind: 'give-up' };

const MAX_QUICK_DEATHS = 5;
const QUICK_MS = 60_000;
const FIRST_DELAY_MS = 100;

/**
 * Decides after each death: at once-ish the first time, twice as long each further time, and no more after five deaths
 * within a minute of each other. A death after a quiet minute counts as the first again.
 */
export function createRestartPolicy(nowMs: () => number): { afterDeath(): RestartDecision } {
  let deathsMs: number[] = [];
  return {
    afterDeath() {
      const now = nowMs();
      deathsMs = [...deathsMs.filter((at) => now - at < QUICK_MS), now];
      if (deathsMs.length >= MAX_QUICK_DEATHS) return { kind: 'give-up' };
      return { kind: 'restart', delayMs: FIRST_DELAY_MS * 2 ** (deathsMs.length - 1) };
    },
  };
}
