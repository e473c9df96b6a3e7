/**
 * The library of this page: connects the question on screen, its answer, the series and what can be filtered by with the
 * service. One exists as long as the page.
 */
import { createStore } from 'zustand/vanilla';
import { present } from '../../../src-shared/base/assert';
import type { Disposable } from '../../../src-shared/base/disposable';
import { answerStore, rememberPlace } from './answer/answerStore';
import { createFacetReader } from './answer/facetReader';
import { createPageWindow, type PageWindow } from './answer/pageWindow';
import { createSeriesReader, type SeriesReader } from './answer/seriesStore';
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
  const facets = createFacetReader(source, areFacetsShown);

  const ask = (): void => pages.ask(queryNow());
  const stopView = libraryViewStore.subscribe((view, before) => {
    if (areFacetsShown()) facets.look();
    if (isSameQuestion(view, before)) return;
    if (view.filter.text === before.filter.text) ask();
    else schedule(ask);
  });
  const stopSelection = followAnswer();
  const stopFirst = answerStore.subscribe(({ answer }) => {
    if (answer === null) return;
    stopFirst();
    facets.look();
  });

  const refresh = (): void => {
    pages.changed();
    series.changed();
    facets.changed();
  };
  const unsubscribe = source.subscribe({
    open: refresh,
    change: ({ studyIds }) => {
      pages.changed();
      series.changed(studyIds);
      facets.changed();
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
      stopFirst();
      pages.dispose();
      facets.dispose();
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

/** A menu of filters, the tags or the details are open: they show what can be chosen, with counts. */
function areFacetsShown(): boolean {
  const { openMenu, isDetailsOpen } = libraryViewStore.getState();
  return openMenu !== null || isDetailsOpen;
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
