import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LibraryChange } from '../../src-shared/contract';
import { ChangeFeed } from './changeFeed';

async function all(changes: AsyncIterable<LibraryChange>): Promise<LibraryChange[]> {
  const heard: LibraryChange[] = [];
  for await (const change of changes) heard.push(change);
  return heard;
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('change feed', () => {
  it('gives the present revision, then joins what changes within a tenth of a second', async () => {
    const feed = new ChangeFeed();
    const stop = new AbortController();
    const heard = all(feed.listen(stop.signal));
    feed.announce([3]);
    feed.announce([4, 3]);
    vi.advanceTimersByTime(100);
    feed.announce([5]);
    vi.advanceTimersByTime(100);
    stop.abort();
    expect(await heard).toEqual([
      { revision: 1, studyIds: [] },
      { revision: 2, studyIds: [3, 4] },
      { revision: 3, studyIds: [5] },
    ]);
  });

  it('tells nothing when nothing changed', async () => {
    const feed = new ChangeFeed();
    const heard = all(feed.listen());
    feed.announce([]);
    vi.advanceTimersByTime(1000);
    feed.dispose();
    expect(await heard).toEqual([{ revision: 1, studyIds: [] }]);
  });

  it('ends a listener that came too late', async () => {
    expect(await all(new ChangeFeed().listen(AbortSignal.abort()))).toHaveLength(1);
  });
});
