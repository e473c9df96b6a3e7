import { afterEach, describe, expect, it } from 'vitest';
import type { FileSlice } from '../media/source';
import { createScanPool, type ScanPool } from './scanPool';

/** Answers `not-dicom` for every slice, unless its path tells it to die, to hang, or to go on until it is stopped. */
const WORKER = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', ({ id, slices, beat }) => {
    const cells = new Int32Array(beat);
    for (const [index, { path }] of slices.entries()) {
      Atomics.store(cells, 0, index + 1);
      Atomics.add(cells, 1, 1);
      if (path === 'throw') throw new Error('bad luck');
      if (path === 'exit') process.exit(0);
      if (path === 'hang') for (;;);
      while (path === 'long' && Atomics.load(cells, 3) === 0) { Atomics.add(cells, 1, 1); Atomics.add(cells, 2, 1); }
    }
    Atomics.store(cells, 0, 0);
    parentPort.postMessage({ id, results: slices.map(() => ({ kind: 'not-dicom', archive: null })) });
  });
`;

let pool: ScanPool;
afterEach(() => pool.dispose());

function start(stallMs: number): void {
  const workerUrl = new URL(`data:text/javascript,${encodeURIComponent(WORKER)}`);
  pool = createScanPool({ workerUrl, width: 1, stallMs });
}

const slice = (path: string): FileSlice => ({ path, offset: 0, sizeBytes: null });
const scan = (...paths: string[]) => pool.run({ task: 'scan', slices: paths.map(slice), characterSet: null });
const good = { kind: 'not-dicom', archive: null };

describe('scan pool', () => {
  it('answers many batches at once, each for its own slices', async () => {
    start(30_000);
    const batches = Array.from({ length: 20 }, (_, index) => [`a${index}`, `b${index}`]);
    expect(await Promise.all(batches.map((batch) => scan(...batch)))).toEqual(batches.map(() => [good, good]));
  });

  it('asks nobody about nothing', async () => {
    start(30_000);
    expect(await scan()).toEqual([]);
  });

  it.each(['throw', 'exit'])('loses only the slice that makes the worker %s', async (bad) => {
    start(30_000);
    const reason = 'Reading this file made the reader fail.';
    const failed = { kind: 'failed', code: 'file/malformed', reason, isDicom: false, systemCode: '' };
    expect(await scan('a', bad, 'b')).toEqual([good, failed, good]);
  });

  it('gives each slice of a copied batch its own new values when the batch is cut in two', async () => {
    const seen = `
      import { parentPort } from 'node:worker_threads';
      parentPort.on('message', ({ id, slices, newValues, beat }) => {
        const bad = slices.findIndex(({ path }) => path === 'throw');
        Atomics.store(new Int32Array(beat), 0, bad + 1);
        if (bad >= 0) throw new Error('bad luck');
        parentPort.postMessage({ id, results: newValues.map((values) => ({ kind: 'digest', sha256: values.patientId })) });
      });`;
    pool = createScanPool({ workerUrl: new URL(`data:text/javascript,${encodeURIComponent(seen)}`), width: 1 });
    const newValues = ['1', '2', '3'].map((patientId) => ({ patientId }));
    const slices = ['a', 'throw', 'b'].map(slice);
    const results = await pool.run({
      task: 'take',
      slices,
      newValues,
      characterSet: null,
      incomingDirectory: '',
      valuesFrom: '',
    });
    expect(results.map((result) => (result.kind === 'digest' ? result.sha256 : result.kind))).toEqual([
      '1',
      'failed',
      '3',
    ]);
  });

  it('starts no worker again once it is disposed', async () => {
    start(30_000);
    const hanging = scan('hang', 'a');
    pool.dispose();
    expect(await hanging).toMatchObject([{ kind: 'failed' }, { kind: 'failed' }]);
  });

  it('loses only the slice that makes the worker hang', async () => {
    start(1000);
    const [first, second] = await Promise.all([scan('hang', 'a'), scan('b')]);
    expect(first).toMatchObject([{ kind: 'failed', code: 'file/unreadable' }, good]);
    expect(second).toEqual([good]);
  }, 20_000);

  it('lets a slice take as long as it moves, tells how far it is, and stops it when asked', async () => {
    start(300);
    const stop = new AbortController();
    const told: number[] = [];
    const onBytes = (bytes: number) => {
      told.push(bytes);
      // Twice as long as a slice may stand still.
      if (told.length === 6) stop.abort();
    };
    const work = { task: 'scan', slices: [slice('long')], characterSet: null } as const;
    expect(await pool.run(work, { signal: stop.signal, onBytes })).toEqual([good]);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBeGreaterThan(0);
  }, 20_000);
});
