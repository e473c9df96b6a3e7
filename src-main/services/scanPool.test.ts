import { afterEach, describe, expect, it } from 'vitest';
import { createScanPool, type ScanPool } from './scanPool';

/** Answers `not-dicom` for every path, unless a path tells it to die or to hang. */
const WORKER = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', ({ id, paths }) => {
    for (const path of paths) {
      if (path === 'throw') throw new Error('bad luck');
      if (path === 'exit') process.exit(0);
      if (path === 'hang') for (;;);
    }
    parentPort.postMessage({ id, results: paths.map((path) => ({ kind: 'not-dicom', path })) });
  });
`;

let pool: ScanPool;
afterEach(() => pool.dispose());

function start(deadlineMs: number): void {
  const workerUrl = new URL(`data:text/javascript,${encodeURIComponent(WORKER)}`);
  pool = createScanPool({ workerUrl, width: 1, deadlineMs });
}

const good = (path: string) => ({ kind: 'not-dicom', path });

describe('scan pool', () => {
  it('answers many batches at once, each for its own paths', async () => {
    start(30_000);
    const batches = Array.from({ length: 20 }, (_, index) => [`a${index}`, `b${index}`]);
    expect(await Promise.all(batches.map((batch) => pool.scan(batch)))).toEqual(
      batches.map((batch) => batch.map(good)),
    );
  });

  it.each(['throw', 'exit'])('loses only the file that makes the worker %s', async (bad) => {
    start(30_000);
    const results = await pool.scan(['a', bad, 'b']);
    const code = 'file/malformed';
    expect(results).toEqual([
      good('a'),
      { kind: 'failed', path: bad, code, reason: 'Reading this file made the reader fail.', isDicom: false },
      good('b'),
    ]);
  });

  it('starts no worker again once it is disposed', async () => {
    start(30_000);
    const hanging = pool.scan(['hang', 'a']);
    pool.dispose();
    expect(await hanging).toMatchObject([{ kind: 'failed' }, { kind: 'failed' }]);
  });

  it('loses only the file that makes the worker hang', async () => {
    start(2000);
    const [first, second] = await Promise.all([pool.scan(['hang', 'a']), pool.scan(['b'])]);
    expect(first).toMatchObject([{ kind: 'failed', path: 'hang', code: 'file/unreadable' }, good('a')]);
    expect(second).toEqual([good('b')]);
  }, 20_000);
});
