import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src-shared/base/appError';
import type { IndexedHeader } from '../../src-shared/dicom/indexedHeader';
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

const origin = { source: 'CD', addedAtMs: 1 };

function fileAt(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, 'x');
  return path;
}

function instance(changes: Partial<IndexedHeader>): IndexedHeader {
  return {
    patientKey: 'P1',
    patientJson: '{"patientId":"1"}',
    studyUid: '1.1',
    studyJson: '{"studyInstanceUid":"1.1"}',
    seriesUid: '1.1.1',
    modality: 'CT',
    seriesJson: '{"seriesInstanceUid":"1.1.1","number":1}',
    sopUid: '1.1.1.1',
    instanceJson: '{"sopInstanceUid":"1.1.1.1"}',
    hasImage: true,
    path: '/nowhere/a',
    sizeBytes: 1,
    mtimeMs: 2.5,
    ...changes,
  };
}

function code(work: () => unknown): string {
  try {
    work();
  } catch (thrown) {
    return thrown instanceof AppError ? thrown.code : String(thrown);
  }
  return 'nothing thrown';
}

describe('catalogue', () => {
  it('builds the tree, counts it, and has it again after a restart', () => {
    store.catalogue.add(
      [
        instance({}),
        instance({ sopUid: '1.1.1.2', path: '/nowhere/b', hasImage: false }),
        instance({ seriesUid: '1.1.2', modality: 'SR', sopUid: '1.1.2.1', path: '/nowhere/c', hasImage: false }),
      ],
      origin,
    );
    store.dispose();
    store = openStore(folder);
    const [study] = store.library.studies();
    expect(study).toEqual({
      studyId: 1,
      patientKey: 'P1',
      patient: { patientId: '1' },
      study: { studyInstanceUid: '1.1' },
      modalities: ['CT', 'SR'],
      seriesCount: 2,
      instanceCount: 3,
      missingCount: 0,
      source: 'CD',
      addedAtMs: 1,
    });
    expect(store.library.seriesOf(1).map((row) => [row.instanceCount, row.imageCount, row.thumbnail])).toEqual([
      [2, 1, 'pending'],
      [1, 0, 'none'],
    ]);
    expect(store.library.counts()).toEqual({ patients: 1, studies: 1, series: 2, instances: 3 });
  });

  it('adds nothing twice, from the same path or another', () => {
    const known = fileAt('known');
    const kinds = [known, known, fileAt('copy')].map(
      (path) => store.catalogue.add([instance({ path })], origin)[0]?.kind,
    );
    expect(kinds).toEqual(['added', 'duplicate', 'duplicate']);
    expect(store.library.instancesOf(1).map((row) => row.path)).toEqual([known]);
  });

  it('keeps two patients apart who share every UID', () => {
    store.catalogue.add([instance({}), instance({ patientKey: 'P2', path: '/nowhere/b' })], origin);
    expect(store.library.counts()).toEqual({ patients: 2, studies: 2, series: 2, instances: 2 });
  });

  it('takes the new path when the known file is gone', () => {
    store.catalogue.add([instance({ path: '/nowhere/gone' })], origin);
    store.files.setMissing([{ instanceId: 1, isMissing: true }]);
    const moved = fileAt('moved');
    expect(store.catalogue.add([instance({ path: moved })], origin)).toEqual([{ kind: 'duplicate', studyId: 1 }]);
    expect(store.files.of(1)).toEqual({ instanceId: 1, path: moved, sizeBytes: 1, isMissing: false });
  });

  it('leaves the earlier instance without a file when its path now holds another', () => {
    const path = fileAt('overwritten');
    store.catalogue.add([instance({ path })], origin);
    store.catalogue.add([instance({ path, sopUid: '9', patientKey: 'P2' })], origin);
    expect([store.files.of(1), store.files.of(2)]).toMatchObject([
      { path: '', isMissing: true },
      { path, isMissing: false },
    ]);
  });

  it('adds nothing of a batch that fails, and works on', () => {
    const broken = instance({ seriesUid: '7', seriesJson: null as unknown as string, path: '/nowhere/b' });
    expect(code(() => store.catalogue.add([instance({}), broken], origin))).toBe('store/failed');
    expect(store.library.counts().instances).toBe(0);
    expect(store.catalogue.add([instance({})], origin)[0]?.kind).toBe('added');
  });
});

describe('files', () => {
  it('tells the studies whose missing counts changed, once', () => {
    store.catalogue.add([instance({}), instance({ studyUid: '2', path: '/nowhere/b' })], origin);
    const states = [
      { instanceId: 1, isMissing: false },
      { instanceId: 2, isMissing: true },
    ];
    expect([store.files.setMissing(states), store.files.setMissing(states)]).toEqual([[2], []]);
    expect(store.library.studies().map((row) => [row.studyId, row.missingCount])).toEqual([
      [2, 1],
      [1, 0],
    ]);
    expect(store.library.seriesOf(2)[0]?.missingCount).toBe(1);
  });

  it('pages through one study or all', () => {
    const many = Array.from({ length: 1100 }, (_, index) =>
      instance({ studyUid: String(index % 2), sopUid: `u${index}`, path: `/nowhere/${index}` }),
    );
    store.catalogue.add(many, origin);
    const met = (studyId?: number) => [...store.files.pages(studyId)].flat().length;
    expect([met(), met(1), met(2), met(3)]).toEqual([1100, 550, 550, 0]);
  });
});

describe('thumbnails', () => {
  it('are pending for series with images until told otherwise', () => {
    store.catalogue.add([instance({}), instance({ seriesUid: '2', hasImage: false, path: '/nowhere/b' })], origin);
    expect(store.thumbnails.pending()).toEqual([{ seriesId: 1, studyId: 1 }]);
    store.thumbnails.set(1, 'ready');
    expect([store.thumbnails.pending(), store.thumbnails.state(1)]).toEqual([[], 'ready']);
  });
});

describe('opening', () => {
  it('is refused while another holds the library', () => {
    expect(code(() => openStore(folder))).toBe('store/locked');
  });

  it('is refused for an index of a newer version, and leaves it as it is', () => {
    store.dispose();
    const raw = new DatabaseSync(join(folder, 'index.sqlite'));
    raw.exec('PRAGMA user_version = 1000');
    raw.close();
    expect(code(() => openStore(folder))).toBe('store/newer-version');
    const again = new DatabaseSync(join(folder, 'index.sqlite'));
    expect(again.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1000 });
    again.close();
    rmSync(join(folder, 'index.sqlite'));
    store = openStore(folder);
  });

  it('says so when the index is no database', () => {
    store.dispose();
    const other = mkdtempSync(join(tmpdir(), 'isocenter-store-'));
    writeFileSync(join(other, 'index.sqlite'), 'This is a text, long enough to be read as a header. '.repeat(40));
    expect(code(() => openStore(other))).toBe('store/failed');
    rmSync(other, { recursive: true });
    store = openStore(folder);
  });
});
