/**
 * The library of this page: connects the question on screen, its answer, the series and what can be filtered by with the
 * service. One exists as long as the page.
 */
import { createStore } from 'zustand/vanilla';
import { present } from '../../../src-shared/base/assert';
import type { Disposable } from '../../../src-shared/base/disposable';
import { answerStore, rememberPlace } from './answer/answerStore';
import { facetStore } from './answer/facetStore';
import { createPageWindow, type PageWindow } from './answer/pageWindow';
import { createSeriesReader, type SeriesReader } from './answer/seriesStore';
import { spaced } from './answer/spaced';
import type { LibrarySource } from './answer/source';
import { queryOf } from './filter/query';
import { libraryViewStore, showWholeLibrary, type LibraryView } from './libraryView';
import { createSelecting, type Selecting } from './selection/select';
import { followAnswer, selectionStore, selectOne, studyIdOfKey } from './selection/selectionStore';

export interface LibrarySession extends Disposable {
  readonly source: LibrarySource;
  readonly pages: PageWindow;
  readonly series: SeriesReader;
  readonly selecting: Selecting;
  /** Reads everything again. */
  refresh(): void;
  /** Ids of the whole answer on screen, in its order. */
  answerIds(): Promise<readonly number[]>;
  /** Shows a study in the whole library: selected, in view. */
  reveal(studyId: number): Promise<void>;
}

/** Words typed within one frame are one question. */
type Schedule = (act: () => void) => void;

export function createLibrarySession(source: LibrarySource, schedule: Schedule = atNextFrame): LibrarySession {
  const pages = createPageWindow(source, isWorthRemembering);
  const series = createSeriesReader(source);
  const readFacets = spaced(() => putFacets(source));

  const ask = (): void => pages.ask(queryNow());
  const stopView = libraryViewStore.subscribe((view, before) => {
    if (isSameQuestion(view, before)) return;
    if (view.filter.text === before.filter.text) ask();
    else schedule(ask);
  });
  const stopSelection = followAnswer();

  const refresh = (): void => {
    pages.changed();
    series.changed();
    readFacets.request();
  };
  const unsubscribe = source.subscribe({
    open: refresh,
    change: ({ studyIds }) => {
      pages.changed();
      series.changed(studyIds);
      readFacets.request();
    },
  });
  ask();

  const answerIds = (): Promise<readonly number[]> => source.studyIds(queryNow());

  return {
    source,
    pages,
    series,
    refresh,
    answerIds,
    selecting: createSelecting(source),
    async reveal(studyId) {
      showWholeLibrary();
      ask();
      await pages.refresh();
      const place = answerStore.getState().answer?.places.get(studyId) ?? (await answerIds()).indexOf(studyId);
      if (place < 0) return;
      rememberPlace(studyId, place);
      selectOne(studyId, place);
    },
    dispose() {
      unsubscribe();
      stopView();
      stopSelection();
      pages.dispose();
      readFacets.dispose();
    },
  };
}

/** The session of the page, for commands and panels; `null` before the application has started. */
export const sessionStore = createStore<{ readonly session: LibrarySession | null }>(() => ({ session: null }));

export function librarySession(): LibrarySession {
  return present(sessionStore.getState().session, 'the library of this page');
}

function queryNow() {
  const view = libraryViewStore.getState();
  return queryOf(view, view.sort);
}

function isSameQuestion(a: LibraryView, b: LibraryView): boolean {
  return a.filter === b.filter && a.datePreset === b.datePreset && a.sort === b.sort;
}

/** Places of open and selected studies are known while their pages are gone: the table finds its way back to them. */
function isWorthRemembering(studyId: number): boolean {
  const { cursor } = selectionStore.getState();
  return libraryViewStore.getState().expanded.has(studyId) || studyIdOfKey(cursor) === studyId;
}

async function putFacets(source: LibrarySource): Promise<void> {
  try {
    const [facets, searches] = await Promise.all([source.facets(), source.savedSearches()]);
    facetStore.setState({ facets, searches });
  } catch {
    // What can be filtered by stays as it was; the answer on screen says why the library cannot be read.
  }
}

/** A page that is not shown draws no frames; it goes on all the same. */
const WITHOUT_FRAME_MS = 50;

function atNextFrame(act: () => void): void {
  let isDone = false;
  const once = () => {
    if (isDone) return;
    isDone = true;
    act();
  };
  requestAnimationFrame(once);
  setTimeout(once, WITHOUT_FRAME_MS);
}
