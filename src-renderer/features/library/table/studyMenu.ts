/** What the table offers by the right button; every entry is a command. */
import { t } from '../../../strings';
import type { MenuItems } from '../../../ui';
import { commandStore, runCommand } from '../../../viewing/commands';
import { isTrashShown, selectedIds, selectedRows } from '../actions/selected';
import { libraryViewStore, showUsualColumns, toggleColumn } from '../libraryView';
import { COLUMN_IDS } from './columnIds';

type Entry = MenuItems[number][number];

function entry(id: string, label: string): Entry {
  const command = commandStore.getState().commands.get(id);
  return {
    id,
    label,
    keys: command?.keys[0],
    isDisabled: command?.isEnabled?.() === false,
    onSelect: () => void runCommand(id),
  };
}

export function studyMenu(): MenuItems {
  const ids = selectedIds();
  if (ids.length === 0) return [];
  return isTrashShown() ? trashMenu() : libraryMenu(ids);
}

function trashMenu(): MenuItems {
  return [
    [entry('library.restore', t('library.trash.restore')), entry('library.end', t('library.trash.end'))],
    [entry('library.details', t('library.menu.details'))],
  ];
}

function libraryMenu(ids: readonly number[]): MenuItems {
  const rows = selectedRows();
  const [first] = ids;
  const isExpanded = first !== undefined && libraryViewStore.getState().expanded.has(first);
  const isUnread = rows.some((row) => row.isUnread);
  const isPinned = rows.length > 0 && rows.every((row) => row.isPinned);
  const ofOne = (items: Entry[]): Entry[] => (ids.length === 1 ? items : []);
  return [
    [
      entry('library.open', t('library.menu.openAll', { count: ids.length })),
      ...ofOne([
        entry('library.expand', isExpanded ? t('library.menu.hideSeries') : t('library.menu.showSeries')),
        entry('library.patientStudies', t('library.menu.patientStudies')),
        entry('library.details', t('library.menu.details')),
      ]),
    ],
    [
      entry('library.toggleUnread', isUnread ? t('library.menu.markRead') : t('library.menu.markUnread')),
      entry('library.togglePinned', isPinned ? t('library.menu.unpin') : t('library.menu.pin')),
      entry('library.tag', t('library.menu.tag')),
    ],
    [
      ...ofOne([
        entry('library.showInFolder', t('library.menu.showInFolder')),
        entry('library.copyId', t('library.menu.copyId')),
        entry('library.copyAccession', t('library.menu.copyAccession')),
      ]),
      entry('library.checkFiles', t('library.menu.check')),
    ],
    [entry('library.trash', t('library.menu.trash'))],
  ];
}

/** Which columns are shown; the patient's name always is. */
export function columnMenu(): MenuItems {
  const { columns } = libraryViewStore.getState();
  const choices = COLUMN_IDS.filter((id) => id !== 'patientName').map((id) => ({
    id,
    label: t(`library.columns.${id}`),
    isChecked: columns.includes(id),
    onSelect: () => toggleColumn(id),
  }));
  return [choices, [{ id: 'usual', label: t('library.columnChoice.usual'), onSelect: showUsualColumns }]];
}
