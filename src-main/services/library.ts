/** What the library knows, and what people do with it. Implements `libraryContract` but for what ends files. */
import { AppError } from '../../src-shared/base/appError';
import type {
  LibraryChange,
  SavedSearch,
  SeriesRow,
  SeriesStacks,
  StudyChange,
  StudyFacets,
  StudyPage,
  StudyQuery,
  StudyRow,
} from '../../src-shared/contract';
import { sopClassName } from '../../src-shared/dicom/sopClass';
import { stacksOf } from '../../src-shared/dicom/stacks';
import type { ListQuery, SeriesHead, Store, StoredInstance } from '../store';
import type { ChangeFeed } from './changeFeed';
import { checkFiles, type FileCheckResult } from './fileCheck';

export interface LibraryService {
  query(query: StudyQuery): StudyPage;
  studyIds(query: ListQuery): readonly number[];
  /** @throws `service/unknown-id` */
  study(studyId: number): StudyRow;
  facets(): StudyFacets;
  /** @throws `service/unknown-id` */
  series(studyId: number): readonly SeriesRow[];
  /** @throws `service/unknown-id` */
  stacks(seriesId: number): SeriesStacks;
  /**
   * The same for somebody who looks at it: the study counts as opened. May start a look in the background at whether its
   * files are there. @throws `service/unknown-id`
   */
  openSeries(seriesId: number): SeriesStacks;
  /** Absolute path of an instance's file, there or not; `''` when nothing is known of where it is. */
  filePath(instanceId: number): string;
  /** In the order in which they were met; empty for an unknown series. */
  instances(seriesId: number): readonly StoredInstance[];
  changes(signal?: AbortSignal): AsyncGenerator<LibraryChange, void, undefined>;
  checkFiles(studyId?: number): Promise<FileCheckResult>;
  /** @throws `store/*` */
  edit(studyIds: readonly number[], change: StudyChange): void;
  savedSearches(): readonly SavedSearch[];
  /** @throws `store/*` */
  saveSearch(search: SavedSearch): void;
  /** @throws `store/*` */
  removeSearch(name: string): void;
  /** @throws `store/*` */
  trash(studyIds: readonly number[]): void;
  /** @throws `store/*` */
  restore(studyIds: readonly number[]): void;
  dispose(): void;
}

export interface LibraryServiceDependencies {
  readonly store: Store;
  readonly feed: ChangeFeed;
  nowMs(): number;
  /** Look in the background whether files are there: all now, and those of a study whose series is read. */
  readonly looksInBackground: boolean;
  /** Someone looks at the series of a study. */
  onStudyOpened?(studyId: number): void;
  /** A background look that failed; nobody waits for it. */
  onBackgroundError(error: unknown): void;
}

/** How often a library that another process writes is looked at. */
const LOOK_MS = 1000;

export function createLibraryService(needs: LibraryServiceDependencies): LibraryService {
  const { store, feed } = needs;
  let isStopped = false;
  const checking = new Map<number | undefined, Promise<FileCheckResult>>();
  let facets: { readonly revision: number; readonly value: StudyFacets } | null = null;
  const others = followOthers(store, feed);

  /** One look at a time for each study; who asks meanwhile gets the same answer. */
  const check = (studyId?: number): Promise<FileCheckResult> => {
    const running = checking.get(studyId);
    if (running) return running;
    const started = checkFiles(store, {
      studyId,
      onChanged: (studyIds) => feed.announce(studyIds),
      isStopped: () => isStopped,
    }).finally(() => checking.delete(studyId));
    checking.set(studyId, started);
    return started;
  };

  const lookInBackground = (studyId?: number): void => {
    const looks = needs.looksInBackground && store.mode.mode === 'read-write';
    if (looks) check(studyId).catch((error: unknown) => needs.onBackgroundError(error));
  };
  lookInBackground();

  const listed = (query: ListQuery) => store.lists.list(query, { revision: feed.version, nowMs: needs.nowMs() });

  const opened = (studyId: number): void => {
    if (store.mode.mode === 'read-only') return;
    const wasUnread = store.lists.row(studyId)?.isUnread ?? false;
    store.edits.opened(studyId, needs.nowMs());
    if (wasUnread) feed.announce([studyId]);
  };

  const headOf = (seriesId: number): SeriesHead => {
    const head = store.library.seriesHead(seriesId);
    if (!head) throw unknownId('series', seriesId);
    return head;
  };

  const changing = (studyIds: readonly number[], change: () => void): void => {
    change();
    feed.announce(studyIds);
  };

  return {
    query: ({ offset, limit, ...query }) => {
      const { revision } = feed;
      const { ids, patientCount } = listed(query);
      return {
        revision,
        studyCount: ids.length,
        patientCount,
        libraryStudyCount: store.lists.count(feed.version),
        rows: store.lists.rows(ids.slice(offset, offset + limit)),
      };
    },
    studyIds: (query) => listed(query).ids,
    study: (studyId) => {
      const row = store.lists.row(studyId);
      if (!row) throw unknownId('study', studyId);
      return row;
    },
    facets: () => {
      const revision = feed.version;
      if (facets?.revision !== revision) facets = { revision, value: store.facets.all() };
      return facets.value;
    },
    series: (studyId) => {
      const rows = store.library.seriesOf(studyId);
      if (rows.length === 0) throw unknownId('study', studyId);
      needs.onStudyOpened?.(studyId);
      return rows;
    },
    stacks: (seriesId) => seriesStacks(headOf(seriesId), store.library.instancesOf(seriesId)),
    openSeries: (seriesId) => {
      const head = headOf(seriesId);
      opened(head.studyId);
      lookInBackground(head.studyId);
      return seriesStacks(head, store.library.instancesOf(seriesId));
    },
    filePath: (instanceId) => store.files.of(instanceId)?.path ?? '',
    instances: (seriesId) => store.library.instancesOf(seriesId),
    changes: (signal) => feed.listen(signal),
    checkFiles: check,
    edit: (studyIds, change) => changing(studyIds, () => store.edits.apply(studyIds, change)),
    savedSearches: () => store.savedSearches.all(),
    saveSearch: (search) => store.savedSearches.put(search),
    removeSearch: (name) => store.savedSearches.remove(name),
    trash: (studyIds) => changing(studyIds, () => store.edits.trash(studyIds, needs.nowMs())),
    restore: (studyIds) => changing(studyIds, () => store.edits.restore(studyIds)),
    dispose: () => {
      isStopped = true;
      clearInterval(others);
    },
  };
}

/** What another process writes to a library that is only read here is announced as if everything had changed. */
function followOthers(store: Store, feed: ChangeFeed): NodeJS.Timeout | undefined {
  if (store.mode.mode === 'read-write') return undefined;
  let seen = store.dataVersion();
  return setInterval(() => {
    const version = store.dataVersion();
    if (version === seen) return;
    seen = version;
    feed.announceEverything();
  }, LOOK_MS).unref();
}

function seriesStacks(head: SeriesHead, instances: readonly StoredInstance[]): SeriesStacks {
  const { seriesId, patientKey, patient, study, series } = head;
  const images = instances.filter(({ record }) => record.pixels !== null);
  const others = instances.filter(({ record }) => record.pixels === null);
  return { seriesId, patientKey, patient, study, series, stacks: stacksOf(images), otherObjects: countByClass(others) };
}

function countByClass(instances: readonly StoredInstance[]): SeriesStacks['otherObjects'] {
  const counts = new Map<string, number>();
  for (const { record } of instances) {
    const name = sopClassName(record.sopClassUid);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => ({ sopClassName: name, count }));
}

function unknownId(what: 'study' | 'series', id: number): AppError {
  return new AppError('service/unknown-id', `This ${what} is no longer in the library.`, { id });
}
