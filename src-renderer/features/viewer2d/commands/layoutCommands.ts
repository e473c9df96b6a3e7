import type { Command } from '../../../viewing/commands';
import { activateNext, toggleMaximised } from '../../../viewing/layout';
import { screenStore, type Layout } from '../../../viewing/screen';
import { changeLayout } from '../session/fillLayout';
import type { StringKey } from '../../../strings';

const GROUP = 'reading.group.layout';

export function layoutCommands(): readonly Command[] {
  return [
    grid('layout.1x1', 'reading.command.layout1x1', { layout: { rows: 1, columns: 1 }, key: 'Shift+Digit1' }),
    grid('layout.2x1', 'reading.command.layout2x1', { layout: { rows: 1, columns: 2 }, key: 'Shift+Digit2' }),
    grid('layout.1x2', 'reading.command.layout1x2', { layout: { rows: 2, columns: 1 }, key: 'Shift+Digit3' }),
    grid('layout.2x2', 'reading.command.layout2x2', { layout: { rows: 2, columns: 2 }, key: 'Shift+Digit4' }),
    grid('layout.3x2', 'reading.command.layout3x2', { layout: { rows: 2, columns: 3 }, key: 'Shift+Digit6' }),
    grid('layout.3x3', 'reading.command.layout3x3', { layout: { rows: 3, columns: 3 }, key: 'Shift+Digit9' }),
    grid('layout.4x4', 'reading.command.layout4x4', { layout: { rows: 4, columns: 4 }, key: 'Shift+Digit0' }),
    {
      id: 'layout.maximise',
      titleKey: 'reading.command.maximise',
      groupKey: GROUP,
      keys: ['m'],
      run: toggleMaximised,
      isActive: () => screenStore.getState().isMaximised,
    },
    {
      id: 'layout.nextViewport',
      titleKey: 'reading.command.nextViewport',
      groupKey: GROUP,
      keys: ['n'],
      run: () => activateNext(1),
    },
    {
      id: 'layout.previousViewport',
      titleKey: 'reading.command.previousViewport',
      groupKey: GROUP,
      keys: ['p'],
      run: () => activateNext(-1),
    },
  ];
}

function grid(
  id: string,
  titleKey: StringKey,
  { layout, key }: { readonly layout: Layout; readonly key: string },
): Command {
  return {
    id,
    titleKey,
    groupKey: GROUP,
    keys: [key],
    run: () => changeLayout(layout),
    isActive: () => {
      const now = screenStore.getState().layout;
      return now.rows === layout.rows && now.columns === layout.columns;
    },
  };
}
