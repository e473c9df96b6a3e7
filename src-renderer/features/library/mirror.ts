/**
 * Keeps the library store true: reads everything, then again whenever the service says that something changed. During
 * an import changes come ten times a second; reading is spaced so that it takes at most a quarter of the time.
 */
import type { LibraryChange, SeriesRow, StudyRow } from '../../../src-shared/contract';
import type { Disposable } from '../../../src-shared/base/disposable';
import { libraryStore, putFailure, putSeries, putStudies } from './libraryStore';

/** What the mirror needs of the services, so that a test can stand in for them. */
export interface LibrarySource {
  studies(): Promise<{ readonly studies: readonly StudyRow[] }>;
  series(studyId: number): Promise<readonly SeriesRow[]>;
  /** Calls `onOpen` each time the subscription is made anew: what was said before may have been missed. */
  subscribe(on: { open: () => void; change: (change: LibraryChange) => void }): () => void;
}

export interface LibraryMirror extends Disposable {
  /** Reads the series of a study unless they are known. */
  wantSeries(studyId: number): void;
  /** Reads everything again. */
  refresh(): void;
}

const SHORTEST_PAUSE_MS = 150;
/** However slow a machine is, what it shows is at most this much older than it needs to be. */
const LONGEST_PAUSE_MS = 1500;

export function createLibraryMirror(source: LibrarySource): LibraryMirror {
  const stale = new Set<number>();

  const readSeries = async (studyId: number): Promise<void> => {
    try {
      putSeries(studyId, { status: 'ready', rows: await source.series(studyId) });
    } catch (error) {
      if (libraryStore.getState().series.get(studyId)?.status === 'ready') return;
      putSeries(studyId, { status: 'failed', reason: messageOf(error) });
    }
  };

  const readAll = async (): Promise<void> => {
    const touched = [...stale];
    stale.clear();
    try {
      putStudies((await source.studies()).studies);
      await Promise.all(touched.map(readSeries));
    } catch (error) {
      putFailure(messageOf(error));
    }
  };

  const refresh = spaced(readAll);
  const markKnown = (studyIds: Iterable<number>): void => {
    const { series } = libraryStore.getState();
    for (const studyId of studyIds) if (series.has(studyId)) stale.add(studyId);
  };
  const refreshEverything = (): void => {
    markKnown(libraryStore.getState().series.keys());
    refresh.request();
  };

  const unsubscribe = source.subscribe({
    open: refreshEverything,
    change: ({ studyIds }) => {
      markKnown(studyIds);
      refresh.request();
    },
  });

  return {
    wantSeries(studyId) {
      const known = libraryStore.getState().series.get(studyId);
      if (known && known.status !== 'failed') return;
      putSeries(studyId, { status: 'loading' });
      void readSeries(studyId);
    },
    refresh: refreshEverything,
    dispose() {
      unsubscribe();
      refresh.dispose();
    },
  };
}

/** Runs `work` when requested: one at a time, with a pause of about three times its last duration in between. */
function spaced(work: () => Promise<void>): Disposable & { request(): void } {
  let state: 'idle' | 'busy' | 'again' | 'disposed' = 'idle';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isDisposed = () => state === 'disposed';

  const run = async (): Promise<void> => {
    state = 'busy';
    const startedMs = performance.now();
    await work();
    const wishedMs = 3 * (performance.now() - startedMs);
    const pauseMs = Math.min(Math.max(wishedMs, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
    if (isDisposed()) return;
    timer = setTimeout(() => {
      if (state === 'again') void run();
      else state = 'idle';
    }, pauseMs);
  };

  return {
    request() {
      if (state === 'idle') void run();
      else if (state === 'busy') state = 'again';
    },
    dispose() {
      state = 'disposed';
      clearTimeout(timer);
    },
  };
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
