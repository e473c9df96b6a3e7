import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src-shared/base/appError';
import type { ImportEvent, ImportOptions } from '../../src-shared/contract';
import { expectLaws, importsIn, leftovers, runImport, type RunOptions } from '../../tests/support/importRuns';
import { ImportWorld } from '../../tests/support/importWorld';
import type { ImportService } from './import';

let world: ImportWorld;
beforeEach(() => (world = new ImportWorld()));
afterEach(() => world.dispose());

const run = (imports: ImportService, options?: ImportOptions, react?: RunOptions['react'], signal?: AbortSignal) =>
  runImport(world, imports, { options, react, signal });

function putStudies(): void {
  world.put('a/1', 'CT patient=A series=1 uid=1');
  world.put('a/2', 'CT patient=A series=1 uid=2');
  world.put('a/3', 'CT patient=A series=2 uid=3');
  world.put('b/4', 'CT patient=B series=1 uid=4');
}

describe('a full disk', () => {
  const pauses = (events: readonly ImportEvent[]) =>
    events.filter(({ kind }) => kind === 'paused' || kind === 'resumed').map(({ kind }) => kind);
  const copying = { placement: 'copy', asks: false } as const;

  it('pauses before writing, says what is needed, and goes on by itself', async () => {
    putStudies();
    world.space = { freeBytes: 3, totalBytes: 1e12 };
    const done = await run(importsIn(world), copying, (event) => {
      if (event.kind === 'paused') world.space = { freeBytes: 1e12, totalBytes: 1e12 };
    });
    expect(done.events.find(({ kind }) => kind === 'paused')).toEqual({
      kind: 'paused',
      // One file at a time is walked here.
      pause: { reason: 'disk-full', neededBytes: 'CT patient=A series=1 uid=1'.length, freeBytes: 3 },
    });
    expect(pauses(done.events)).toEqual(['paused', 'resumed']);
    expect(done.report).toMatchObject({ added: 4, rejected: 0 });
    expectLaws(world, done);
  });

  it('does not wait for room that only files which are no instances would take', async () => {
    putStudies();
    world.put('film.mp4', 'x'.repeat(5000));
    world.space = { freeBytes: 1000, totalBytes: 1e12 };
    const done = await run(importsIn(world), copying);
    expect(pauses(done.events)).toEqual([]);
    expect(done.report).toMatchObject({ added: 4, notDicom: 1 });
    expectLaws(world, done);
  });

  it('that shows while a file is written costs nothing: the file is copied again', async () => {
    putStudies();
    let isFull = true;
    world.beforeBatch = (work) => {
      if (!isFull || work.task !== 'take') return Promise.resolve(undefined);
      isFull = false;
      const failed = { code: 'store/disk-full', reason: 'Full.', isDicom: false, systemCode: 'ENOSPC' } as const;
      return Promise.resolve(work.slices.map(() => ({ kind: 'failed', ...failed })));
    };
    const done = await run(importsIn(world), copying);
    expect(pauses(done.events)).toEqual(['paused', 'resumed']);
    expect(done.report).toMatchObject({ added: 4, rejected: 0 });
    expectLaws(world, done);
  });

  it('that shows in the index costs nothing: no row of the batch exists, and it is offered again', async () => {
    putStudies();
    world.library.failures = [new AppError('store/disk-full', 'Full.')];
    world.library.lineFailures = [new AppError('store/disk-full', 'Full.')];
    const done = await run(importsIn(world), copying);
    expect(pauses(done.events).slice(0, 2)).toEqual(['paused', 'resumed']);
    expect([...world.reads.values()]).toEqual([1, 1, 1, 1]);
    expect(done.report).toMatchObject({ added: 4 });
    expectLaws(world, done);
  });

  it('can be left: the report says what was taken until then', async () => {
    putStudies();
    world.space = { freeBytes: 0, totalBytes: 1e12 };
    const cancel = new AbortController();
    const { report } = await run(
      importsIn(world),
      copying,
      (event) => {
        if (event.kind === 'paused') cancel.abort();
      },
      cancel.signal,
    );
    expect(report).toMatchObject({ wasCancelled: true, added: 0 });
    expect(leftovers(world)).toEqual([]);
  });
});

describe('a medium that is pulled out', () => {
  it('pauses the import, which goes on where it was when the medium is back: nothing lost, nothing twice', async () => {
    for (let index = 0; index < 30; index += 1) world.put(`d${index % 3}/${index}`, `CT uid=${index}`);
    world.put('bad', 'bad');
    let batches = 0;
    world.beforeBatch = () => {
      batches += 1;
      if (batches === 10) renameSync(world.folder, `${world.folder}.away`);
      return Promise.resolve(undefined);
    };
    const done = await run(importsIn(world), {}, (event) => {
      if (event.kind === 'paused') renameSync(`${world.folder}.away`, world.folder);
    });
    expect(done.events.flatMap((event) => (event.kind === 'paused' ? [event.pause] : []))).toEqual([
      { reason: 'medium-gone', label: 'in' },
    ]);
    expect(done.report).toMatchObject({ seen: 31, added: 30, rejected: 1, unreachable: 0 });
    expect(world.library.taken).toHaveLength(30);
    expectLaws(world, done);
  });

  it('does not go on with another one', async () => {
    world.put('a', 'CT uid=1');
    world.put('b', 'CT uid=2');
    let isFirst = true;
    world.beforeBatch = () => {
      if (isFirst) renameSync(world.folder, `${world.folder}.away`);
      isFirst = false;
      return Promise.resolve(undefined);
    };
    let pauses = 0;
    const cancel = new AbortController();
    const { report } = await run(
      importsIn(world),
      {},
      (event) => {
        if (event.kind !== 'paused') return;
        pauses += 1;
        mkdirSync(world.folder);
        setTimeout(() => cancel.abort(), 50);
      },
      cancel.signal,
    );
    expect([pauses, report.wasCancelled, report.rejected]).toEqual([1, true, 0]);
    rmSync(`${world.folder}.away`, { recursive: true });
  });
});
