/** What the library knows. Implements `libraryContract`. */
import { AppError } from '../../src-shared/base/appError';
import type { LibraryChange, SeriesRow, SeriesStacks, StudyRow } from '../../src-shared/contract';
import { sopClassName } from '../../src-shared/dicom/sopClass';
import { stacksOf } from '../../src-shared/dicom/stacks';
import type { SeriesHead, Store, StoredInstance } from '../store';
import type { ChangeFeed } from './changeFeed';
import { checkFiles, type FileCheckResult } from './fileCheck';

export interface LibraryService {
  studies(): { revision: number; studies: readonly StudyRow[] };
  /** @throws `service/unknown-id` */
  series(studyId: number): readonly SeriesRow[];
  /** May start a look in the background at whether the study's files are there. @throws `service/unknown-id` */
  stacks(seriesId: number): SeriesStacks;
  /** In the order in which they were met; empty for an unknown series. */
  instances(seriesId: number): readonly StoredInstance[];
  changes(signal?: AbortSignal): AsyncGenerator<LibraryChange, void, undefined>;
  checkFiles(studyId?: number): Promise<FileCheckResult>;
  dispose(): void;
}

export interface LibraryServiceDependencies {
  readonly store: Store;
  readonly feed: ChangeFeed;
  /** Look in the background whether files are there: all now, and those of a study whose series is read. */
  readonly looksInBackground: boolean;
  /** Someone looks at the series of a study. */
  onStudyOpened?(studyId: number): void;
  /** A background look that failed; nobody waits for it. */
  onBackgroundError(error: unknown): void;
}

export function createLibraryService(needs: LibraryServiceDependencies): LibraryService {
  const { store, feed } = needs;
  let isStopped = false;
  const checking = new Map<number | undefined, Promise<FileCheckResult>>();

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
    if (needs.looksInBackground) check(studyId).catch((error: unknown) => needs.onBackgroundError(error));
  };
  lookInBackground();

  return {
    studies: () => ({ revision: feed.revision, studies: store.library.studies() }),
    series: (studyId) => {
      const rows = store.library.seriesOf(studyId);
      if (rows.length === 0) throw unknownId('study', studyId);
      needs.onStudyOpened?.(studyId);
      return rows;
    },
    stacks: (seriesId) => {
      const head = store.library.seriesHead(seriesId);
      if (!head) throw unknownId('series', seriesId);
      lookInBackground(head.studyId);
      return seriesStacks(head, store.library.instancesOf(seriesId));
    },
    instances: (seriesId) => store.library.instancesOf(seriesId),
    changes: (signal) => feed.listen(signal),
    checkFiles: check,
    dispose: () => {
      isStopped = true;
    },
  };
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
