import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readHeader } from '../../src-shared/dataset/header';
import { writePart10, type ElementList } from '../../src-shared/dataset/write';
import { indexedHeaderOf } from '../../src-shared/dicom/indexedHeader';
import type { LibraryChange, StudyQuery } from '../../src-shared/contract';
import { openStore, type Store } from '../store';
import { ChangeFeed } from './changeFeed';
import { createLibraryService, type LibraryService } from './library';

let folder: string;
let store: Store;
let feed: ChangeFeed;
let library: LibraryService;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isocenter-library-'));
  store = openStore(folder);
  feed = new ChangeFeed();
  library = createLibraryService({
    store,
    feed,
    nowMs: () => 5000,
    looksInBackground: false,
    onBackgroundError: (error) => {
      throw error;
    },
  });
});
afterEach(() => {
  library.dispose();
  feed.dispose();
  store.dispose();
  rmSync(folder, { recursive: true });
});

const everything: StudyQuery = {
  filter: {},
  sort: { column: 'studyDate', direction: 'descending' },
  offset: 0,
  limit: 10,
};

const CT = '1.2.840.10008.5.1.4.1.1.2';
const BASIC_TEXT_SR = '1.2.840.10008.5.1.4.1.1.88.11';

const image: ElementList = [
  { tag: 0x00280002, vr: 'US', value: 1 },
  { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
  { tag: 0x00280010, vr: 'US', value: 1 },
  { tag: 0x00280011, vr: 'US', value: 1 },
  { tag: 0x00280100, vr: 'US', value: 8 },
  { tag: 0x00280101, vr: 'US', value: 8 },
  { tag: 0x00280102, vr: 'US', value: 7 },
  { tag: 0x00280103, vr: 'US', value: 0 },
  { tag: 0x7fe00010, vr: 'OB', value: new Uint8Array(2) },
];

/** Writes an object, reads its header as the scan does, adds it; gives its path. */
function addObject(name: string, sopClassUid: string, instanceNumber: number): string {
  const bytes = writePart10([
    { tag: 0x00080016, vr: 'UI', value: sopClassUid },
    { tag: 0x00080018, vr: 'UI', value: `2.25.${instanceNumber}` },
    { tag: 0x0020000d, vr: 'UI', value: '2.25.100' },
    { tag: 0x0020000e, vr: 'UI', value: '2.25.101' },
    { tag: 0x00200013, vr: 'IS', value: String(instanceNumber) },
    ...(sopClassUid === CT ? image : []),
  ]);
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const read = readHeader(bytes, bytes.length);
  if (read.kind !== 'header') throw new Error(`expected a header, got ${read.kind}`);
  const sourceId = store.sources.put({
    kind: 'folder',
    label: 'test',
    path: folder,
    isRemovable: false,
    characterSet: null,
    addedAtMs: 0,
  });
  const { size, mtimeMs } = statSync(path);
  const arrival = { kind: 'reference', path, sizeBytes: size, mtimeMs } as const;
  store.intake.take([{ header: indexedHeaderOf(read.header), arrival, sourceId, origin: name }], 0);
  return path;
}

describe('library', () => {
  it('gives a series as stacks in reading order, with other objects by name', () => {
    addObject('b', CT, 2);
    addObject('a', CT, 1);
    addObject('c', BASIC_TEXT_SR, 3);
    const { stacks, otherObjects, study } = library.stacks(1);
    expect(stacks.map((stack) => stack.images.map(({ record }) => record.instanceNumber))).toEqual([[1, 2]]);
    expect(otherObjects).toEqual([{ sopClassName: 'Basic Text SR', count: 1 }]);
    expect(study.studyInstanceUid).toBe('2.25.100');
    expect(library.series(1)).toMatchObject([{ instanceCount: 3, imageCount: 2, thumbnail: 'pending' }]);
  });

  it('counts files that went or changed size as missing, tells it, and takes it back', async () => {
    const gone = addObject('a', CT, 1);
    const changed = addObject('b', CT, 2);
    addObject('c', CT, 3);
    const stop = new AbortController();
    const changes: LibraryChange[] = [];
    const listening = (async () => {
      for await (const change of library.changes(stop.signal)) {
        changes.push(change);
        if (changes.length === 2) stop.abort();
      }
    })();
    rmSync(gone);
    writeFileSync(changed, 'another file');

    expect(await library.checkFiles()).toEqual({ missing: 2, found: 1 });
    await listening;
    expect(changes.at(-1)).toEqual({ revision: 2, studyIds: [1] });
    expect(library.query(everything)).toMatchObject({ revision: 2, rows: [{ missingCount: 2 }] });
    expect(library.stacks(1).stacks[0]?.images.map((one) => one.isMissing)).toEqual([true, true, false]);

    addObject('a', CT, 1);
    expect(await library.checkFiles(1)).toEqual({ missing: 1, found: 2 });
  });

  it('makes a study read and used by whoever opens it, and by nobody else', async () => {
    addObject('a', CT, 1);
    library.stacks(1);
    expect(library.study(1)).toMatchObject({ isUnread: true, lastOpenedAtMs: null });
    library.openSeries(1);
    expect(library.study(1)).toMatchObject({ isUnread: false, lastOpenedAtMs: 5000 });
    const told = await library.changes().next();
    expect(told.value).toMatchObject({ studyIds: [] });
  });

  it('answers a page, its counts and its ids from one list, also right after a change', () => {
    addObject('a', CT, 1);
    const page = () => library.query(everything);
    expect(page()).toMatchObject({ studyCount: 1, patientCount: 1, libraryStudyCount: 1, rows: [{ studyId: 1 }] });
    expect(library.studyIds(everything)).toEqual([1]);
    library.edit([1], { addTags: ['red'], comment: 'look' });
    expect(page().rows).toMatchObject([{ tags: ['red'], comment: 'look' }]);
    expect(library.facets().tags).toEqual([{ value: 'red', studies: 1 }]);
    library.trash([1]);
    expect(page()).toMatchObject({ studyCount: 0, libraryStudyCount: 0, rows: [] });
    library.restore([1]);
    expect(page().rows).toHaveLength(1);
  });

  it.each([
    ['study', () => library.series(7)],
    ['study', () => library.study(7)],
    ['series', () => library.stacks(7)],
    ['series', () => library.openSeries(7)],
  ])('refuses the id of a %s that is not there', (_what, ask) => {
    expect(ask).toThrow(expect.objectContaining({ code: 'service/unknown-id' }));
  });
});
