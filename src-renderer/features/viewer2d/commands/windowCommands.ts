import type { Command } from '../../../viewing/commands';
import { activeViewport } from '../../../viewing/screen';
import { DEFAULT_VOI } from '../../../viewing/voi';
import { setVoi, toggleInvert } from '../../../viewing/viewport';
import { screenStore, viewportById } from '../../../viewing/screen';
import { t } from '../../../strings';
import { presetsFor } from '../viewport/presets';
import { hasActiveStack, onActive } from './onActive';

const GROUP = 'reading.group.window';
const NUMBER_KEYS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

export function windowCommands(): readonly Command[] {
  return [
    onActive({
      id: 'viewer.invert',
      title: 'reading.command.invert',
      group: GROUP,
      keys: ['Shift+I'],
      run: toggleInvert,
      isActive: (id) => viewportById(screenStore.getState(), id).isInverted,
    }),
    onActive({
      id: 'viewer.windowDefault',
      title: 'reading.command.windowDefault',
      group: GROUP,
      keys: ['0'],
      run: (id) => setVoi(id, DEFAULT_VOI),
    }),
    onActive({
      id: 'viewer.windowAuto',
      title: 'reading.command.windowAuto',
      group: GROUP,
      keys: ['Shift+W'],
      run: (id) => setVoi(id, { kind: 'auto' }),
    }),
    ...NUMBER_KEYS.map(preset),
  ];
}

/** The number keys choose among the presets of the active viewport's modality. */
function preset(number: number): Command {
  const chosen = () => presetsFor(activeViewport())[number - 1];
  return {
    id: `viewer.preset${String(number)}`,
    titleKey: t('reading.command.preset', { number }),
    groupKey: GROUP,
    keys: [String(number)],
    isEnabled: () => hasActiveStack() && chosen() !== undefined,
    run: () => {
      const window = chosen();
      if (window) setVoi(activeViewport().id, { kind: 'preset', presetId: window.id, ...window.level });
    },
  };
}
