/** Gestures of the table made into selections. What is not here is asked for. */
import { answerStore, type Answer } from '../answer/answerStore';
import type { LibrarySource } from '../answer/source';
import { rowFacts, studyOf, type LibraryRow, type RowModel } from '../table/rowModel';
import {
  idsBetween,
  moveCursor,
  selectionStore,
  selectMany,
  selectOne,
  selectPlace,
  toggleStudy,
} from './selectionStore';

export interface Gesture {
  readonly how: 'one' | 'toggle' | 'range' | 'move';
  readonly index: number;
}

export interface Selecting {
  /** Makes a gesture on a row the selection. */
  onRow(row: LibraryRow, gesture: Gesture, model: RowModel): Promise<void>;
  /** Everything of the answer, its pages here or not. */
  all(): Promise<void>;
}

export function createSelecting(source: Pick<LibrarySource, 'studyIds'>): Selecting {
  /** The last gesture: what an earlier one asked for comes too late. */
  let latest = 0;

  const idsOf = async (answer: Answer): Promise<readonly number[]> => source.studyIds(answer.query);
  const isStill = (mine: number, answer: Answer): boolean =>
    mine === latest && answerStore.getState().wantedKey === answer.key;

  const selectRange = async (answer: Answer, row: LibraryRow, place: number): Promise<void> => {
    const mine = latest;
    const { anchor } = selectionStore.getState();
    const from = anchor ?? place;
    const key = rowFacts(row).key;
    const here = idsBetween(answer, from, place);
    if (here) {
      selectMany(here, key);
      return;
    }
    moveCursor(key);
    const ids = await idsOf(answer);
    if (isStill(mine, answer)) selectMany(ids.slice(Math.min(from, place), Math.max(from, place) + 1), key);
  };

  /** A patient's head stands for all their studies that the answer holds. */
  const selectPatient = async (answer: Answer, row: Extract<LibraryRow, { kind: 'patient' }>): Promise<void> => {
    const mine = latest;
    const { patientKey } = row.row;
    const here = [...answer.pages.values()].flat().filter((each) => each.patientKey === patientKey);
    const key = rowFacts(row).key;
    const ids = here.map(({ studyId }) => studyId);
    selectMany(ids, key);
    const all = await source.studyIds({ ...answer.query, filter: { ...answer.query.filter, patientKey } });
    if (isStill(mine, answer) && all.length > ids.length) selectMany(all, key);
  };

  return {
    async onRow(row, { how, index }, model) {
      const { answer } = answerStore.getState();
      if (!answer) return;
      latest += 1;
      const place = model.placeAt(index);
      const study = studyOf(row);
      if (how === 'move') {
        moveCursor(rowFacts(row).key);
        return;
      }
      if (how === 'range') return selectRange(answer, row, place);
      if (row.kind === 'patient') return selectPatient(answer, row);
      if (!study) {
        selectPlace(place);
        return;
      }
      if (how === 'toggle') {
        toggleStudy(study.studyId, place);
        return;
      }
      selectOne(study.studyId, place, rowFacts(row).key);
    },
    async all() {
      const { answer } = answerStore.getState();
      if (!answer) return;
      latest += 1;
      const mine = latest;
      const here = answer.studyCount > 0 ? idsBetween(answer, 0, answer.studyCount - 1) : [];
      const ids = here ?? (await idsOf(answer));
      if (isStill(mine, answer)) selectMany(ids);
    },
  };
}

/** Ids in the order of the answer, as far as it is here; others after them. */
export function inOrder(ids: Iterable<number>, answer: Answer | null = answerStore.getState().answer): number[] {
  const placeOf = (id: number) => answer?.places.get(id) ?? Number.MAX_SAFE_INTEGER;
  return [...ids].sort((a, b) => placeOf(a) - placeOf(b));
}
