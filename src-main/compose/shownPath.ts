/** Where a study, series or instance lies, for the system's file manager: always out of the index, never from a page. */
import type { Store } from '../store';
import type { ShownLevel } from './platform';

/** The first file that is where the index says; `null` when the id is unknown or nothing of it is there. */
export function shownPath(store: Store, level: ShownLevel, id: number): string | null {
  switch (level) {
    case 'study':
      return firstOf(store.library.seriesOf(id), ({ seriesId }) => shownPath(store, 'series', seriesId));
    case 'series':
      return firstOf(store.library.instancesOf(id), ({ instanceId }) => shownPath(store, 'instance', instanceId));
    case 'instance':
      return store.files.readablePath(id);
  }
}

function firstOf<Item>(items: readonly Item[], find: (item: Item) => string | null): string | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}
