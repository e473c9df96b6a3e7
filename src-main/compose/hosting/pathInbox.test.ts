import { describe, expect, it } from 'vitest';
import { createPathInbox } from './pathInbox';

describe('path inbox', () => {
  it('gives what came before the reader first, then what comes', async () => {
    const inbox = createPathInbox();
    const stop = new AbortController();
    inbox.add(['/a']);
    inbox.add([]);
    const got: (readonly string[])[] = [];
    for await (const batch of inbox.read(stop.signal)) {
      got.push(batch);
      if (got.length === 1) setTimeout(() => inbox.add(['/b', '/c']), 1);
      if (got.length === 2) stop.abort();
    }
    expect(got).toEqual([['/a'], ['/b', '/c']]);
  });

  it('loses nothing when a reader leaves while waiting', async () => {
    const inbox = createPathInbox();
    const left = new AbortController();
    const leaving = inbox.read(left.signal)[Symbol.asyncIterator]().next();
    left.abort();
    expect(await leaving).toMatchObject({ done: true });
    inbox.add(['/later']);
    const reading = inbox.read(new AbortController().signal)[Symbol.asyncIterator]();
    expect(await reading.next()).toEqual({ done: false, value: ['/later'] });
  });
});
