/**
 * Reads what can be filtered by. It counts over the whole library and may take the service as long as many questions do,
 * so it is read after the first answer and then only while somebody looks at it.
 */
import type { Disposable } from '../../../../src-shared/base/disposable';
import { facetStore } from './facetStore';
import { spaced } from './spaced';
import type { LibrarySource } from './source';

export interface FacetReader extends Disposable {
  /** The library changed: reads again now if somebody looks, else when somebody does. */
  changed(): void;
  /** Somebody begins to look. */
  look(): void;
}

export function createFacetReader(source: LibrarySource, isLookedAt: () => boolean): FacetReader {
  let isStale = true;
  const read = spaced(async () => {
    isStale = false;
    try {
      const [facets, searches] = await Promise.all([source.facets(), source.savedSearches()]);
      facetStore.setState({ facets, searches });
    } catch {
      // What can be filtered by stays as it was; the answer on screen says why the library cannot be read.
      isStale = true;
    }
  });
  const look = (): void => {
    if (isStale) read.request();
  };
  return {
    look,
    changed() {
      isStale = true;
      if (isLookedAt()) look();
    },
    dispose: () => read.dispose(),
  };
}
