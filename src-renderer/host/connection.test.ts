import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectionStore, setConnection, untilReady } from './connection';

const status = () => connectionStore.getState().status;

describe('the connection as the window shows it', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('keeps bad news readable for two seconds, and drops the good news when it turns bad again', () => {
    setConnection('ready');
    setConnection('restarting', 'It stopped.');
    setConnection('ready');
    vi.advanceTimersByTime(1999);
    const early = status();
    vi.advanceTimersByTime(1);
    const late = status();
    setConnection('restarting', 'It stopped.');
    setConnection('ready');
    setConnection('failed', 'It is over.');
    vi.advanceTimersByTime(5000);
    expect([early, late, status()]).toEqual(['restarting', 'ready', 'failed']);
  });

  it('waits for readiness, but not for ever', async () => {
    setConnection('connecting');
    const gone = untilReady(1000, () => new Error('gone')).catch((error: unknown) => String(error));
    vi.advanceTimersByTime(1000);
    let isReady = false;
    const waiting = untilReady(1000, () => new Error('gone')).then(() => (isReady = true));
    setConnection('ready');
    await waiting;
    expect([await gone, isReady]).toEqual(['Error: gone', true]);
  });
});
