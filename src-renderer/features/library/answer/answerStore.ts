/**
 * What the library answered to the question on screen: a few pages of it and how much there is in all. Nothing else is
 * kept, so that a library of 100,000 studies costs the page as much as one of ten.
 */
import { createStore } from 'zustand/vanilla';
import type { StudyRow } from '../../../../src-shared/contract';
import type { AnswerQuery } from './source';

/** Rows of one page. Page `n` begins at study `n · PAGE_ROWS` of the answer. */
export const PAGE_ROWS = 100;

export interface Answer {
  /** Equal for equal questions only. */
  readonly key: string;
  readonly query: AnswerQuery;
  readonly revision: number;
  readonly studyCount: number;
  readonly patientCount: number;
  readonly libraryStudyCount: number;
  readonly pages: ReadonlyMap<number, readonly StudyRow[]>;
  /** Where studies stand in the answer, by id: of the pages that are here, and remembered from those that were. */
  readonly places: ReadonlyMap<number, number>;
}

export interface AnswerState {
  readonly status: 'loading' | 'ready' | 'failed';
  /** Why the library could not be read. */
  readonly reason: string;
  /** The question that is being asked; the answer is of an earlier one as long as its key is another. */
  readonly wantedKey: string;
  /** What was read before stays on screen. */
  readonly answer: Answer | null;
}

export const answerStore = createStore<AnswerState>(() => ({
  status: 'loading',
  reason: '',
  wantedKey: '',
  answer: null,
}));

export const queryKey = ({ filter, datePreset, sort }: AnswerQuery): string =>
  JSON.stringify([Object.entries(filter).toSorted(([a], [b]) => (a < b ? -1 : 1)), datePreset ?? null, sort]);

/** The study at a place of the answer; `undefined` while its page is not here. */
export function studyAt({ pages }: Answer, index: number): StudyRow | undefined {
  return pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
}

/** A study of the answer by id, as far as it is here. */
export function studyById(answer: Answer | null, studyId: number): StudyRow | undefined {
  const place = answer?.places.get(studyId);
  if (answer === null || place === undefined) return undefined;
  const row = studyAt(answer, place);
  return row?.studyId === studyId ? row : undefined;
}

/** Says where a study stands whose page is not here, so that the table can go there. */
export function rememberPlace(studyId: number, place: number): void {
  answerStore.setState(({ answer }) => ({
    answer: answer && { ...answer, places: new Map(answer.places).set(studyId, place) },
  }));
}
