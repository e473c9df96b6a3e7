/** The studies that the next act is about. */
import type { StudyRow } from '../../../../src-shared/contract';
import { answerStore, studyById } from '../answer/answerStore';
import { libraryViewStore } from '../libraryView';
import { inOrder } from '../selection/select';
import { selectionStore } from '../selection/selectionStore';

/** In the order of the answer. */
export function selectedIds(): readonly number[] {
  return inOrder(selectionStore.getState().ids);
}

/** Those of the selected studies that are here. */
export function selectedRows(): readonly StudyRow[] {
  const { answer } = answerStore.getState();
  return selectedIds().flatMap((id) => studyById(answer, id) ?? []);
}

export function hasSelection(): boolean {
  return selectionStore.getState().ids.size > 0;
}

export function isTrashShown(): boolean {
  return libraryViewStore.getState().filter.isInTrash === true;
}
