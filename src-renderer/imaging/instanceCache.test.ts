import { describe, expect, it } from 'vitest';
import type { Instance } from '../../src-shared/dataset/instance';
import { createInstanceCache } from './instanceCache';

const opened = (frameCount: number) => ({ frameCount }) as Instance;

describe('instance cache', () => {
  it('keeps the objects of several frames that were used last, within its budget', () => {
    const cache = createInstanceCache(250);
    for (const url of ['/1', '/2']) cache.keep(url, opened(5), 100);
    cache.get('/1');
    cache.keep('/3', opened(5), 100);
    expect(['/1', '/2', '/3'].map((url) => cache.get(url) !== undefined)).toEqual([true, false, true]);
  });

  it('keeps nothing of objects with one frame, and the last object however large', () => {
    const cache = createInstanceCache(250);
    cache.keep('/single', opened(1), 10);
    cache.keep('/large', opened(900), 10_000);
    expect([cache.get('/single'), cache.get('/large')?.frameCount]).toEqual([undefined, 900]);
  });
});
