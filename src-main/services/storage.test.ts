import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copy, incoming, objectBytes, sha256Of, type Bytes } from '../../tests/support/arrivals';
import type { VerifyEvent } from '../../src-shared/contract';
import { openStore, type Store } from '../store';
import { objectPath } from '../store/objects';
import { createStorageService, type StorageService } from './storage';

const DAY_MS = 86_400_000;

let root: string;
let store: Store;
let storage: StorageService;
let settings: { libraryQuotaGb: number; trashDays: number };
let nowMs: number;
let announced: number[];
let endedSeries: string[];
let errors: unknown[];

function start(background = false): StorageService {
  return createStorageService({
    store,
    feed: { announce: (studyIds) => announced.push(...studyIds) },
    settings: () => settings,
    watchMedia: async function* () {
      yield* await Promise.resolve([]);
    },
    onSeriesEnded: (series) => endedSeries.push(...series.map(({ seriesUid }) => seriesUid)),
    nowMs: () => nowMs,
    background,
    onBackgroundError: (error) => errors.push(error),
  });
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'isocenter-storage-'));
  store = openStore(join(root, 'library'));
  settings = { libraryQuotaGb: 0, trashDays: 30 };
  nowMs = 100 * DAY_MS;
  [announced, endedSeries, errors] = [[], [], []];
  storage = start();
});
afterEach(async () => {
  await storage.dispose();
  store.dispose();
  rmSync(root, { recursive: true });
  expect(errors).toEqual([]);
});

/** Copies of plain files, one study each; gives their bytes. */
function takeCopies(count: number, source = { label: 'disk', isRemovable: false }): Bytes[] {
  const sourceId = store.sources.put({ kind: 'folder', path: root, characterSet: null, addedAtMs: 1, ...source });
  return Array.from({ length: count }, (_, index) => {
    const n = `${source.label.length}${String(index)}`;
    const bytes = objectBytes({ studyUid: `2.25.1${n}`, seriesUid: `2.25.2${n}`, sopUid: `2.25.3${n}` });
    const path = join(root, n);
    writeFileSync(path, bytes);
    store.intake.take([incoming(bytes, copy(store.intake, bytes, path), { sourceId })], 1);
    return bytes;
  });
}

const hasCopy = (bytes: Bytes) => existsSync(objectPath(store.directory, sha256Of(bytes)));

async function all(events: AsyncIterable<VerifyEvent>): Promise<VerifyEvent[]> {
  const list: VerifyEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}

describe('usage', () => {
  it('is told by source, with what could be evicted', async () => {
    const [one] = takeCopies(2);
    takeCopies(1, { label: 'CD', isRemovable: true });
    const size = one?.length ?? 0;
    store.edits.apply([1], { isPinned: true });
    store.edits.trash([2], 1);
    settings.libraryQuotaGb = 2;
    expect(await storage.usage()).toEqual({
      directory: join(root, 'library'),
      copiedBytes: 3 * size,
      quotaBytes: 2e9,
      freeBytes: expect.any(Number) as number,
      evictableBytes: size,
      trashBytes: size,
      asideBytes: 0,
      bySource: [
        {
          sourceId: 1,
          kind: 'folder',
          label: 'disk',
          studies: 2,
          instances: 2,
          copiedBytes: 2 * size,
          referencedBytes: 0,
        },
        { sourceId: 2, kind: 'folder', label: 'CD', studies: 1, instances: 1, copiedBytes: size, referencedBytes: 0 },
      ],
    });
  });
});

describe('the quota', () => {
  it('is kept by evicting the least recently used, and says which studies changed', async () => {
    const copies = takeCopies(3);
    store.edits.opened(1, 5);
    announced = [];
    settings.libraryQuotaGb = ((copies[0]?.length ?? 0) * 2) / 1e9;
    await storage.keepQuota();
    expect([copies.map(hasCopy), announced]).toEqual([[true, false, true], [2]]);
  });

  it('without a limit evicts nothing', async () => {
    const copies = takeCopies(2);
    await storage.keepQuota();
    expect(copies.map(hasCopy)).toEqual([true, true]);
  });

  it('never takes what a removable medium gave', async () => {
    const copies = takeCopies(2, { label: 'CD', isRemovable: true });
    expect(await storage.makeRoom(0)).toEqual({ freedBytes: 0, studies: 0 });
    expect(copies.map(hasCopy)).toEqual([true, true]);
  });
});

describe('the trash', () => {
  it('is emptied with what was made of its series', async () => {
    const [one] = takeCopies(2);
    store.edits.trash([1], 1);
    announced = [];
    expect(await storage.emptyTrash()).toEqual({ studies: 1, freedBytes: one?.length });
    expect([announced, endedSeries]).toEqual([[1], ['2.25.240']]);
  });

  it('is emptied at the start of what lay there long enough, never when the clock was set back', async () => {
    takeCopies(3);
    store.edits.trash([1], nowMs - 31 * DAY_MS);
    store.edits.trash([2], nowMs - 29 * DAY_MS);
    store.edits.trash([3], nowMs + 400 * DAY_MS);
    await start(true).dispose();
    expect([1, 2, 3].map((id) => store.lists.row(id) !== null)).toEqual([false, true, true]);
  });

  it('keeps everything with 0 days', async () => {
    takeCopies(1);
    store.edits.trash([1], 1);
    settings.trashDays = 0;
    await start(true).dispose();
    expect(store.lists.row(1)).not.toBeNull();
  });
});

describe('verifying and rebuilding', () => {
  it('end with a report', async () => {
    takeCopies(2);
    expect((await all(storage.verify(true))).at(-1)).toMatchObject({
      kind: 'report',
      report: { checked: 2, damaged: 0 },
    });
  });

  it('rebuilding puts right what the index says of the files, and keeps what people wrote', async () => {
    takeCopies(2);
    store.edits.apply([1], { addTags: ['kept'] });
    const before = store.lists.rows([1, 2]);
    const [series] = store.library.seriesOf(1);
    store.text.rewrite(
      store.library.instancesOf(series?.seriesId ?? 0).map(({ instanceId }) => {
        const { header } = incoming(objectBytes({ patientName: 'Wrong^Name' }), {
          kind: 'reference',
          path: '/',
          sizeBytes: 0,
          mtimeMs: 0,
        });
        return { instanceId, header };
      }),
    );
    expect(store.lists.row(1)?.patient.name.alphabetic).toBe('Wrong^Name');
    announced = [];
    expect((await all(storage.rebuild())).at(-1)).toMatchObject({ report: { checked: 2, corrected: 1 } });
    expect([store.lists.rows([1, 2]), new Set(announced)]).toEqual([before, new Set([1])]);
  });

  it('are cancelled by leaving', async () => {
    takeCopies(1);
    const stopped = new AbortController();
    stopped.abort();
    expect((await all(storage.verify(true, stopped.signal))).at(-1)).toMatchObject({
      report: { checked: 0, wasCancelled: true },
    });
  });
});

describe('the mode', () => {
  it('is told at once, and the iteration ends with the service', async () => {
    const modes = storage.mode();
    expect((await modes.next()).value).toEqual({ mode: 'read-write' });
    const next = modes.next();
    await storage.dispose();
    expect(await next).toEqual({ done: true, value: undefined });
  });
});
