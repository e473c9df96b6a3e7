import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src-shared/base/appError';
import { writeFirstIndex } from '../../tests/fixtures/firstIndex';
import { addStudy, arrivalsOf } from '../../tests/support/indexedStudies';
import { openStore, type Store } from './index';

let folder: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isocenter-store-'));
  store = openStore(folder);
});
afterEach(() => {
  store.dispose();
  rmSync(folder, { recursive: true });
});

function code(work: () => unknown): string {
  try {
    work();
  } catch (thrown) {
    return thrown instanceof AppError ? thrown.code : String(thrown);
  }
  return 'nothing thrown';
}

const byId = { filter: {}, sort: { column: 'addedAt', direction: 'ascending' } } as const;
const listed = (of: Store) => of.lists.list(byId, { revision: 1, nowMs: 0 }).ids;

describe('the tree', () => {
  it('is counted, and there again after a restart', () => {
    const studyId = addStudy(store, { instances: 3, source: 'CD 7' });
    store.dispose();
    store = openStore(folder);
    expect(store.lists.row(studyId)).toMatchObject({
      studyId,
      modalities: ['CT'],
      bodyParts: ['CHEST'],
      seriesCount: 1,
      instanceCount: 3,
      missingCount: 0,
      sizeBytes: 300,
      copiedBytes: 0,
      source: 'CD 7',
      isUnread: true,
    });
    expect(store.library.seriesOf(studyId).map((row) => [row.instanceCount, row.thumbnail])).toEqual([[3, 'pending']]);
    expect(store.library.counts()).toEqual({ patients: 1, studies: 1, series: 1, instances: 3 });
  });

  it('takes nothing of a batch that fails, and works on', () => {
    const [good, bad] = [arrivalsOf(store, {})[0], arrivalsOf(store, {})[0]];
    if (!good || !bad) throw new Error('no arrivals');
    const broken = { ...bad, header: { ...bad.header, seriesJson: null as unknown as string } };
    expect(code(() => store.intake.take([good, broken], 1))).toBe('store/failed');
    expect(store.library.counts().instances).toBe(0);
    expect(store.intake.take([good], 1)[0]?.kind).toBe('added');
  });
});

describe('files', () => {
  it('tells the studies whose missing counts changed, once', () => {
    const [one, two] = [addStudy(store), addStudy(store)];
    const states = [
      { instanceId: 1, isMissing: false },
      { instanceId: 2, isMissing: true },
    ];
    expect([store.files.setMissing(states), store.files.setMissing(states)]).toEqual([[two], []]);
    expect(store.lists.rows([one, two]).map((row) => row.missingCount)).toEqual([0, 1]);
    expect(store.library.seriesOf(two)[0]?.missingCount).toBe(1);
  });

  it('pages through one study or all', () => {
    const [one, two] = [addStudy(store, { instances: 550 }), addStudy(store, { instances: 551 })];
    const met = (studyId?: number) => [...store.files.pages(studyId)].flat().length;
    expect([met(), met(one), met(two), met(99)]).toEqual([1101, 550, 551, 0]);
  });
});

describe('thumbnails', () => {
  it('are pending for series with images until told otherwise', () => {
    const studyId = addStudy(store);
    expect(store.thumbnails.pending()).toEqual([{ seriesId: 1, studyId }]);
    store.thumbnails.set(1, 'ready');
    expect([store.thumbnails.pending(), store.thumbnails.state(1)]).toEqual([[], 'ready']);
  });
});

describe('import reports', () => {
  const line = { path: 'a', outcome: 'added', code: null, reason: '', detail: '' } as const;
  const rejected = {
    ...line,
    path: 'b',
    outcome: 'rejected',
    code: 'file/empty',
    reason: 'The file is empty.',
  } as const;

  it('keep every line in its order, by outcome when asked', () => {
    const importId = store.imports.begin(5, ['/in']);
    store.imports.addLines(importId, [line, rejected]);
    store.imports.addLines(importId, [{ ...line, path: 'c' }]);
    const all = store.imports.lines(importId, null, { offset: 0, limit: 10 });
    expect(all).toEqual({ total: 3, lines: [line, rejected, { ...line, path: 'c' }] });
    expect(store.imports.lines(importId, ['rejected'], { offset: 0, limit: 10 })).toEqual({
      total: 1,
      lines: [rejected],
    });
    expect(store.imports.lines(importId, null, { offset: 1, limit: 1 }).lines).toEqual([rejected]);
  });

  it('of an import that was ended by force say so, with the totals of what was written', () => {
    const importId = store.imports.begin(5, ['/in']);
    store.imports.addLines(importId, [line, rejected]);
    store.dispose();
    store = openStore(folder);
    expect(store.imports.reports()).toMatchObject([
      { importId, wasInterrupted: true, wasCancelled: true, seen: 2, added: 1, rejected: 1, paths: ['/in'] },
    ]);
  });

  it('are kept for the last fifty imports, with their lines', () => {
    const first = store.imports.begin(1, ['/in']);
    store.imports.addLines(first, [line]);
    for (let count = 0; count < 50; count += 1) store.imports.begin(2, ['/in']);
    expect(store.imports.reports()).toHaveLength(50);
    expect(store.imports.lines(first, null, { offset: 0, limit: 1 }).total).toBe(0);
  });
});

describe('sources', () => {
  const disc = {
    kind: 'dicom-media',
    label: 'CD',
    path: '/cd',
    isRemovable: true,
    characterSet: null,
    addedAtMs: 1,
  } as const;

  it('keep their row and what a reader chose for their text', () => {
    const sourceId = store.sources.put(disc);
    expect(store.sources.characterSetAt('/cd')).toBeNull();
    store.sources.setCharacterSet(sourceId, 'GBK');
    expect([store.sources.put({ ...disc, characterSet: 'GBK' }), store.sources.characterSetAt('/cd')]).toEqual([
      sourceId,
      'GBK',
    ]);
    expect(store.sources.characterSetAt('/other')).toBeNull();
  });
});

describe('saved searches', () => {
  it('are kept by name, and left out when nobody can ask them any more', () => {
    store.savedSearches.put({ name: 'CT today', filter: { modalities: ['CT'] }, datePreset: 'today' });
    store.savedSearches.put({ name: 'CT today', filter: { modalities: ['MR'] } });
    store.savedSearches.put({ name: 'b', filter: { text: 'x' } });
    const raw = new DatabaseSync(join(folder, 'index.sqlite'));
    raw.exec(`INSERT INTO saved_searches VALUES ('odd', '{"name":"odd","filter":{"modalities":7}}')`);
    raw.close();
    expect(store.savedSearches.all()).toEqual([
      { name: 'b', filter: { text: 'x' } },
      { name: 'CT today', filter: { modalities: ['MR'] } },
    ]);
    store.savedSearches.remove('b');
    expect(store.savedSearches.all()).toHaveLength(1);
  });
});

describe('opening', () => {
  it('gives a second one the library for reading, with the reason, and what the first writes meanwhile', () => {
    const studyId = addStudy(store);
    const second = openStore(folder);
    expect(second.mode).toMatchObject({ mode: 'read-only', cause: 'locked' });
    expect(listed(second)).toEqual([studyId]);
    expect(code(() => second.edits.trash([studyId], 1))).toBe('store/read-only');
    const seen = second.dataVersion();
    addStudy(store);
    expect(second.dataVersion()).not.toBe(seen);
    second.dispose();
    expect(store.mode).toEqual({ mode: 'read-write' });
  });

  it('gives the lock on when its owner is killed', async () => {
    store.dispose();
    const owner = await holdLock(folder);
    const reader = openStore(folder);
    expect(reader.mode).toMatchObject({ cause: 'locked' });
    reader.dispose();
    owner.kill('SIGKILL');
    await new Promise((resolve) => owner.once('exit', resolve));
    store = openStore(folder);
    expect(store.mode.mode).toBe('read-write');
  });

  it('reads an index of a newer version and leaves it as it is', () => {
    const studyId = addStudy(store);
    store.dispose();
    const raw = new DatabaseSync(join(folder, 'index.sqlite'));
    raw.exec('PRAGMA user_version = 1000; ALTER TABLE studies ADD COLUMN mood TEXT;');
    raw.close();
    const before = readFileSync(join(folder, 'index.sqlite'));
    store = openStore(folder);
    expect(store.mode).toMatchObject({ mode: 'read-only', cause: 'newer-version' });
    expect([listed(store), code(() => store.edits.trash([studyId], 1))]).toEqual([[studyId], 'store/read-only']);
    store.dispose();
    expect(readFileSync(join(folder, 'index.sqlite')).equals(before)).toBe(true);
    store = openStore(folder);
  });

  it('is refused for an index of a newer version that has another form', () => {
    const other = join(folder, 'other');
    mkdirSync(other);
    const raw = new DatabaseSync(join(other, 'index.sqlite'));
    raw.exec('PRAGMA user_version = 1000; CREATE TABLE things (id INTEGER);');
    raw.close();
    expect(code(() => openStore(other))).toBe('store/newer-version');
  });

  it('says so when the index is no database', () => {
    const other = join(folder, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'index.sqlite'), 'This is a text, long enough to be read as a header. '.repeat(40));
    expect(code(() => openStore(other))).toBe('store/failed');
  });

  it('converts an index of the first version with all it holds, and keeps the old one', () => {
    const other = join(folder, 'other');
    mkdirSync(other);
    writeFirstIndex(join(other, 'index.sqlite'));
    const converted = openStore(other);
    const [studyId = 0] = listed(converted);
    expect(converted.lists.row(studyId)).toMatchObject({
      patient: { patientId: 'P-1' },
      instanceCount: 2,
      missingCount: 1,
      sizeBytes: 30,
      source: 'CD of 2025',
      modalities: ['CT'],
    });
    expect(converted.lists.list({ ...byId, filter: { text: 'phantom' } }, { revision: 2, nowMs: 0 }).ids).toEqual([
      studyId,
    ]);
    expect(converted.files.of(1)).toMatchObject({ path: '/cd/a', sizeBytes: 10, isMissing: false });
    expect(converted.imports.reports()).toEqual([]);
    converted.dispose();
    const old = new DatabaseSync(join(other, 'index.sqlite.v1.bak'), { readOnly: true });
    expect(old.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
    old.close();
  });

  it('reads a library in a folder that cannot be written', (context) => {
    const studyId = addStudy(store);
    store.dispose();
    const mounted = readOnlyMount(folder);
    if (!mounted) {
      store = openStore(folder);
      context.skip('a read-only mount needs a system that lets us make one');
      return;
    }
    try {
      const reader = openStore(mounted.path);
      expect(reader.mode).toMatchObject({ mode: 'read-only', cause: 'folder-read-only' });
      expect(listed(reader)).toEqual([studyId]);
      reader.dispose();
    } finally {
      mounted.release();
      store = openStore(folder);
    }
  });
});

/** Another process that holds the lock until it is killed. */
async function holdLock(directory: string): Promise<ChildProcess> {
  const script = join(directory, 'hold.mjs');
  const lock = JSON.stringify(join(directory, 'library.lock'));
  writeFileSync(
    script,
    `import { DatabaseSync } from 'node:sqlite';
     globalThis.lock = new DatabaseSync(${lock});
     globalThis.lock.exec('BEGIN EXCLUSIVE');
     process.send('held');
     setInterval(() => undefined, 1000);`,
  );
  const child = fork(script);
  await new Promise((resolve) => child.once('message', resolve));
  return child;
}

/** The same folder once more, read-only, where the system lets us. */
function readOnlyMount(of: string): { path: string; release(): void } | null {
  if (process.platform !== 'linux') return null;
  const path = mkdtempSync(join(tmpdir(), 'isocenter-mount-'));
  const quiet = { stdio: 'ignore' } as const;
  const release = (): void => {
    try {
      execFileSync('umount', [path], quiet);
    } finally {
      if (existsSync(path)) rmSync(path, { recursive: true });
    }
  };
  try {
    execFileSync('mount', ['--bind', of, path], quiet);
  } catch {
    rmSync(path, { recursive: true });
    return null;
  }
  try {
    execFileSync('mount', ['-o', 'remount,bind,ro', path], quiet);
    return { path, release };
  } catch {
    release();
    return null;
  }
}
