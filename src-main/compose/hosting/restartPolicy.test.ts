import { describe, expect, it } from 'vitest';
import { createRestartPolicy } from './restartPolicy';

describe('restart policy', () => {
  it('waits twice as long after each quick death and gives up at the fifth', () => {
    const policy = createRestartPolicy(() => 0);
    const decisions = Array.from({ length: 5 }, () => policy.afterDeath());
    expect(decisions).toEqual([
      ...[100, 200, 400, 800].map((delayMs) => ({ kind: 'restart', delayMs })),
      { kind: 'give-up' },
    ]);
  });

  it('forgets deaths that are more than a minute old', () => {
    let now = 0;
    const policy = createRestartPolicy(() => now);
    const decisions = Array.from({ length: 6 }, () => {
      const decision = policy.afterDeath();
      now += 60_000;
      return decision;
    });
    expect(decisions).toEqual(Array.from({ length: 6 }, () => ({ kind: 'restart', delayMs: 100 })));
  });
});
