/** The library's commands: tables of what can be done, each with its key. */
import { flushSync } from 'react-dom';
import type { StringKey } from '../../strings';
import { copyText } from '../../ui';
import { registerCommands, type Command } from '../../viewing/commands';
import { isLibraryWritable } from '../../viewing/libraryMode';
import { goTo, placeStore } from '../../viewing/place';
import { activeViewport } from '../../viewing/screen';
import { toggleUnread, togglePinned } from './actions/editing';
import { checkFiles, showInFolder } from './actions/files';
import { hasSelection, isTrashShown, selectedIds, selectedRows } from './actions/selected';
import { askToEnd, restoreSelected, trashSelected, trashStore, undoTrash } from './actions/trash';
import { isFiltering } from './filter/query';
import {
  changeFilter,
  clearFilters,
  collapseAll,
  groupByPatient,
  isByPatient,
  libraryViewStore,
  openLibraryMenu,
  setExpanded,
  showDetails,
  showPatient,
  showTrash,
  type LibraryMenu,
} from './libraryView';
import { shownName } from './present';
import { selectCursorOnly, selectionStore } from './selection/selectionStore';
import { librarySession } from './session';

/** Id of the filter field, which a command moves the focus to. */
export const FILTER_ID = 'library-filter';
/** Id of the comment of the details panel. */
export const COMMENT_ID = 'library-comment';

type Verb = StringKey extends infer Key ? (Key extends `library.commands.${infer Name}` ? Name : never) : never;
type More = Partial<Pick<Command, 'isEnabled' | 'isActive' | 'place'>>;

const HERE: More = { place: 'library' };
const isHere = (): boolean => placeStore.getState().place === 'library';
const view = () => libraryViewStore.getState();

/** Enabled where a study is selected in the library itself. */
const onSelected: More = { place: 'library', isEnabled: () => isHere() && hasSelection() };
const changing: More = {
  place: 'library',
  isEnabled: () => isHere() && hasSelection() && isLibraryWritable() && !isTrashShown(),
};
const inTrash: More = {
  place: 'library',
  isEnabled: () => isHere() && hasSelection() && isLibraryWritable() && isTrashShown(),
};

function command(verb: Verb, keys: readonly string[], run: Command['run'], more: More = {}): Command {
  return {
    id: `library.${verb}`,
    titleKey: `library.commands.${verb}`,
    groupKey: 'library.group',
    keys,
    run,
    ...more,
  };
}

export function registerLibraryCommands(onOpenStudies: (studyIds: readonly number[]) => void): () => void {
  return registerCommands([
    ...filtering(),
    ...looking(onOpenStudies),
    ...selecting(),
    ...changes(),
    ...filesAndTexts(),
  ]);
}

function filtering(): readonly Command[] {
  const menu = (which: LibraryMenu) => () => {
    goTo('library');
    // After the palette has given the focus back, so that the popover may take it.
    setTimeout(() => openLibraryMenu(which), 0);
  };
  const canClear = () => isHere() && isFiltering(view()) && selectionStore.getState().ids.size < 2;
  return [
    command('filter', ['/', '$mod+f'], focusFilter, HERE),
    command('clearFilters', ['Escape'], clearFilters, { place: 'library', isEnabled: canClear }),
    command('filterDate', ['d'], menu('date'), HERE),
    command('filterModality', ['m'], menu('modality'), HERE),
    command('filterBodyPart', ['b'], menu('bodyPart'), HERE),
    command('filterSource', ['s'], menu('source'), HERE),
    command('filterTag', ['Shift+T'], menu('tag'), HERE),
    command('filterMore', ['f'], menu('more'), HERE),
    command('filterUnread', ['Shift+U'], () => changeFilter({ isUnread: view().filter.isUnread !== true }), {
      place: 'library',
      isActive: () => view().filter.isUnread === true,
    }),
    command('filterPinned', ['Shift+P'], () => changeFilter({ isPinned: view().filter.isPinned !== true }), {
      place: 'library',
      isActive: () => view().filter.isPinned === true,
    }),
    command('saveSearch', ['$mod+s'], menu('saved'), {
      place: 'library',
      isEnabled: () => isFiltering(view()) && isLibraryWritable(),
    }),
    command('savedSearches', ['Shift+S'], menu('saved'), HERE),
  ];
}

function looking(onOpenStudies: (studyIds: readonly number[]) => void): readonly Command[] {
  const isGrouped = () => isByPatient(view());
  const canShowPatient = () => (isHere() ? hasSelection() : activeViewport().content !== null);
  return [
    command('open', ['Enter'], () => onOpenStudies(selectedIds()), {
      place: 'library',
      isEnabled: () => isHere() && hasSelection() && !isTrashShown(),
    }),
    command('expand', ['Space'], toggleSeries, onSelected),
    command('collapseAll', ['Shift+ArrowLeft'], collapseAll, {
      place: 'library',
      isEnabled: () => view().expanded.size > 0,
    }),
    command('details', ['i'], () => showDetails(!view().isDetailsOpen), {
      place: 'library',
      isActive: () => view().isDetailsOpen,
    }),
    command('columns', ['Shift+C'], () => openLibraryMenu('columns'), HERE),
    command('patients', ['g'], () => groupByPatient(!isGrouped()), { place: 'library', isActive: isGrouped }),
    command('patientStudies', ['Shift+G'], showThisPatient, { isEnabled: canShowPatient }),
    command('trashView', ['x'], () => showTrash(!isTrashShown()), { place: 'library', isActive: isTrashShown }),
  ];
}

function selecting(): readonly Command[] {
  return [
    command('selectAll', ['$mod+a'], () => librarySession().selecting.all(), HERE),
    command('selectNothing', ['Escape'], selectCursorOnly, {
      place: 'library',
      isEnabled: () => isHere() && selectionStore.getState().ids.size > 1,
    }),
  ];
}

function changes(): readonly Command[] {
  const canUndo = () => isHere() && isLibraryWritable() && trashStore.getState().last !== null;
  return [
    command('toggleUnread', ['u'], toggleUnread, changing),
    command('togglePinned', ['p'], togglePinned, changing),
    command('tag', ['t'], () => openLibraryMenu('editTags'), changing),
    command('comment', ['c'], focusComment, changing),
    command('trash', ['Delete'], trashSelected, changing),
    command('undoTrash', ['$mod+z'], undoTrash, { place: 'library', isEnabled: canUndo }),
    command('restore', ['r'], restoreSelected, inTrash),
    command('end', ['Shift+Delete'], () => askToEnd(selectedIds()), inTrash),
    command('emptyTrash', [], () => askToEnd(), {
      isEnabled: () => isHere() && isTrashShown() && isLibraryWritable(),
    }),
  ];
}

function filesAndTexts(): readonly Command[] {
  const first = () => selectedRows()[0];
  return [
    command(
      'showInFolder',
      ['e'],
      async () => {
        const [studyId] = selectedIds();
        if (studyId !== undefined) await showInFolder(studyId);
      },
      onSelected,
    ),
    command('checkFiles', ['Shift+K'], () => checkFiles(selectedIds()), onSelected),
    command('checkAllFiles', [], () => checkFiles()),
    command('copyId', ['$mod+c'], () => copy(first()?.patient.patientId), onSelected),
    command('copyAccession', ['$mod+Shift+c'], () => copy(first()?.study.accessionNumber), onSelected),
  ];
}

function focusFilter(): void {
  goTo('library');
  const field = document.getElementById(FILTER_ID);
  if (!(field instanceof HTMLInputElement)) return;
  field.focus();
  field.select();
}

/** The panel may have to be drawn first. */
/** At once, so that what is typed next goes into the field and is no command. */
function focusComment(): void {
  flushSync(() => showDetails(true));
  document.getElementById(COMMENT_ID)?.focus();
}

function toggleSeries(): void {
  const { expanded } = view();
  const ids = selectedIds();
  const isOpening = ids.some((id) => !expanded.has(id));
  for (const id of ids) setExpanded(id, isOpening);
}

/** Of the selected study, or while reading of the study in the active viewport. */
function showThisPatient(): void {
  if (!isHere()) {
    const { content } = activeViewport();
    if (content) showPatient(content.patientKey, shownName(content.patient.name));
    goTo('library');
    return;
  }
  const [row] = selectedRows();
  if (row) showPatient(row.patientKey, shownName(row.patient.name));
}

async function copy(text: string | undefined): Promise<void> {
  if (text !== undefined) await copyText(text);
}
