/** The library as files on this disk: how much, whether it is sound, room in it. Implements `storageContract`. */
import { statfs } from 'node:fs/promises';
import type { LibraryMode, MediumEvent, Settings, StorageUsage, VerifyEvent } from '../../src-shared/contract';
import type { EmptiedTrash, EndedSeries, Store } from '../store';
import type { ChangeFeed } from './changeFeed';

export interface StorageService {
  /** The present mode first, then each change. */
  mode(signal?: AbortSignal): AsyncGenerator<LibraryMode, void, undefined>;
  usage(): Promise<StorageUsage>;
  /** Leaving the iteration, or `signal`, cancels. */
  verify(isDeep: boolean, signal?: AbortSignal): AsyncGenerator<VerifyEvent, void, undefined>;
  rebuild(signal?: AbortSignal): AsyncGenerator<VerifyEvent, void, undefined>;
  makeRoom(targetBytes: number): Promise<{ readonly freedBytes: number; readonly studies: number }>;
  media(signal?: AbortSignal): AsyncGenerator<MediumEvent, void, undefined>;
  /** Evicts what the quota does not leave room for. After imports. */
  keepQuota(): Promise<void>;
  /** The same, without anybody waiting: the quota may be another one now. */
  quotaChanged(): void;
  emptyTrash(studyIds?: readonly number[]): Promise<{ readonly studies: number; readonly freedBytes: number }>;
  dispose(): Promise<void>;
}

export interface StorageServiceParts {
  readonly store: Store;
  readonly feed: Pick<ChangeFeed, 'announce'>;
  settings(): Pick<Settings, 'libraryQuotaGb' | 'trashDays'>;
  /** Removable volumes, as they come and go. */
  watchMedia(signal: AbortSignal): AsyncIterable<MediumEvent>;
  nowMs(): number;
  /** The last traces of a series can go. */
  onSeriesEnded?(series: readonly EndedSeries[]): void;
  /** Do what nobody asked for: end what lay in the trash long enough, save what people wrote, finish an interrupted repair. */
  readonly background: boolean;
  onBackgroundError(error: unknown): void;
}

const GIGABYTE = 1e9;
const DAY_MS = 86_400_000;
const SAVE_MARKS_MS = 5000;
/** How often a mode that may change is looked at. */
const LOOK_MS = 1000;

export function createStorageService(parts: StorageServiceParts): StorageService {
  const { store, feed } = parts;
  const stopping = new AbortController();
  const signalOf = (signal?: AbortSignal) => (signal ? AbortSignal.any([signal, stopping.signal]) : stopping.signal);
  const canWrite = () => store.mode.mode === 'read-write';

  /** One after the other: two evictions, or an eviction and a verification, would look at the same copies. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };

  const quotaBytes = (): number | null => {
    const { libraryQuotaGb } = parts.settings();
    return libraryQuotaGb === 0 ? null : libraryQuotaGb * GIGABYTE;
  };

  const evictTo = async (targetBytes: number) => {
    const { freedBytes, studyIds } = await store.eviction.makeRoom(targetBytes);
    feed.announce(studyIds);
    return { freedBytes, studies: studyIds.length };
  };

  const keepQuota = async (): Promise<void> => {
    const quota = quotaBytes();
    if (quota !== null && canWrite()) await evictTo(quota);
  };

  const announced = ({ studyIds, series, freedBytes }: EmptiedTrash) => {
    feed.announce(studyIds);
    parts.onSeriesEnded?.(series);
    return { studies: studyIds.length, freedBytes };
  };

  const verification = (isDeep: boolean, readsHeaders: boolean, signal?: AbortSignal) =>
    store.verification.run({
      isDeep,
      readsHeaders,
      signal: signalOf(signal),
      nowMs: () => parts.nowMs(),
      onChanged: (studyIds) => feed.announce(studyIds),
    });

  const saveMarks = () => {
    try {
      store.saveMarks();
    } catch (thrown) {
      parts.onBackgroundError(thrown);
    }
  };

  const keepInOrder = async (): Promise<void> => {
    const { trashDays } = parts.settings();
    if (trashDays > 0) announced(await store.trash.purge(parts.nowMs() - trashDays * DAY_MS));
    if (store.recovery.waiting > 0)
      for await (const _event of verification(false, false)) if (stopping.signal.aborted) break;
  };
  const saving = parts.background ? setInterval(saveMarks, SAVE_MARKS_MS).unref() : undefined;
  if (parts.background && canWrite())
    void inTurn(keepInOrder).catch((error: unknown) => parts.onBackgroundError(error));

  return {
    mode: (signal) => modesOf(store, signalOf(signal)),
    usage: async () => {
      const { bavail, bsize } = await statfs(store.directory);
      return { directory: store.directory, quotaBytes: quotaBytes(), freeBytes: bavail * bsize, ...store.usage.all() };
    },
    verify: (isDeep, signal) => verification(isDeep, false, signal),
    rebuild: (signal) => verification(false, true, signal),
    makeRoom: (targetBytes) => inTurn(() => evictTo(targetBytes)),
    media: async function* (signal) {
      yield* parts.watchMedia(signalOf(signal));
    },
    keepQuota: () => inTurn(keepQuota),
    quotaChanged: () => void inTurn(keepQuota).catch((error: unknown) => parts.onBackgroundError(error)),
    emptyTrash: (studyIds) => inTurn(async () => announced(await store.trash.empty(studyIds))),
    dispose: async () => {
      stopping.abort();
      clearInterval(saving);
      await last;
    },
  };
}

async function* modesOf(store: Store, signal: AbortSignal): AsyncGenerator<LibraryMode, void, undefined> {
  let told = store.mode;
  yield told;
  while (!signal.aborted) {
    await pause(LOOK_MS, signal);
    if (store.mode === told) continue;
    told = store.mode;
    yield told;
  }
}

/** Ends early, without an error, when `signal` aborts. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms).unref();
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
}
