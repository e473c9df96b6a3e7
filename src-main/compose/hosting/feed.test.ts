import { describe, expect, it } from 'vitest';
import { createFeed } from './feed';

describe('feed', () => {
  it('gives the present value, then changes, the newest only to a slow reader', async () => {
    const feed = createFeed(1);
    const stop = new AbortController();
    const got: number[] = [];
    for await (const value of feed.read(stop.signal)) {
      got.push(value);
      if (value === 1) {
        feed.set(2);
        feed.set(3);
      }
      if (value === 3) stop.abort();
    }
    expect(got).toEqual([1, 3]);
  });

  it('ends a waiting reader when it is cancelled', async () => {
    const stop = new AbortController();
    const reading = createFeed('calm').read(stop.signal)[Symbol.asyncIterator]();
    await reading.next();
    const waiting = reading.next();
    stop.abort();
    expect(await waiting).toMatchObject({ done: true });
  });
});
