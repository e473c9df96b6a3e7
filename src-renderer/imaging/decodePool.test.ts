import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src-shared/base/appError';
import {
  createDecodePool,
  DECODE_DEADLINE_MS,
  decodeDeadlineMs,
  FETCH_DEADLINE_MS,
  type DecodeJob,
} from './decodePool';
import { fakeWorkers, testFrame } from './testing';

function job(instanceId: number, changes: Partial<DecodeJob> = {}): DecodeJob {
  const ref = { instanceId, frameIndex: 0 };
  return {
    request: { ref, url: `/bytes/instance/${instanceId}`, sopInstanceUid: `uid.${instanceId}` },
    pixelCount: 100,
    instanceBytes: 100,
    ...changes,
  };
}

/** The code a job failed with, or the SOP Instance UID of its frame. */
async function outcome(running: ReturnType<ReturnType<typeof createDecodePool>['run']>): Promise<string> {
  return running.then(
    (frame) => frame.sopInstanceUid,
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
}

describe('decode pool', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('gives each job to a worker of its own until all are busy', () => {
    const fake = fakeWorkers();
    const pool = createDecodePool({ workerCount: 2, startWorker: fake.start });
    void outcome(pool.run(job(1)));
    expect([pool.isFull, pool.canTake(job(2))]).toEqual([false, true]);
    void outcome(pool.run(job(2)));
    expect([pool.isFull, pool.canTake(job(3)), fake.asked()]).toEqual([true, false, [1, 2]]);
  });

  it('ends a worker whose decoding takes too long and goes on with a new one', async () => {
    const fake = fakeWorkers();
    const pool = createDecodePool({ workerCount: 1, startWorker: fake.start });
    const warm = pool.run(job(1));
    await fake.answerAll();
    await warm;
    const slow = outcome(pool.run(job(2)));
    const request = fake.workers[0]?.requests[1];
    fake.workers[0]?.handlers.onReply({ kind: 'decoding', jobId: request?.jobId ?? -1 });
    vi.advanceTimersByTime(DECODE_DEADLINE_MS - 1);
    expect(fake.workers[0]?.isTerminated).toBe(false);
    vi.advanceTimersByTime(1);
    expect(await slow).toBe('pixels/decode-timeout');
    expect(fake.workers[0]?.isTerminated).toBe(true);
    const next = outcome(pool.run(job(3)));
    await fake.answerAll();
    expect([await next, fake.workers.length]).toEqual(['uid.3', 2]);
  });

  it('counts waiting for bytes apart from decoding', async () => {
    const fake = fakeWorkers();
    const pool = createDecodePool({ workerCount: 1, startWorker: fake.start });
    const waiting = outcome(pool.run(job(1)));
    vi.advanceTimersByTime(FETCH_DEADLINE_MS - 1);
    expect(fake.workers[0]?.isTerminated).toBe(false);
    vi.advanceTimersByTime(1);
    expect(await waiting).toBe('file/unreadable');
  });

  it('allows larger frames more time', () => {
    expect([decodeDeadlineMs(512 * 512), decodeDeadlineMs(16 * 2 ** 20)]).toEqual([5_000, 20_000]);
  });

  it('fails only the frame on which a worker crashes', async () => {
    const fake = fakeWorkers();
    const pool = createDecodePool({ workerCount: 2, startWorker: fake.start });
    const first = outcome(pool.run(job(1)));
    const second = outcome(pool.run(job(2)));
    fake.workers[0]?.handlers.onCrash('unreachable');
    await fake.answerAll();
    expect([await first, await second]).toEqual(['pixels/decode-failed', 'uid.2']);
  });

  it.each([
    ['another object', { sopInstanceUid: 'uid.other' }],
    ['another frame', { ref: { instanceId: 1, frameIndex: 7 } }],
    ['another instance', { ref: { instanceId: 9, frameIndex: 0 } }],
  ])('refuses %s than what was asked for', async (_what, lie) => {
    const fake = fakeWorkers();
    const pool = createDecodePool({ workerCount: 1, startWorker: fake.start });
    const asked = outcome(pool.run(job(1)));
    await fake.answerAll((request) => ({ ...testFrame(request), ...lie }));
    expect(await asked).toBe('pixels/mismatch');
  });

  it('ignores an answer to an earlier job', async () => {
    const fake = fakeWorkers();
    const pool = createDecodePool({ workerCount: 1, startWorker: fake.start });
    void outcome(pool.run(job(1)));
    await fake.answerAll();
    const second = outcome(pool.run(job(2)));
    const [stale] = fake.workers[0]?.requests ?? [];
    if (stale) fake.workers[0]?.handlers.onReply({ kind: 'done', jobId: stale.jobId, frame: testFrame(stale) });
    expect(pool.isFull).toBe(true);
    await fake.answerAll();
    expect(await second).toBe('uid.2');
  });

  it('keeps a large multi-frame file with one worker', () => {
    const fake = fakeWorkers();
    const pool = createDecodePool({ workerCount: 3, startWorker: fake.start });
    const large = job(4, { instanceBytes: 300 * 2 ** 20 });
    void outcome(pool.run(large));
    expect([pool.canTake(large), pool.canTake(job(4)), pool.isFull]).toEqual([false, true, false]);
  });

  it('rejects what is still running when it is closed', async () => {
    const fake = fakeWorkers();
    const pool = createDecodePool({ workerCount: 1, startWorker: fake.start });
    const running = outcome(pool.run(job(1)));
    pool.dispose();
    expect([await running, fake.workers[0]?.isTerminated]).toEqual(['pixels/decode-failed', true]);
  });
});
