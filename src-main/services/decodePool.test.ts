import { afterEach, describe, expect, it } from 'vitest';
import { createDecodePool, frameDeadlineMs, type DecodePool } from './decodePool';

/** Answers with the path it was asked for; `hang` keeps it busy for ever, `die` ends it. */
const scriptedWorker = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', ({ id, request }) => {
    if (request.path === 'hang') for (;;);
    if (request.path === 'die') process.exit(3);
    if (request.path === 'refuse')
      parentPort.postMessage({ id, error: { code: 'pixels/mismatch', message: 'no', facts: {} } });
    else parentPort.postMessage({ id, result: request.path });
  });
`;
const workerUrl = new URL(`data:text/javascript,${encodeURIComponent(scriptedWorker)}`);

/** Long enough that only a task which never ends meets it. */
const GENEROUS_MS = 60_000;

let pool: DecodePool;
afterEach(() => pool.dispose());

function ask(path: string, deadlineMs = GENEROUS_MS): Promise<unknown> {
  return pool.withSession('asked-for', (session) => session.run({ name: 'open', path }, deadlineMs));
}

describe('createDecodePool', () => {
  it('ends a worker that overruns, and the next task gets its own answer', async () => {
    pool = createDecodePool({ workerUrl, width: 1 });
    await expect(ask('hang', 50)).rejects.toMatchObject({ code: 'pixels/decode-timeout' });
    await expect(ask('next')).resolves.toBe('next');
  });

  it('survives a worker that dies', async () => {
    pool = createDecodePool({ workerUrl, width: 1 });
    await expect(ask('die')).rejects.toMatchObject({ code: 'pixels/decode-failed' });
    await expect(ask('next')).resolves.toBe('next');
  });

  it('passes on what the task refused', async () => {
    pool = createDecodePool({ workerUrl, width: 1 });
    await expect(ask('refuse')).rejects.toMatchObject({ code: 'pixels/mismatch', message: 'no' });
  });

  it('takes what was asked for before the background', async () => {
    pool = createDecodePool({ workerUrl, width: 1 });
    const order: string[] = [];
    const enter = (priority: 'asked-for' | 'background', name: string) =>
      pool.withSession(priority, () => Promise.resolve(order.push(name)));
    await Promise.all([
      enter('background', 'running already'),
      enter('background', 'thumbnail'),
      enter('asked-for', 'picture'),
    ]);
    expect(order).toEqual(['running already', 'picture', 'thumbnail']);
  });

  it('ends what runs and turns away what waits when it is closed', async () => {
    pool = createDecodePool({ workerUrl, width: 1 });
    await ask('started');
    const running = expect(ask('hang')).rejects.toMatchObject({ code: 'service/gone' });
    const waiting = expect(ask('late')).rejects.toMatchObject({ code: 'service/gone' });
    pool.dispose();
    await Promise.all([running, waiting]);
    await expect(ask('too late')).rejects.toMatchObject({ code: 'service/gone' });
  });
});

describe('frameDeadlineMs', () => {
  const pixels = {
    rows: 512,
    columns: 512,
    samplesPerPixel: 1,
    photometricInterpretation: 'MONOCHROME2',
    planarConfiguration: 0 as const,
    bitsAllocated: 16,
    bitsStored: 12,
    highBit: 11,
    isSigned: false,
    sampleKind: 'integer' as const,
    frames: 1,
  };
  it('is 5 s for a frame of up to 4 Mi samples', () => {
    expect(frameDeadlineMs(pixels)).toBe(5000);
  });
  it('grows with the samples beyond', () => {
    expect(frameDeadlineMs({ ...pixels, rows: 4096, columns: 4096, samplesPerPixel: 3 })).toBe(60_000);
  });
});
