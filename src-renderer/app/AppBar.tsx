import { CircleHelp, Command as CommandIcon, FolderOpen, HardDrive, Settings2 } from 'lucide-react';
import { useStore } from 'zustand';
import { OpenMenu } from '../features/import';
import { settingsStore } from '../features/settings';
import { storageStore } from '../features/storage';
import { t } from '../strings';
import { Button, classes, IconButton, MarkGlyph, Tooltip } from '../ui';
import { runCommand } from '../viewing/commands';
import { libraryModeStore } from '../viewing/libraryMode';
import { goTo, placeStore, type Place } from '../viewing/place';
import { openImported } from './opening';

const ICON = { size: 16, strokeWidth: 1.5 } as const;
const PLACES: readonly { readonly place: Place; readonly keys: string }[] = [
  { place: 'library', keys: 'Alt+1' },
  { place: 'reading', keys: 'Alt+2' },
];

/** The one bar of the window; the place on screen fills its middle. */
export function AppBar({ slotRef }: { readonly slotRef: (element: HTMLElement | null) => void }) {
  const isSettingsOpen = useStore(settingsStore, (state) => state.isOpen);
  const isStorageOpen = useStore(storageStore, (state) => state.isOpen);
  return (
    <header className="app-bar">
      <span className="app-mark" title={t('app.name')}>
        <MarkGlyph size={18} />
      </span>
      <Places />
      <div className="app-bar-slot" ref={slotRef} />
      <div className="app-bar-actions">
        <OpenButton />
        <OpenMenu onImported={openImported} />
        <IconButton
          label={t('app.commands.palette')}
          keys="$mod+k"
          icon={<CommandIcon {...ICON} />}
          onClick={() => runCommand('app.palette')}
        />
        <IconButton
          label={t('storage.commands.show')}
          keys="$mod+Shift+s"
          isPressed={isStorageOpen}
          icon={<HardDrive {...ICON} />}
          onClick={() => runCommand('storage.show')}
        />
        <IconButton
          label={t('app.commands.settings')}
          keys="$mod+,"
          isPressed={isSettingsOpen}
          icon={<Settings2 {...ICON} />}
          onClick={() => runCommand('app.settings')}
        />
        <IconButton
          label={t('app.commands.shortcuts')}
          keys="?"
          icon={<CircleHelp {...ICON} />}
          onClick={() => runCommand('app.shortcuts')}
        />
      </div>
    </header>
  );
}

/** In the library opening is the main act and has its name; while reading it is a quiet icon. */
function OpenButton() {
  const place = useStore(placeStore, (state) => state.place);
  const mode = useStore(libraryModeStore, (state) => state.mode);
  const isReadOnly = mode.mode === 'read-only';
  const hint = isReadOnly ? mode.reason : t('import.commands.folder');
  const icon = <FolderOpen {...ICON} />;
  const open = () => runCommand('import.folder');
  if (place === 'reading') {
    return (
      <IconButton
        label={t('import.commands.folder')}
        keys="$mod+o"
        icon={icon}
        aria-disabled={isReadOnly}
        onClick={open}
      />
    );
  }
  return (
    <Tooltip text={hint} keys={isReadOnly ? undefined : '$mod+o'}>
      <Button icon={icon} aria-disabled={isReadOnly} onClick={open}>
        {t('app.open')}
      </Button>
    </Tooltip>
  );
}

function Places() {
  const here = useStore(placeStore, (state) => state.place);
  return (
    <nav className="app-places" aria-label={t('app.places.label')}>
      {PLACES.map(({ place, keys }) => (
        <Tooltip key={place} text={t(`app.commands.${place}`)} keys={keys}>
          <button
            type="button"
            className={classes('app-place', place === here && 'is-here')}
            aria-current={place === here ? 'page' : undefined}
            onClick={() => goTo(place)}
          >
            {t(`app.places.${place}`)}
          </button>
        </Tooltip>
      ))}
    </nav>
  );
}
