import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  closeSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copy, incoming, objectBytes, reference, sha256Of, type Bytes } from '../../tests/support/arrivals';
import type { VerifyReport } from '../../src-shared/contract';
import { openStore, type Store } from './index';
import { rebuildIndex } from './rebuild';
import { openSoundStore } from './soundStore';

let root: string;
let directory: string;
let store: Store;
let sourceId: number;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'isocenter-rebuild-'));
  directory = join(root, 'library');
  store = openStore(directory);
  sourceId = store.sources.put({
    kind: 'zip',
    label: 'CD of Tilda',
    path: join(root, 'cd.zip'),
    isRemovable: false,
    characterSet: null,
    addedAtMs: 7,
  });
});
afterEach(() => {
  store.dispose();
  rmSync(root, { recursive: true });
});

function put(name: string, bytes: Bytes): string {
  const path = join(root, name);
  writeFileSync(path, bytes);
  return path;
}

const take = (bytes: Bytes, arrival: Parameters<typeof incoming>[1]) =>
  store.intake.take([incoming(bytes, arrival, { sourceId })], 7)[0];
const takeCopy = (bytes: Bytes) => take(bytes, copy(store.intake, bytes));

async function rebuild(signal = new AbortController().signal): Promise<VerifyReport> {
  let report: VerifyReport | null = null;
  for await (const event of rebuildIndex(directory, { signal, nowMs: () => Date.now() })) {
    if (event.kind === 'report') report = event.report;
  }
  if (!report) throw new Error('no report');
  return report;
}

const query = { filter: {}, sort: { column: 'description', direction: 'ascending' } } as const;

/** Everything that must survive, without ids. */
function content(from: Store) {
  const at = { revision: 1, nowMs: 1 };
  const ids = [
    ...from.lists.list(query, at).ids,
    ...from.lists.list({ ...query, filter: { isInTrash: true } }, at).ids,
  ];
  return from.lists
    .rows(ids)
    .map(({ studyId, sourceId: _source, lastOpenedAtMs: _opened, ...study }) => ({
      ...study,
      aside: from.aside.of(studyId).map(({ asideId: _aside, seriesId: _series, ...row }) => row),
      files: from.library
        .seriesOf(studyId)
        .flatMap(({ seriesId }) => from.library.instancesOf(seriesId))
        .map(({ instanceId, record, isMissing }) => ({
          uid: record.sopInstanceUid,
          path: from.files.of(instanceId)?.path,
          isMissing,
        }))
        .sort((a, b) => a.uid.localeCompare(b.uid)),
    }))
    .sort((a, b) => a.study.studyInstanceUid.localeCompare(b.study.studyInstanceUid));
}

/** A library with one of each. */
function fill(): void {
  const one = objectBytes();
  takeCopy(one);
  takeCopy(objectBytes({}, 1));
  const referred = objectBytes({ studyUid: '2.25.20', seriesUid: '2.25.21', sopUid: '2.25.22' });
  take(referred, reference(put('r.dcm', referred)));
  take(referred, reference(put('r2.dcm', Buffer.concat([referred, Buffer.alloc(2)]))));
  const gone = objectBytes({ studyUid: '2.25.20', seriesUid: '2.25.21', sopUid: '2.25.23' });
  take(gone, reference(put('gone.dcm', gone)));
  rmSync(join(root, 'gone.dcm'));
  store.files.setMissing([{ instanceId: 3, isMissing: true }]);
  const reconciled = objectBytes({ patientId: 'LOCAL', studyUid: '2.25.30', seriesUid: '2.25.31', sopUid: '2.25.32' });
  take(reconciled, { ...copy(store.intake, reconciled), originSha256: sha256Of(one) });
  const thrown = objectBytes({ studyUid: '2.25.40', seriesUid: '2.25.41', sopUid: '2.25.42' });
  takeCopy(thrown);
  store.edits.apply([1, 2], { addTags: ['teaching', 'bone'], comment: 'compare', isPinned: true });
  store.edits.opened(2, 99);
  store.edits.trash([4], 50);
  store.savedSearches.put({ name: 'mine', filter: { text: 'x' } });
}

describe('an index built anew', () => {
  it('from a sound one holds the same', async () => {
    fill();
    const before = content(store);
    expect(before).toHaveLength(4);
    store.dispose();
    expect(await rebuild()).toMatchObject({ missing: 1, adopted: 0, unreadable: 0, wasCancelled: false });
    store = openStore(directory);
    expect(content(store)).toEqual(before);
    expect(store.savedSearches.all()).toMatchObject([{ name: 'mine' }]);
    expect(readdirSync(directory).filter((name) => name.startsWith('index.'))).toContain('index.damaged-1.sqlite');
  });

  it('gives no id that was given before', async () => {
    fill();
    store.dispose();
    await rebuild();
    store = openStore(directory);
    expect(Math.min(...store.lists.list(query, { revision: 1, nowMs: 1 }).ids)).toBeGreaterThan(4);
  });

  it('from copies alone holds every copy, what people wrote, and what was kept aside', async () => {
    fill();
    store.dispose();
    for (const name of readdirSync(directory).filter((name) => name.startsWith('index.')))
      rmSync(join(directory, name));
    expect(await rebuild()).toMatchObject({ adopted: 4, unreadable: 0 });
    store = openStore(directory);
    expect(content(store)).toMatchObject([
      {
        tags: ['bone', 'teaching'],
        comment: 'compare',
        isPinned: true,
        instanceCount: 1,
        asideCount: 1,
        source: 'Recovered',
      },
      { patient: { patientId: 'LOCAL' }, instanceCount: 1 },
      { instanceCount: 1, study: { studyInstanceUid: '2.25.40' } },
    ]);
    expect(store.lists.count(1)).toBe(2);
  });

  it('changes nothing when it was cancelled', async () => {
    fill();
    const before = content(store);
    store.dispose();
    expect(await rebuild(AbortSignal.abort())).toMatchObject({ wasCancelled: true });
    store = openStore(directory);
    expect(content(store)).toEqual(before);
    expect(existsSync(join(directory, 'rebuild'))).toBe(false);
  });

  it('is refused while another holds the library', () => {
    return expect(rebuild()).rejects.toMatchObject({ code: 'store/locked' });
  });

  it('takes its place at the next opening when it was interrupted in its last step', () => {
    fill();
    const before = content(store);
    store.dispose();
    mkdirSync(join(directory, 'rebuild'));
    renameSync(join(directory, 'index.sqlite'), join(directory, 'rebuild', 'complete.sqlite'));
    store = openStore(directory);
    expect(content(store)).toEqual(before);
  });
});

describe('a damaged index', () => {
  const index = () => join(directory, 'index.sqlite');

  const PAGE_BYTES = 4096;

  function overwrite(page: number): void {
    const file = openSync(index(), 'r+');
    writeSync(file, Buffer.alloc(PAGE_BYTES, 0x5a), 0, PAGE_BYTES, (page - 1) * PAGE_BYTES);
    closeSync(file);
  }

  /** Leaves of a table or an index that is not small, from 1. */
  function leavesOf(name: string): number[] {
    const handle = new DatabaseSync(index());
    const rows = handle
      .prepare("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno")
      .all(name);
    handle.close();
    return rows.map((row) => Number(row['pageno']));
  }

  function fillMany(): readonly Bytes[] {
    const many = Array.from({ length: 600 }, (_, n) => {
      const [study, series] = [`2.25.5${String(n % 60)}`, `2.25.6${String(n % 60)}`];
      return objectBytes({ studyUid: study, seriesUid: series, sopUid: `2.25.7${String(n)}` });
    });
    store.intake.take(
      many.map((bytes, n) => {
        const arrival = n % 2 === 0 ? copy(store.intake, bytes) : reference(put(`r${String(n)}.dcm`, bytes));
        return incoming(bytes, arrival, { sourceId });
      }),
      7,
    );
    return many;
  }

  it('without a head is built anew by opening', async () => {
    fill();
    const copies = content(store).filter(({ copiedBytes }) => copiedBytes > 0).length;
    store.dispose();
    overwrite(1);
    let told = 0;
    store = await openSoundStore(directory, { onRebuilding: () => (told += 1) });
    expect([told, content(store).length]).toEqual([1, copies]);
  });

  it('with holes gives back every copy, and what stands between the holes', async () => {
    const many = fillMany();
    store.dispose();
    for (const table of ['files', 'instances']) overwrite(leavesOf(table)[2] ?? 0);
    await rebuild();
    store = openStore(directory);
    const uids = new Set(content(store).flatMap(({ files }) => files.map(({ uid }) => uid)));
    const missing = many.map((_, n) => n).filter((n) => !uids.has(`2.25.7${String(n)}`));
    expect(missing.filter((n) => n % 2 === 0)).toEqual([]);
    expect(uids.size).toBeGreaterThan(500);
    expect(uids.size).toBeLessThan(600);
  });

  it('that a verification finds is built anew at the next start', async () => {
    fillMany();
    store.dispose();
    overwrite(leavesOf('instances')[2] ?? 0);
    store = openStore(directory);
    const { signal } = new AbortController();
    const run = store.verification.run({
      isDeep: true,
      readsHeaders: false,
      signal,
      nowMs: () => 1,
      onChanged: () => undefined,
    });
    await expect(run.next()).rejects.toMatchObject({ code: 'store/failed', facts: { isDamaged: true } });
    store.dispose();
    store = await openSoundStore(directory);
    expect(existsSync(join(directory, 'rebuild.wanted'))).toBe(false);
    const copies = content(store)
      .flatMap(({ files }) => files)
      .filter(({ path }) => path?.includes('objects'));
    expect(copies).toHaveLength(300);
  });
});
