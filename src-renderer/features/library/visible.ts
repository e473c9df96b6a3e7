/** What of the library is on screen now, for the table and for commands alike. */
import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { StudyRow } from '../../../src-shared/contract';
import { libraryStore } from './libraryStore';
import { libraryViewStore } from './libraryView';
import { libraryRows, rowFacts, studyOf, type LibraryRow } from './rows';
import { filterStudies } from './searchText';
import { sortStudies } from './sorting';

export interface Visible {
  readonly studies: readonly StudyRow[];
  readonly rows: readonly LibraryRow[];
}

export function useVisible(): Visible {
  const { studies, series } = useStore(libraryStore);
  const { filter, sort, expanded } = useStore(libraryViewStore);
  const sorted = useMemo(() => sortStudies(studies, sort), [studies, sort]);
  const shown = useMemo(() => filterStudies(sorted, filter), [sorted, filter]);
  return useMemo(() => ({ studies: shown, rows: libraryRows(shown, expanded, series) }), [shown, expanded, series]);
}

/** The study of the selected row, if the filter lets it be seen. */
export function selectedStudy(): StudyRow | null {
  const { studies, series } = libraryStore.getState();
  const { filter, expanded, selectedKey } = libraryViewStore.getState();
  if (selectedKey === null) return null;
  const rows = libraryRows(filterStudies(studies, filter), expanded, series);
  const selected = rows.find((row) => rowFacts(row).key === selectedKey);
  return selected ? studyOf(selected) : null;
}
