/** Saved searches: kept by the service under their name, applied by a click or from the palette. */
import type { SavedSearch } from '../../../../src-shared/contract';
import { services } from '../../../host';
import { t } from '../../../strings';
import { notify } from '../../../viewing/notices';
import { registerCommands, type Command } from '../../../viewing/commands';
import { goTo } from '../../../viewing/place';
import { trying } from '../actions/trying';
import { facetStore } from '../answer/facetStore';
import { applySearch, libraryViewStore } from '../libraryView';
import { askingFilter } from './query';

/** What is asked for now, under a name; another search of that name is replaced. */
export async function saveSearch(name: string): Promise<boolean> {
  const { filter, datePreset } = libraryViewStore.getState();
  const search = { name, filter: askingFilter(filter), ...(datePreset !== null && { datePreset }) };
  return keeping(async () => {
    await services().library.saveSearch(search);
  });
}

export async function renameSearch(search: SavedSearch, name: string): Promise<boolean> {
  if (name === search.name) return true;
  return keeping(async () => {
    await services().library.saveSearch({ ...search, name });
    await services().library.removeSearch({ name: search.name });
  });
}

/** At once; the notice takes it back. */
export async function removeSearch(search: SavedSearch): Promise<void> {
  const hasWorked = await keeping(() => services().library.removeSearch({ name: search.name }));
  if (!hasWorked) return;
  const undo = () => void keeping(() => services().library.saveSearch(search));
  notify({
    tone: 'info',
    message: t('library.saved.removed', { name: search.name }),
    action: { label: t('library.act.undo'), run: undo },
  });
}

async function keeping(act: () => Promise<void>): Promise<boolean> {
  return trying('library.saved.failed', async () => {
    await act();
    facetStore.setState({ searches: await services().library.savedSearches() });
  });
}

/** A search is the one on screen when it asks the same. */
export function isSameSearch(search: SavedSearch, now = libraryViewStore.getState()): boolean {
  const text = (filter: SavedSearch['filter']) =>
    JSON.stringify(Object.entries(askingFilter(filter)).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return text(search.filter) === text(now.filter) && (search.datePreset ?? null) === now.datePreset;
}

/** Every saved search is a command, so that the palette finds it by its name. The returned function takes them away. */
export function offerSearchCommands(): () => void {
  let takeAway = (): void => undefined;
  const offer = (searches: readonly SavedSearch[]): void => {
    takeAway();
    takeAway = registerCommands(searches.map(searchCommand));
  };
  offer(facetStore.getState().searches);
  const stop = facetStore.subscribe(({ searches }, before) => {
    if (searches !== before.searches) offer(searches);
  });
  return () => {
    stop();
    takeAway();
  };
}

function searchCommand(search: SavedSearch): Command {
  return {
    id: `library.search.${search.name}`,
    titleKey: 'library.saved.command',
    title: t('library.saved.command', { name: search.name }),
    groupKey: 'library.saved.title',
    keys: [],
    run: () => {
      goTo('library');
      applySearch(search);
    },
    isActive: () => isSameSearch(search),
  };
}
