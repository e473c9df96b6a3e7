import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameStore } from './frameStore';
import { fakeWorkers, settled, testFrame, testStack } from './testing';

function arrange(options: { budgetBytes?: number; workerCount?: number } = {}) {
  const fake = fakeWorkers();
  const store = createFrameStore({
    budgetBytes: options.budgetBytes ?? 1e9,
    workerCount: options.workerCount ?? 1,
    instanceUrl: (id) => `/bytes/instance/${id}`,
    startWorker: fake.start,
  });
  return { fake, store };
}

const refTo = (instanceId: number) => ({ instanceId, frameIndex: 0 });

describe('frame store', () => {
  it('goes from absent through loading to ready, and says so', async () => {
    const { fake, store } = arrange();
    const heard: number[][] = [];
    store.subscribe((changed) => heard.push(changed.map(({ instanceId }) => instanceId)));
    expect(store.state(refTo(1)).status).toBe('absent');
    store.setInterest('a', { stack: testStack(1, 1), imageIndex: 0, direction: 1 });
    expect(store.state(refTo(1)).status).toBe('loading');
    await fake.answerAll();
    expect(store.state(refTo(1))).toMatchObject({ status: 'ready', frame: { sopInstanceUid: 'uid.1' } });
    expect(heard).toEqual([[1], [1]]);
  });

  it('turns at once to what is on screen now, and forgets what nobody wants any more', async () => {
    const { fake, store } = arrange();
    store.setInterest('a', { stack: testStack(100, 50), imageIndex: 0, direction: 1 });
    store.setInterest('a', { stack: testStack(200, 2), imageIndex: 0, direction: 1 });
    for (let round = 0; round < 4; round += 1) await fake.answerAll();
    expect(fake.asked()).toEqual([100, 200, 201]);
    expect(store.usage()).toMatchObject({ frames: 3, queued: 0 });
  });

  it('keeps one failure to one frame until someone asks again', async () => {
    const { fake, store } = arrange();
    const stack = testStack(1, 2);
    store.setInterest('a', { stack, imageIndex: 0, direction: 1 });
    await fake.answerAll((request) => ({ ...testFrame(request), sopInstanceUid: 'somebody else' }));
    await fake.answerAll();
    expect(store.state(refTo(1))).toMatchObject({ status: 'failed', error: { code: 'pixels/mismatch' } });
    expect([...store.loadedMask(stack)]).toEqual([3, 2]);
    store.retry(refTo(1));
    await fake.answerAll();
    expect([...store.loadedMask(stack)]).toEqual([2, 2]);
  });

  it('keeps to its budget by letting go of what nobody wants, least recently used first', async () => {
    const { fake, store } = arrange({ budgetBytes: 300 });
    const early = testStack(1, 1);
    store.setInterest('a', { stack: early, imageIndex: 0, direction: 1 });
    await fake.answerAll();
    const late = testStack(10, 3);
    store.setInterest('a', { stack: late, imageIndex: 0, direction: 1 });
    for (let round = 0; round < 3; round += 1) await fake.answerAll();
    expect([...store.loadedMask(early), ...store.loadedMask(late)]).toEqual([0, 2, 2, 2]);
    expect(store.usage()).toEqual({ usedBytes: 300, budgetBytes: 300, frames: 3, queued: 0 });
  });

  it('does not fetch what it would have to throw away', async () => {
    const { fake, store } = arrange({ budgetBytes: 500 });
    store.setInterest('a', { stack: testStack(1, 100), imageIndex: 50, direction: 1 });
    for (let round = 0; round < 20; round += 1) await fake.answerAll();
    expect(fake.asked().length).toBe(5);
  });

  it('is silent and empty after it was closed', async () => {
    const { fake, store } = arrange();
    const heard: unknown[] = [];
    store.setInterest('a', { stack: testStack(1, 3), imageIndex: 0, direction: 1 });
    await settled();
    store.subscribe((changed) => heard.push(changed));
    store.dispose();
    await fake.answerAll();
    expect([heard, store.usage().frames, fake.asked().length]).toEqual([[], 0, 1]);
  });
});

/** One thing that happens to a store. */
type Step =
  | { readonly kind: 'interest'; readonly viewport: number; readonly stack: number; readonly index: number }
  | { readonly kind: 'withdraw'; readonly viewport: number }
  | { readonly kind: 'answer' | 'lie' | 'wrongFrame' | 'crash' | 'stale' };

const STACKS = [testStack(1000, 12), testStack(2000, 7), testStack(3000, 1)];

const steps = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('interest' as const),
      viewport: fc.nat({ max: 3 }),
      stack: fc.nat({ max: 2 }),
      index: fc.nat({ max: 11 }),
    }),
    fc.record({ kind: fc.constant('withdraw' as const), viewport: fc.nat({ max: 3 }) }),
    fc.record({ kind: fc.constantFrom('answer' as const, 'lie', 'wrongFrame', 'crash', 'stale') }),
  ),
  { minLength: 10, maxLength: 60, size: 'max' },
);

async function play(step: Step, { fake, store }: ReturnType<typeof arrange>, shown: Map<number, string>) {
  switch (step.kind) {
    case 'interest': {
      const stack = STACKS[step.stack];
      if (!stack) return;
      const imageIndex = step.index % stack.images.length;
      shown.set(step.viewport, String(stack.images[imageIndex]?.ref.instanceId));
      store.setInterest(String(step.viewport), { stack, imageIndex, direction: 1 });
      return;
    }
    case 'withdraw':
      shown.delete(step.viewport);
      store.setInterest(String(step.viewport), null);
      return;
    case 'answer':
      return fake.answerAll();
    case 'lie':
      return fake.answerAll((request) => ({ ...testFrame(request), sopInstanceUid: 'uid.1001' }));
    case 'wrongFrame':
      return fake.answerAll((request) => ({ ...testFrame(request), ref: { instanceId: 1001, frameIndex: 0 } }));
    case 'crash':
      fake.workers.find(({ isTerminated }) => !isTerminated)?.handlers.onCrash('boom');
      return settled();
    case 'stale':
      for (const { handlers, requests } of fake.workers) {
        const [first] = requests;
        if (first) handlers.onReply({ kind: 'done', jobId: first.jobId - 1, frame: testFrame(first) });
      }
      return settled();
  }
}

describe('laws of the frame store', () => {
  it('never gives a frame whose identity differs from what was asked, and never lets go of what is shown', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.constantFrom(0, 250, 600, 1e9), async (story, budgetBytes) => {
        const arranged = arrange({ budgetBytes, workerCount: 2 });
        const shown = new Map<number, string>();
        const wasReady = new Set<string>();
        for (const step of story) {
          const before = new Set([...shown.values()].filter((id) => wasReady.has(id)));
          await play(step, arranged, shown);
          for (const { images } of STACKS) {
            for (const { ref, record } of images) {
              const state = arranged.store.state(ref);
              const id = String(ref.instanceId);
              if (state.status === 'ready') {
                wasReady.add(id);
                expect([state.frame.ref, state.frame.sopInstanceUid]).toEqual([ref, record.sopInstanceUid]);
              } else {
                wasReady.delete(id);
                expect(before.has(id) && [...shown.values()].includes(id)).toBe(false);
              }
            }
          }
          const onScreen = new Set(shown.values()).size * 100;
          expect(arranged.store.usage().usedBytes).toBeLessThanOrEqual(Math.max(budgetBytes, onScreen));
        }
        arranged.store.dispose();
      }),
      { seed: 20261122, numRuns: 150 },
    );
  });
});
