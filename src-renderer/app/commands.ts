/** The commands of the window itself. */
import { paletteStore, showPalette } from '../features/palette';
import { settingsStore, showSettings } from '../features/settings';
import { shortcutStore, showShortcuts } from '../features/shortcuts';
import { registerCommands, type Command } from '../viewing/commands';
import { dismissNotice, noticeStore } from '../viewing/notices';
import { goTo, placeStore } from '../viewing/place';

type Verb = 'togglePlace' | 'library' | 'reading' | 'palette' | 'shortcuts' | 'settings' | 'dismissNotices';

export function registerAppCommands(): () => void {
  const command = (verb: Verb, keys: readonly string[], run: () => void, more: Partial<Command> = {}): Command => ({
    id: `app.${verb}`,
    titleKey: `app.commands.${verb}`,
    groupKey: 'app.group',
    keys,
    run,
    ...more,
  });
  const isIn = (place: 'library' | 'reading') => () => placeStore.getState().place === place;
  return registerCommands([
    command('togglePlace', ['F2'], () => goTo(isIn('library')() ? 'reading' : 'library')),
    command('library', ['Alt+1'], () => goTo('library'), { isActive: isIn('library') }),
    command('reading', ['Alt+2'], () => goTo('reading'), { isActive: isIn('reading') }),
    command('palette', ['$mod+k', '$mod+Shift+p'], () => showPalette(!paletteStore.getState().isOpen)),
    command('shortcuts', ['[Shift]+?', 'F1'], () => showShortcuts(!shortcutStore.getState().isOpen)),
    command('settings', ['$mod+,'], () => showSettings(!settingsStore.getState().isOpen), {
      isActive: () => settingsStore.getState().isOpen,
    }),
    command('dismissNotices', [], dismissAll, { isEnabled: () => noticeStore.getState().notices.length > 0 }),
  ]);
}

function dismissAll(): void {
  for (const { id } of noticeStore.getState().notices) dismissNotice(id);
}
