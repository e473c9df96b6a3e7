/**
 * Which studies the next act is about, and where the keys are. A study stays selected while its page is not here; a
 * place whose study is not known yet is selected as soon as it is.
 */
import { createStore } from 'zustand/vanilla';
import { answerStore, studyAt, type Answer } from '../answer/answerStore';
import { placeOfKey, studyKey } from '../table/rowModel';

export interface Selection {
  readonly ids: ReadonlySet<number>;
  /** Key of the row where the keys act; see `rowModel.ts`. */
  readonly cursor: string | null;
  /** Study from which a range is drawn, as its place in the answer. */
  readonly anchor: number | null;
  /** The study at the cursor is to be selected alone when it is known. */
  readonly isAwaited: boolean;
}

const NOTHING: Selection = { ids: new Set(), cursor: null, anchor: null, isAwaited: false };

export const selectionStore = createStore<Selection>(() => NOTHING);

export function selectNothing(): void {
  selectionStore.setState(NOTHING);
}

/** One study, its row (or a row of its own below it) under the cursor. */
export function selectOne(studyId: number, anchor: number | null, cursor: string = studyKey(studyId)): void {
  selectionStore.setState({ ids: new Set([studyId]), cursor, anchor, isAwaited: false });
}

/** A place whose study is not here yet. */
export function selectPlace(place: number): void {
  selectionStore.setState({ ids: new Set(), cursor: `place:${place}`, anchor: place, isAwaited: true });
}

export function selectMany(studyIds: Iterable<number>, cursor?: string): void {
  selectionStore.setState((before) => ({
    ids: new Set(studyIds),
    cursor: cursor ?? before.cursor,
    isAwaited: false,
  }));
}

export function toggleStudy(studyId: number, anchor: number): void {
  selectionStore.setState(({ ids: before }) => {
    const ids = new Set(before);
    if (!ids.delete(studyId)) ids.add(studyId);
    return { ids, cursor: studyKey(studyId), anchor, isAwaited: false };
  });
}

export function moveCursor(cursor: string): void {
  selectionStore.setState({ cursor, isAwaited: false });
}

/** Back to the study at the cursor alone, or to nothing. */
export function selectCursorOnly(): void {
  const { cursor, anchor } = selectionStore.getState();
  const studyId = studyIdOfKey(cursor);
  if (studyId === null) selectNothing();
  else selectOne(studyId, anchor);
}

/** The study that a row's key names by itself. */
export function studyIdOfKey(key: string | null): number | null {
  const id = /^study:(\d+)$/.exec(key ?? '')?.[1];
  return id === undefined ? null : Number(id);
}

/** Ids of the places from one to another, both inclusive; `null` when not all of them are here. */
export function idsBetween(answer: Answer, a: number, b: number): readonly number[] | null {
  const ids: number[] = [];
  for (let place = Math.min(a, b); place <= Math.max(a, b); place++) {
    const row = studyAt(answer, place);
    if (!row) return null;
    ids.push(row.studyId);
  }
  return ids;
}

/** Gives a cursor that waits on a place the study that has come there. */
export function settleCursor(answer: Answer): void {
  const { cursor, isAwaited } = selectionStore.getState();
  const place = placeOfKey(cursor);
  if (place === null) return;
  const row = studyAt(answer, place);
  if (!row) return;
  if (isAwaited) selectOne(row.studyId, place);
  else moveCursor(studyKey(row.studyId));
}

/** Keeps the selection true to the answer; another question begins with nothing selected. The returned function stops it. */
export function followAnswer(): () => void {
  return answerStore.subscribe(({ answer, wantedKey }, before) => {
    if (wantedKey !== before.wantedKey && !isSameFilter(wantedKey, before.wantedKey)) selectNothing();
    if (answer && answer !== before.answer) settleCursor(answer);
  });
}

/** Another order of the same studies keeps what is selected. */
function isSameFilter(keyA: string, keyB: string): boolean {
  return withoutSort(keyA) === withoutSort(keyB);
}

const withoutSort = (key: string): string => key.slice(0, key.lastIndexOf('{'));
