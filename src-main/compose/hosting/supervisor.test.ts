import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ServiceState } from '../../../src-shared/contract';
import { createSupervisor } from './supervisor';

function setUp() {
  const states: ServiceState['status'][] = [];
  const exits: ((reason: string | null) => void)[] = [];
  const starts: (() => void)[] = [];
  let kills = 0;
  const supervisor = createSupervisor({
    fork: () => ({
      onStarted: (listener) => void starts.push(listener),
      onExit: (listener) => void exits.push(listener),
      kill: () => void (kills += 1),
    }),
    onChange: (state) => void states.push(state.status),
    nowMs: () => 0,
  });
  return { supervisor, states, starts, exits, kills: () => kills };
}

describe('supervisor', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('says that the process died and starts another', () => {
    const { supervisor, states, starts, exits } = setUp();
    supervisor.start();
    starts.at(-1)?.();
    exits.at(-1)?.(null);
    expect(supervisor.process).toBeNull();
    vi.runAllTimers();
    starts.at(-1)?.();
    expect(states).toEqual(['running', 'restarting', 'running']);
    expect(exits).toHaveLength(2);
  });

  it('gives up after five quick deaths', () => {
    const { supervisor, states, exits } = setUp();
    supervisor.start();
    for (let death = 0; death < 5; death++) {
      exits.at(-1)?.(null);
      vi.runAllTimers();
    }
    expect(exits).toHaveLength(5);
    expect(states.at(-1)).toBe('failed');
  });

  it('does not try again when the process said why it cannot start', () => {
    const { supervisor, exits } = setUp();
    supervisor.start();
    exits.at(-1)?.('The library is in use.');
    vi.runAllTimers();
    expect(supervisor.state).toEqual({ status: 'failed', message: 'The library is in use.' });
    expect(exits).toHaveLength(1);
  });

  it('stays stopped once stopped', () => {
    const { supervisor, exits, kills } = setUp();
    supervisor.start();
    supervisor.stop();
    exits.at(-1)?.(null);
    vi.runAllTimers();
    expect([exits.length, kills()]).toEqual([1, 1]);
  });
});
