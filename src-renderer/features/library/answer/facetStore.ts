/** What can be filtered by, and the searches that were saved. */
import { createStore } from 'zustand/vanilla';
import type { SavedSearch, StudyFacets } from '../../../../src-shared/contract';

export interface FacetState {
  readonly facets: StudyFacets;
  readonly searches: readonly SavedSearch[];
}

export const facetStore = createStore<FacetState>(() => ({
  facets: { modalities: [], bodyParts: [], tags: [], sources: [] },
  searches: [],
}));
