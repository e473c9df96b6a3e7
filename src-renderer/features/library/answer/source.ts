/** What the library's screen needs of the services, so that a test can stand in for them. */
import type {
  LibraryChange,
  SavedSearch,
  SeriesRow,
  StudyFacets,
  StudyPage,
  StudyQuery,
} from '../../../../src-shared/contract/library';
import { services, subscribeForever } from '../../../host';

/** A question without the part of its answer that is on screen. */
export type AnswerQuery = Omit<StudyQuery, 'offset' | 'limit'>;

export interface LibrarySource {
  query(query: StudyQuery): Promise<StudyPage>;
  studyIds(query: AnswerQuery): Promise<readonly number[]>;
  series(studyId: number): Promise<readonly SeriesRow[]>;
  facets(): Promise<StudyFacets>;
  savedSearches(): Promise<readonly SavedSearch[]>;
  /** Calls `open` each time the subscription is made anew: what was said before may have been missed. */
  subscribe(on: { open: () => void; change: (change: LibraryChange) => void }): () => void;
}

/** The library service, through whichever host there is. */
export const librarySource: LibrarySource = {
  query: (query) => services().library.query(query),
  studyIds: (query) => services().library.studyIds(query),
  series: (studyId) => services().library.series({ studyId }),
  facets: () => services().library.facets(),
  savedSearches: () => services().library.savedSearches(),
  subscribe: (on) =>
    subscribeForever((signal) => {
      on.open();
      return services().library.changes(undefined, { signal });
    }, on.change),
};
