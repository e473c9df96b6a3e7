/** The table's rows: studies in their order, and under an open study its series. */
import type { SeriesRow, StudyRow } from '../../../src-shared/contract';
import type { RowFacts } from '../../ui';
import type { SeriesState } from './libraryStore';

export type LibraryRow =
  | {
      readonly kind: 'study';
      readonly row: StudyRow;
      /** The row above is a study of the same patient. */
      readonly isSamePatient: boolean;
      readonly isExpanded: boolean;
    }
  | { readonly kind: 'series'; readonly row: SeriesRow; readonly study: StudyRow }
  | {
      readonly kind: 'note';
      readonly study: StudyRow;
      readonly note: 'loading' | 'none' | 'failed';
      readonly reason: string;
    };

const STUDY_HEIGHT = 28;
const SERIES_HEIGHT = 48;

export const studyKey = (studyId: number): string => `study:${studyId}`;

export function rowFacts(row: LibraryRow): RowFacts {
  switch (row.kind) {
    case 'study':
      return { key: studyKey(row.row.studyId), height: STUDY_HEIGHT, level: 1, isExpanded: row.isExpanded };
    case 'series':
      return { key: `series:${row.row.seriesId}`, height: SERIES_HEIGHT, level: 2 };
    case 'note':
      return { key: `note:${row.study.studyId}`, height: STUDY_HEIGHT, level: 2 };
  }
}

/** The study a row belongs to. */
export function studyOf(row: LibraryRow): StudyRow {
  return row.kind === 'study' ? row.row : row.study;
}

export function libraryRows(
  studies: readonly StudyRow[],
  expanded: ReadonlySet<number>,
  series: ReadonlyMap<number, SeriesState>,
): readonly LibraryRow[] {
  const rows: LibraryRow[] = [];
  let above: StudyRow | null = null;
  for (const study of studies) {
    const isExpanded = expanded.has(study.studyId);
    rows.push({ kind: 'study', row: study, isSamePatient: above?.patientKey === study.patientKey, isExpanded });
    if (isExpanded) rows.push(...seriesRows(study, series.get(study.studyId)));
    above = study;
  }
  return rows;
}

function seriesRows(study: StudyRow, state: SeriesState | undefined): readonly LibraryRow[] {
  if (state?.status === 'failed') return [{ kind: 'note', study, note: 'failed', reason: state.reason }];
  if (state?.status !== 'ready') return [{ kind: 'note', study, note: 'loading', reason: '' }];
  if (state.rows.length === 0) return [{ kind: 'note', study, note: 'none', reason: '' }];
  return state.rows.map((row) => ({ kind: 'series', row, study }));
}
