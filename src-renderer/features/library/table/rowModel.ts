/**
 * The table's rows: studies in the order of the answer, a head above the studies of each patient where they are grouped,
 * and under an open study its series. Only studies that are here can have a head or series; every other place of the
 * answer is a row of unknown content.
 */
import type { SeriesRow, StudyRow } from '../../../../src-shared/contract';
import type { RowFacts, WindowedRows } from '../../../ui';
import { PAGE_ROWS, studyAt, type Answer } from '../answer/answerStore';
import type { SeriesState } from '../answer/seriesStore';

export type LibraryRow =
  | { readonly kind: 'patient'; readonly row: StudyRow }
  | {
      readonly kind: 'study';
      readonly row: StudyRow;
      /** Whose study it is stands above already. */
      readonly isSamePatient: boolean;
      readonly isExpanded: boolean;
    }
  | { readonly kind: 'series'; readonly row: SeriesRow; readonly study: StudyRow }
  | {
      readonly kind: 'note';
      readonly study: StudyRow;
      readonly note: 'loading' | 'none' | 'failed';
      readonly reason: string;
    }
  | { readonly kind: 'unknown'; readonly place: number };

const STUDY_HEIGHT = 28;
const PATIENT_HEIGHT = 32;
const SERIES_HEIGHT = 48;

export const studyKey = (studyId: number): string => `study:${studyId}`;
export const placeKey = (place: number): string => `place:${place}`;

/** The place that a key of a row of unknown content names. */
export function placeOfKey(key: string | null): number | null {
  return key?.startsWith('place:') === true ? Number(key.slice(6)) : null;
}

export function rowFacts(row: LibraryRow): RowFacts {
  switch (row.kind) {
    case 'patient':
      return { key: `patient:${row.row.studyId}`, height: PATIENT_HEIGHT, level: 1 };
    case 'study':
      return { key: studyKey(row.row.studyId), height: STUDY_HEIGHT, level: 1, isExpanded: row.isExpanded };
    case 'series':
      return { key: `series:${row.row.seriesId}`, height: SERIES_HEIGHT, level: 2 };
    case 'note':
      return { key: `note:${row.study.studyId}`, height: STUDY_HEIGHT, level: 2 };
    case 'unknown':
      return { key: placeKey(row.place), height: STUDY_HEIGHT, level: 1, isUnknown: true };
  }
}

/** The study a row belongs to; `undefined` while it is unknown. */
export function studyOf(row: LibraryRow): StudyRow | undefined {
  switch (row.kind) {
    case 'patient':
    case 'study':
      return row.row;
    case 'series':
    case 'note':
      return row.study;
    case 'unknown':
      return undefined;
  }
}

export interface RowModel extends WindowedRows<LibraryRow> {
  /** The study's place in the answer at or before a row. */
  readonly placeAt: (rowIndex: number) => number;
}

interface Given {
  readonly answer: Answer;
  readonly expanded: ReadonlySet<number>;
  readonly series: ReadonlyMap<number, SeriesState>;
  readonly hasHeads: boolean;
}

/** A study with rows of its own above or below it. */
interface Block {
  readonly place: number;
  readonly firstRow: number;
  readonly rows: readonly LibraryRow[];
}

export function rowModel(given: Given): RowModel {
  const { answer } = given;
  const blocks = blocksOf(given);
  const extra = blocks.reduce((sum, { rows }) => sum + rows.length - 1, 0);
  const rowsByKey = new Map<string, number>();
  for (const { firstRow, rows } of blocks)
    for (const [index, row] of rows.entries()) rowsByKey.set(rowFacts(row).key, firstRow + index);

  const blockBefore = (isBefore: (block: Block) => boolean): Block | undefined =>
    blocks[countWhile(blocks, isBefore) - 1];

  const placeAt = (rowIndex: number): number => {
    const block = blockBefore(({ firstRow }) => firstRow <= rowIndex);
    return block ? block.place + Math.max(rowIndex - block.firstRow - block.rows.length + 1, 0) : rowIndex;
  };
  const rowOfPlace = (place: number): number => {
    const block = blockBefore((each) => each.place <= place);
    if (!block) return place;
    if (block.place < place) return block.firstRow + block.rows.length + place - block.place - 1;
    return block.firstRow + block.rows.findIndex(({ kind }) => kind === 'study');
  };

  return {
    count: answer.studyCount + extra,
    placeAt,
    at(index) {
      const block = blockBefore(({ firstRow }) => firstRow <= index);
      const own = block?.rows[index - block.firstRow];
      return own ?? studyRow(given, placeAt(index));
    },
    heightAt(index) {
      const block = blockBefore(({ firstRow }) => firstRow <= index);
      const own = block?.rows[index - block.firstRow];
      return own ? rowFacts(own).height : STUDY_HEIGHT;
    },
    indexOf(key) {
      const known = rowsByKey.get(key);
      if (known !== undefined) return known;
      const place = placeOfKey(key) ?? answer.places.get(Number(/^study:(\d+)$/.exec(key)?.[1]));
      return place === undefined || place >= answer.studyCount ? -1 : rowOfPlace(place);
    },
  };
}

/** How many leading blocks hold; the blocks are in the order of both places and rows. */
function countWhile(blocks: readonly Block[], holds: (block: Block) => boolean): number {
  let [from, to] = [0, blocks.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const block = blocks[middle];
    if (block && holds(block)) from = middle + 1;
    else to = middle;
  }
  return from;
}

function blocksOf(given: Given): readonly Block[] {
  const blocks: Block[] = [];
  let extra = 0;
  for (const place of placesWithRows(given)) {
    const study = studyRow(given, place);
    if (study.kind !== 'study') continue;
    const isFirst = given.hasHeads && !followsSamePatient(given.answer, place, study.row);
    const head: LibraryRow[] = isFirst ? [{ kind: 'patient', row: study.row }] : [];
    const tail = study.isExpanded ? seriesRows(study.row, given.series.get(study.row.studyId)) : [];
    if (head.length + tail.length === 0) continue;
    const rows = [...head, study, ...tail];
    blocks.push({ place, firstRow: place + extra, rows });
    extra += rows.length - 1;
  }
  return blocks;
}

/** Places of studies that are here and may have more than their own row, ascending. */
function placesWithRows({ answer, expanded, hasHeads }: Given): readonly number[] {
  const places = hasHeads
    ? [...answer.pages].flatMap(([page, rows]) => rows.map((_, index) => page * PAGE_ROWS + index))
    : [...expanded].flatMap((studyId) => answer.places.get(studyId) ?? []);
  return places.toSorted((a, b) => a - b);
}

function followsSamePatient(answer: Answer, place: number, row: StudyRow): boolean {
  return place > 0 && studyAt(answer, place - 1)?.patientKey === row.patientKey;
}

/** The same object for the same row, so that a row is drawn again only when something of it changed. */
const known = new WeakMap<StudyRow, Extract<LibraryRow, { kind: 'study' }>>();

function studyRow({ answer, expanded, hasHeads }: Given, place: number): LibraryRow {
  const row = studyAt(answer, place);
  if (!row) return { kind: 'unknown', place };
  const isSamePatient = hasHeads || followsSamePatient(answer, place, row);
  const isExpanded = expanded.has(row.studyId);
  const before = known.get(row);
  if (before?.isSamePatient === isSamePatient && before.isExpanded === isExpanded) return before;
  const made = { kind: 'study', row, isSamePatient, isExpanded } as const;
  known.set(row, made);
  return made;
}

function seriesRows(study: StudyRow, state: SeriesState | undefined): readonly LibraryRow[] {
  if (state?.status === 'failed') return [{ kind: 'note', study, note: 'failed', reason: state.reason }];
  if (state?.status !== 'ready') return [{ kind: 'note', study, note: 'loading', reason: '' }];
  if (state.rows.length === 0) return [{ kind: 'note', study, note: 'none', reason: '' }];
  return state.rows.map((row) => ({ kind: 'series', row, study }));
}
