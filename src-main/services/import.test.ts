import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src-shared/base/appError';
import type { ImportEvent, ImportOptions, SurveyTree } from '../../src-shared/contract';
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

const outcomes = () => Object.fromEntries(world.library.lines.map(({ path, outcome }) => [path, outcome]));

describe('a folder that is referenced', () => {
  it('has a line for each file, and its studies in the library as they are found', async () => {
    putStudies();
    world.put('cut', 'CT patient=A series=2 uid=5 cut=1');
    world.put('bad', 'bad');
    world.put('readme', 'hello');
    world.put('DICOMDIR', 'DIR');
    const done = await run(importsIn(world));
    expect(outcomes()).toEqual({
      ...{ 'a/1': 'added', 'a/2': 'added', 'a/3': 'added', 'b/4': 'added', cut: 'partial' },
      ...{ bad: 'rejected', readme: 'not-dicom', DICOMDIR: 'directory' },
    });
    expect(done.report).toMatchObject({
      ...{ seen: 8, added: 4, partial: 1, rejected: 1, notDicom: 1, directories: 1, placement: 'reference' },
      ...{ wasCancelled: false, studyIds: [1, 2], sources: [{ sourceId: 1, kind: 'folder', label: 'in' }] },
    });
    expect(world.library.lines.find(({ path }) => path === 'cut')).toMatchObject({
      detail: '1–37 of 60',
      reason: 'Cut.',
    });
    expect(world.announced).toEqual(new Set([1, 2]));
    expect(world.library.taken.every(({ arrival }) => arrival.kind === 'reference')).toBe(true);
    expectLaws(world, done);
  });

  it('knows every file the second time, without reading its bytes', async () => {
    putStudies();
    const imports = importsIn(world);
    await run(imports);
    world.library.lines.length = 0;
    expect((await run(imports)).report).toMatchObject({ seen: 4, added: 0, known: 4 });
    expect([...world.reads.values()]).toEqual([2, 2, 2, 2]);
  });

  it('compares the bytes where the same UID comes from another place', async () => {
    world.put('a', 'CT uid=1 note=same');
    world.put('b', 'CT uid=1 note=same');
    world.put('c', 'CT uid=1 note=else');
    world.put('d', 'CT uid=1 note=longer');
    const done = await run(importsIn(world));
    expect(outcomes()).toEqual({ a: 'added', b: 'known', c: 'aside', d: 'aside' });
    expect(done.report).toMatchObject({ added: 1, known: 1, aside: 2 });
    expectLaws(world, done);
  });

  it('says of what is not there that it is not', async () => {
    const { report } = await run(importsIn(world));
    expect(report).toMatchObject({ seen: 0, unreachable: 1 });
    expect(world.library.lines).toMatchObject([{ outcome: 'unreachable', code: 'file/not-found' }]);
  });
});

describe('copies', () => {
  it('are made of removable media without asking where nobody wants to be asked', async () => {
    world.isRemovable = true;
    putStudies();
    const done = await run(importsIn(world, { asksBeforeCopying: false }));
    expect(done.report).toMatchObject({ placement: 'copy', added: 4 });
    expect(world.library.taken.map(({ arrival }) => arrival.kind)).toEqual(['copy', 'copy', 'copy', 'copy']);
    expectLaws(world, done);
  });

  it('remember the plain file that they were made of', async () => {
    const path = world.put('a', 'CT uid=1');
    await run(importsIn(world), { placement: 'copy', asks: false });
    expect(world.library.taken[0]?.arrival).toMatchObject({ kind: 'copy', copiedFrom: { path } });
  });
});

describe('a choice', () => {
  const trees = (events: readonly ImportEvent[]): SurveyTree[] =>
    events.flatMap((event) => (event.kind === 'tree' ? [event.tree] : []));

  it('is asked for before copying, with everything counted, and nothing is taken before it is made', async () => {
    world.isRemovable = true;
    putStudies();
    world.put('readme', 'hello');
    const takenBefore: number[] = [];
    const imports = importsIn(world);
    const done = await run(imports, {}, (event, jobId) => {
      if (event.kind !== 'tree' || !event.isComplete) return;
      takenBefore.push(world.library.taken.length);
      const series = event.tree.patients[0]?.studies[0]?.series[1];
      imports.choose(jobId, { excludedSeries: [series?.key ?? ''], placement: 'copy', reconciliations: [] });
    });
    expect(takenBefore).toEqual([0]);
    const counts = trees(done.events)
      .at(-1)
      ?.patients.map(({ studies }) => studies.flatMap(({ series }) => series.map(({ found }) => found)));
    expect(counts).toEqual([[2, 1], [1]]);
    expect(outcomes()).toEqual({
      'a/1': 'added',
      'a/2': 'added',
      'a/3': 'not-chosen',
      'b/4': 'added',
      readme: 'not-dicom',
    });
    expect(done.report).toMatchObject({ added: 3, notChosen: 1, notDicom: 1 });
    expectLaws(world, done);
  });

  it('may be made while files are still being found: what comes later and was never shown is wanted', async () => {
    for (let index = 0; index < 40; index += 1)
      world.put(`a/${String(index).padStart(2, '0')}`, `CT series=${index % 2} uid=${index}`);
    const imports = importsIn(world);
    let surveyed = 0;
    let jobId = 0;
    world.beforeBatch = (work) => {
      surveyed += work.task === 'scan' ? 1 : 0;
      if (surveyed === 10) imports.choose(jobId, { excludedSeries: ['s3'], placement: 'copy', reconciliations: [] });
      return Promise.resolve(undefined);
    };
    const done = await run(imports, { asks: true }, (_event, id) => (jobId = id));
    // Keys are given in the order of meeting: patient p1, study t2, its series s3 and s4.
    expect(done.report).toMatchObject({ seen: 40, added: 20, notChosen: 20 });
    expectLaws(world, done);
  });

  it('may give a patient other values, which makes copies even of what would stay where it is', async () => {
    world.put('a', 'CT patient=A uid=1');
    world.put('b', 'CT patient=B uid=2');
    const imports = importsIn(world);
    await run(imports, { asks: true }, (event, jobId) => {
      if (event.kind !== 'tree' || !event.isComplete) return;
      const patientKey = event.tree.patients[0]?.key ?? '';
      const reconciliations = [{ patientKey, patientId: 'LOCAL' }];
      imports.choose(jobId, { excludedSeries: [], placement: 'reference', reconciliations });
    });
    expect(world.library.taken.map(({ header, arrival }) => [header.patientKey, arrival.kind]).sort()).toEqual([
      ['B', 'reference'],
      ['LOCAL', 'copy'],
    ]);
  });

  it('that never comes leaves nothing behind when the import is cancelled', async () => {
    putStudies();
    const cancel = new AbortController();
    const { report } = await run(
      importsIn(world),
      { asks: true },
      (event) => {
        if (event.kind === 'tree' && event.isComplete) cancel.abort();
      },
      cancel.signal,
    );
    expect(report).toMatchObject({ wasCancelled: true, seen: 0, added: 0 });
    expect([world.library.taken, leftovers(world)]).toEqual([[], []]);
  });

  it('of an import that is over is refused', () => {
    const choice = { excludedSeries: [], placement: 'copy', reconciliations: [] } as const;
    expect(() => importsIn(world).choose(9, { ...choice, excludedSeries: [], reconciliations: [] })).toThrow(
      expect.objectContaining({ code: 'service/unknown-id' }) as Error,
    );
  });
});

describe('archives in a folder', () => {
  it('are opened by content, counted by what they hold, and leave nothing unpacked behind', async () => {
    world.put('a', 'CT uid=1');
    world.put('study.bin', 'ZIP||CT uid=2|CT uid=3|hello');
    world.put('empty.zip', 'ZIP|');
    const done = await run(importsIn(world));
    expect(outcomes()).toEqual({
      ...{ a: 'added', 'study.bin/0': 'added', 'study.bin/1': 'added', 'study.bin/2': 'not-dicom' },
      'empty.zip': 'not-dicom',
    });
    expect(world.library.taken.map(({ arrival }) => arrival.kind).sort()).toEqual(['copy', 'copy', 'reference']);
    expect(done.report.sources.map(({ kind }) => kind)).toEqual(['folder', 'zip']);
    expectLaws(world, done);
  });

  it('wait for their password while everything else goes on', async () => {
    world.put('a.zip', 'ZIP|secret|CT uid=2');
    world.put('b', 'CT uid=1');
    const imports = importsIn(world);
    const takenWhenAsked: string[] = [];
    const done = await run(imports, {}, (event, jobId) => {
      if (event.kind !== 'progress' || world.passwords.length > 0) return;
      takenWhenAsked.push(...world.library.taken.map(({ origin }) => origin));
      if (takenWhenAsked.length > 0) imports.password(jobId, 1, 'secret');
    });
    expect(takenWhenAsked).toEqual(['b']);
    expect(done.events.filter(({ kind }) => kind === 'password')).toHaveLength(1);
    expect(done.report).toMatchObject({ seen: 2, added: 2 });
    expectLaws(world, done);
  });

  it('without their password are left out, with a line that says so', async () => {
    world.put('a.zip', 'ZIP|secret|CT uid=2');
    const imports = importsIn(world);
    const { report } = await run(imports, {}, (event, jobId) => {
      if (event.kind === 'password') imports.password(jobId, event.archiveId, null);
    });
    expect(report).toMatchObject({ seen: 0, unreachable: 1 });
    expect(world.library.lines).toMatchObject([{ path: 'a.zip', code: 'archive/password' }]);
  });
});

describe('cancelling', () => {
  it('by leaving the iteration keeps what was taken and says so in the report', async () => {
    putStudies();
    const imports = importsIn(world);
    let batches = 0;
    // The first batch is read; nothing ever comes of the others.
    world.beforeBatch = () => ((batches += 1) === 1 ? Promise.resolve(undefined) : new Promise(() => undefined));
    for await (const event of imports.open([world.folder])) {
      if (event.kind === 'progress' && event.progress.added === 1) break;
    }
    expect(imports.reports()).toMatchObject([{ wasCancelled: true, added: 1, seen: 1 }]);
  }, 10_000);

  it('happens when the services are closed', async () => {
    putStudies();
    world.beforeBatch = () => new Promise(() => undefined);
    const imports = importsIn(world);
    const running = run(imports);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await imports.dispose();
    expect((await running).report).toMatchObject({ wasCancelled: true, seen: 0 });
  }, 10_000);
});

it('ends with the failure when the library cannot take what was read, and clears up', async () => {
  putStudies();
  const failure = new AppError('store/failed', 'The library cannot be written where it is.');
  world.library.failures = [failure];
  await expect(run(importsIn(world))).rejects.toBe(failure);
  expect(leftovers(world)).toEqual([]);
});
