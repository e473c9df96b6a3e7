import { describe, expect, it } from 'vitest';
import type { ImportPause } from '../../src-shared/contract';
import { PauseGate } from './pauseGate';

const gone: ImportPause = { reason: 'medium-gone', label: 'CD' };

function gate(changes: { pollMs?: number; signal?: AbortSignal } = {}) {
  const events: string[] = [];
  const made = new PauseGate({
    signal: changes.signal ?? new AbortController().signal,
    pollMs: changes.pollMs ?? 1,
    onPaused: (pause) => events.push(pause.reason === 'disk-full' ? `full ${pause.freeBytes}` : 'gone'),
    onResumed: () => events.push('resumed'),
  });
  return { gate: made, events };
}

/** Wrong for the first questions, right ever after. */
function wrongFor(times: number, pause = gone) {
  let asked = 0;
  return () => Promise.resolve((asked += 1) <= times ? pause : null);
}

describe('an import that cannot go on', () => {
  it('is not held up where nothing is wrong', async () => {
    const { gate: one, events } = gate();
    expect(await one.pass(wrongFor(0))).toBe(false);
    expect(events).toEqual([]);
  });

  it('waits until the cause is gone, and says so once', async () => {
    const { gate: one, events } = gate();
    expect(await one.pass(wrongFor(3))).toBe(true);
    expect(events).toEqual(['gone', 'resumed']);
  });

  it('holds everybody in one pause', async () => {
    const { gate: one, events } = gate();
    const trouble = wrongFor(4);
    await Promise.all([one.pass(trouble), one.pass(trouble), one.pass(trouble)]);
    expect(events).toEqual(['gone', 'resumed']);
  });

  it('tells anew when the figures change', async () => {
    const { gate: one, events } = gate();
    let freeBytes = 0;
    await one.pass(() => {
      freeBytes += 1;
      return Promise.resolve(freeBytes > 2 ? null : { reason: 'disk-full', neededBytes: 3, freeBytes });
    });
    expect(events).toEqual(['full 1', 'full 2', 'resumed']);
  });

  it('looks again at once when asked to', async () => {
    const { gate: one, events } = gate({ pollMs: 60_000 });
    const passing = one.pass(wrongFor(1));
    while (!one.isPaused) await Promise.resolve();
    // The wait begins a moment after the pause.
    const hurrying = setInterval(() => one.hurry(), 1);
    await passing;
    clearInterval(hurrying);
    expect(events).toEqual(['gone', 'resumed']);
  });

  it('lets everybody go when it is cancelled, without a word of going on', async () => {
    const cancel = new AbortController();
    const { gate: one, events } = gate({ pollMs: 60_000, signal: cancel.signal });
    const passing = [one.pass(wrongFor(Infinity)), one.pass(wrongFor(Infinity))];
    while (!one.isPaused) await Promise.resolve();
    cancel.abort();
    await Promise.all(passing);
    expect(events).toEqual(['gone']);
  });
});
