import { describe, expect, it } from 'vitest';
import { WorkQueue } from './workQueue';

describe('shared work', () => {
  it('is done once each by however many, those who find more included', async () => {
    const queue = new WorkQueue<number>(10_000);
    const done: number[] = [];
    // Each number below a thousand brings two more: 1 to 1999, like a heap.
    const use = async (work: number) => {
      await Promise.resolve();
      done.push(work);
      if (work < 1000) for (const more of [work * 2, work * 2 + 1]) queue.push(more);
    };
    queue.push(1);
    await Promise.all([queue.drain(use), queue.drain(use), queue.drain(use)]);
    expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 1999 }, (_, index) => index + 1));
  });

  it('is not over while someone may still find some', async () => {
    const queue = new WorkQueue<string>(10);
    const release = queue.hold();
    const done: string[] = [];
    const draining = queue.drain((work) => Promise.resolve(void done.push(work)));
    await Promise.resolve();
    queue.push('late');
    release();
    await draining;
    expect(done).toEqual(['late']);
  });

  it('makes those who find it wait while there is too much, and lets them go when it is closed', async () => {
    const queue = new WorkQueue<number>(2);
    queue.push(1);
    queue.push(2);
    const order: string[] = [];
    const waiting = queue.room().then(() => order.push('room'));
    await Promise.resolve();
    order.push('before');
    await queue.drain((work) => {
      order.push(String(work));
      return Promise.resolve();
    });
    await waiting;
    expect(order[0]).toBe('before');
    expect(order).toContain('room');

    const full = new WorkQueue<number>(0);
    const leaving = full.room();
    full.close();
    await leaving;
    expect(full.length).toBe(0);
  });

  it('ends for all when it is closed, and what waited is dropped', async () => {
    const queue = new WorkQueue<number>(10);
    queue.hold();
    const draining = queue.drain(() => Promise.reject(new Error('nothing is handed out')));
    queue.close();
    queue.push(1);
    await expect(draining).resolves.toBeUndefined();
  });
});
