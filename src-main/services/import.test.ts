import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src-shared/base/appError';
import type { ImportEvent, ImportOptions, ImportReport, Settings, SurveyTree } from '../../src-shared/contract';
import { ImportWorld } from '../../tests/support/importWorld';
import { createImportService, type ImportService } from './import';

let world: ImportWorld;
let announced: Set<number>;
beforeEach(() => {
  world = new ImportWorld();
  announced = new Set();
});
afterEach(() => world.dispose());

const noReconciler = {
  addFile: () => undefined,
  addDirectory: () => undefined,
  reconciliations: () => [],
  missing: () => [],
};

const settings = { folderPlacement: 'reference', mediaPlacement: 'copy', asksBeforeCopying: true } as const;

function service(changed: Partial<Settings> = {}): ImportService {
  const { library } = world;
  return createImportService({
    store: library,
    text: { *pages() {}, rewrite: () => [] },
    pool: world.pool,
    changes: { announce: (studyIds) => [...studyIds].forEach((id) => announced.add(id)) },
    media: {
      describe: (path) =>
        Promise.resolve({
          ...{ path, kind: 'folder', label: 'in', isRemovable: world.isRemovable, canReference: true },
          defaultPlacement: world.isRemovable ? 'copy' : 'reference',
        }),
      openPaths: (paths, context) => world.openPaths(paths, context),
      openArchive: (kind, entry, context) => world.openArchive(kind, entry, context),
      createReconciler: () => noReconciler,
    },
    settings: () => ({ ...settings, ...changed }),
    nowMs: () => Date.now(),
    diskSpace: () => Promise.resolve(world.space),
    reserveBytes: 0,
    pollMs: 5,
    exportsDirectory: join(world.root, 'exports'),
    demoDirectory: join(world.root, 'demo'),
    generateDemo: () => Promise.reject(new Error('no demo here')),
  });
}

interface Run {
  readonly report: ImportReport;
  readonly events: readonly ImportEvent[];
}

/** Runs to the report; `react` may answer what is asked. */
async function run(
  imports: ImportService,
  options: ImportOptions = {},
  react: (event: ImportEvent, jobId: number) => void = () => undefined,
  signal?: AbortSignal,
): Promise<Run> {
  const events: ImportEvent[] = [];
  let jobId = 0;
  for await (const event of imports.open([world.folder], options, signal)) {
    events.push(event);
    if (event.kind === 'started') jobId = event.jobId;
    react(event, jobId);
  }
  const last = events.at(-1);
  if (last?.kind !== 'report') throw new Error('an import ended without a report');
  return { report: last.report, events };
}

const outcomes = () => Object.fromEntries(world.library.lines.map(({ path, outcome }) => [path, outcome]));
const incoming = () =>
  existsSync(world.library.incomingDirectory) ? readdirSync(world.library.incomingDirectory) : [];

/** What must hold of every import that came to its end. */
function expectLaws({ report, events }: Run): void {
  const { added, partial, known, aside, directories, notDicom, rejected, notChosen } = report;
  expect(report.seen).toBe(added + partial + known + aside + directories + notDicom + rejected + notChosen);
  const lines = world.library.lines.filter(
    ({ outcome }) => outcome !== 'unreachable' && outcome !== 'announced-missing',
  );
  expect(lines).toHaveLength(report.seen);
  expect(new Set(lines.map(({ path }) => path)).size).toBe(report.seen);
  const last = events.findLast((event) => event.kind === 'progress');
  expect(last).toMatchObject({ progress: { phase: 'done', found: report.seen, isWalkOver: true } });
  expect(world.library.finished).toEqual([report]);
  expect(incoming()).toEqual([]);
}

function putStudies(): void {
  world.put('a/1', 'CT patient=A series=1 uid=1');
  world.put('a/2', 'CT patient=A series=1 uid=2');
  world.put('a/3', 'CT patient=A series=2 uid=3');
  world.put('b/4', 'CT patient=B series=1 uid=4');
}

describe('a folder that is referenced', () => {
  it('has a line for each file, and its studies in the library as they are found', async () => {
    putStudies();
    world.put('cut', 'CT patient=A series=2 uid=5 cut=1');
    world.put('bad', 'bad');
    world.put('readme', 'hello');
    world.put('DICOMDIR', 'DIR');
    const done = await run(service());
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
    expect(announced).toEqual(new Set([1, 2]));
    expect(world.library.taken.every(({ arrival }) => arrival.kind === 'reference')).toBe(true);
    expectLaws(done);
  });

  it('knows every file the second time, without reading its bytes', async () => {
    putStudies();
    const imports = service();
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
    const done = await run(service());
    expect(outcomes()).toEqual({ a: 'added', b: 'known', c: 'aside', d: 'aside' });
    expect(done.report).toMatchObject({ added: 1, known: 1, aside: 2 });
    expectLaws(done);
  });

  it('says of what is not there that it is not', async () => {
    const { report } = await run(service());
    expect(report).toMatchObject({ seen: 0, unreachable: 1 });
    expect(world.library.lines).toMatchObject([{ outcome: 'unreachable', code: 'file/not-found' }]);
  });
});

describe('copies', () => {
  it('are made of removable media without asking where nobody wants to be asked', async () => {
    world.isRemovable = true;
    putStudies();
    const done = await run(service({ asksBeforeCopying: false }));
    expect(done.report).toMatchObject({ placement: 'copy', added: 4 });
    expect(world.library.taken.map(({ arrival }) => arrival.kind)).toEqual(['copy', 'copy', 'copy', 'copy']);
    expectLaws(done);
  });

  it('remember the plain file that they were made of', async () => {
    const path = world.put('a', 'CT uid=1');
    await run(service(), { placement: 'copy', asks: false });
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
    const imports = service();
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
    expectLaws(done);
  });

  it('may be made while files are still being found: what comes later and was never shown is wanted', async () => {
    for (let index = 0; index < 40; index += 1)
      world.put(`a/${String(index).padStart(2, '0')}`, `CT series=${index % 2} uid=${index}`);
    const imports = service();
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
    expectLaws(done);
  });

  it('may give a patient other values, which makes copies even of what would stay where it is', async () => {
    world.put('a', 'CT patient=A uid=1');
    world.put('b', 'CT patient=B uid=2');
    const imports = service();
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
      service(),
      { asks: true },
      (event) => {
        if (event.kind === 'tree' && event.isComplete) cancel.abort();
      },
      cancel.signal,
    );
    expect(report).toMatchObject({ wasCancelled: true, seen: 0, added: 0 });
    expect([world.library.taken, incoming()]).toEqual([[], []]);
  });

  it('of an import that is over is refused', () => {
    const choice = { excludedSeries: [], placement: 'copy', reconciliations: [] } as const;
    expect(() => service().choose(9, { ...choice, excludedSeries: [], reconciliations: [] })).toThrow(
      expect.objectContaining({ code: 'service/unknown-id' }) as Error,
    );
  });
});

describe('archives in a folder', () => {
  it('are opened by content, counted by what they hold, and leave nothing unpacked behind', async () => {
    world.put('a', 'CT uid=1');
    world.put('study.bin', 'ZIP||CT uid=2|CT uid=3|hello');
    world.put('empty.zip', 'ZIP|');
    const done = await run(service());
    expect(outcomes()).toEqual({
      ...{ a: 'added', 'study.bin/0': 'added', 'study.bin/1': 'added', 'study.bin/2': 'not-dicom' },
      'empty.zip': 'not-dicom',
    });
    expect(world.library.taken.map(({ arrival }) => arrival.kind).sort()).toEqual(['copy', 'copy', 'reference']);
    expect(done.report.sources.map(({ kind }) => kind)).toEqual(['folder', 'zip']);
    expectLaws(done);
  });

  it('wait for their password while everything else goes on', async () => {
    world.put('a.zip', 'ZIP|secret|CT uid=2');
    world.put('b', 'CT uid=1');
    const imports = service();
    const takenWhenAsked: string[] = [];
    const done = await run(imports, {}, (event, jobId) => {
      if (event.kind !== 'progress' || world.passwords.length > 0) return;
      takenWhenAsked.push(...world.library.taken.map(({ origin }) => origin));
      if (takenWhenAsked.length > 0) imports.password(jobId, 1, 'secret');
    });
    expect(takenWhenAsked).toEqual(['b']);
    expect(done.events.filter(({ kind }) => kind === 'password')).toHaveLength(1);
    expect(done.report).toMatchObject({ seen: 2, added: 2 });
    expectLaws(done);
  });

  it('without their password are left out, with a line that says so', async () => {
    world.put('a.zip', 'ZIP|secret|CT uid=2');
    const imports = service();
    const { report } = await run(imports, {}, (event, jobId) => {
      if (event.kind === 'password') imports.password(jobId, event.archiveId, null);
    });
    expect(report).toMatchObject({ seen: 0, unreachable: 1 });
    expect(world.library.lines).toMatchObject([{ path: 'a.zip', code: 'archive/password' }]);
  });
});

describe('a full disk', () => {
  const pauses = (events: readonly ImportEvent[]) =>
    events.filter(({ kind }) => kind === 'paused' || kind === 'resumed').map(({ kind }) => kind);
  const copying = { placement: 'copy', asks: false } as const;

  it('pauses before writing, says what is needed, and goes on by itself', async () => {
    putStudies();
    world.space = { freeBytes: 3, totalBytes: 1e12 };
    const done = await run(service(), copying, (event) => {
      if (event.kind === 'paused') world.space = { freeBytes: 1e12, totalBytes: 1e12 };
    });
    expect(done.events.find(({ kind }) => kind === 'paused')).toEqual({
      kind: 'paused',
      // One file at a time is walked here.
      pause: { reason: 'disk-full', neededBytes: 'CT patient=A series=1 uid=1'.length, freeBytes: 3 },
    });
    expect(pauses(done.events)).toEqual(['paused', 'resumed']);
    expect(done.report).toMatchObject({ added: 4, rejected: 0 });
    expectLaws(done);
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
    const done = await run(service(), copying);
    expect(pauses(done.events)).toEqual(['paused', 'resumed']);
    expect(done.report).toMatchObject({ added: 4, rejected: 0 });
    expectLaws(done);
  });

  it('that shows in the index costs nothing: no row of the batch exists, and it is offered again', async () => {
    putStudies();
    world.library.failures = [new AppError('store/disk-full', 'Full.')];
    world.library.lineFailures = [new AppError('store/disk-full', 'Full.')];
    const done = await run(service(), copying);
    expect(pauses(done.events).slice(0, 2)).toEqual(['paused', 'resumed']);
    expect([...world.reads.values()]).toEqual([1, 1, 1, 1]);
    expect(done.report).toMatchObject({ added: 4 });
    expectLaws(done);
  });

  it('can be left: the report says what was taken until then', async () => {
    putStudies();
    world.space = { freeBytes: 0, totalBytes: 1e12 };
    const cancel = new AbortController();
    const { report } = await run(
      service(),
      copying,
      (event) => {
        if (event.kind === 'paused') cancel.abort();
      },
      cancel.signal,
    );
    expect(report).toMatchObject({ wasCancelled: true, added: 0 });
    expect(incoming()).toEqual([]);
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
    const done = await run(service(), {}, (event) => {
      if (event.kind === 'paused') renameSync(`${world.folder}.away`, world.folder);
    });
    expect(done.events.flatMap((event) => (event.kind === 'paused' ? [event.pause] : []))).toEqual([
      { reason: 'medium-gone', label: 'in' },
    ]);
    expect(done.report).toMatchObject({ seen: 31, added: 30, rejected: 1, unreachable: 0 });
    expect(world.library.taken).toHaveLength(30);
    expectLaws(done);
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
      service(),
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

describe('cancelling', () => {
  it('by leaving the iteration keeps what was taken and says so in the report', async () => {
    putStudies();
    const imports = service();
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
    const imports = service();
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
  await expect(run(service())).rejects.toBe(failure);
  expect(incoming()).toEqual([]);
});
