/** How the person looks at the library: filter, order, columns, what is open. Every change is an action here. */
import { createStore } from 'zustand/vanilla';
import type { DatePreset, SavedSearch, StudyFilter, StudySort } from '../../../src-shared/contract';
import { nextSort, type ColumnWidths } from '../../ui';
import { NO_FILTER, type LibraryFilter } from './filter/query';
import { isColumnId, isSortColumn, SHOWN_AT_FIRST, type ColumnId } from './table/columnIds';
import { keep, kept } from './table/keptChoice';

export interface LibraryView extends LibraryFilter {
  /** How the patient of `filter.patientKey` is called. */
  readonly patientLabel: string;
  readonly sort: StudySort;
  /** Studies whose series are shown. */
  readonly expanded: ReadonlySet<number>;
  readonly widths: ColumnWidths;
  readonly columns: readonly ColumnId[];
  readonly isDetailsOpen: boolean;
  /** The popover that is open. */
  readonly openMenu: LibraryMenu | null;
}

export type LibraryMenu =
  'date' | 'modality' | 'bodyPart' | 'source' | 'tag' | 'more' | 'saved' | 'columns' | 'editTags' | 'save';

const WIDTHS_KEY = 'isocenter.library.widths';
const COLUMNS_KEY = 'isocenter.library.columns';

export const libraryViewStore = createStore<LibraryView>(() => ({
  ...NO_FILTER,
  patientLabel: '',
  sort: { column: 'studyDate', direction: 'descending' },
  expanded: new Set(),
  widths: keptWidths(),
  columns: keptColumns(),
  isDetailsOpen: false,
  openMenu: null,
}));

/** A condition that is `undefined`, empty or false goes. */
export function changeFilter(change: StudyFilter): void {
  libraryViewStore.setState(({ filter }) => ({ filter: { ...filter, ...change } }));
}

export function setDatePreset(datePreset: DatePreset | null): void {
  libraryViewStore.setState(({ filter }) => ({
    filter: { ...filter, studyDateFrom: undefined, studyDateTo: undefined },
    datePreset,
  }));
}

/** Typed days, `YYYYMMDD`; `undefined` leaves an end open. */
export function setDates(studyDateFrom: string | undefined, studyDateTo: string | undefined): void {
  libraryViewStore.setState(({ filter }) => ({
    filter: { ...filter, studyDateFrom, studyDateTo },
    datePreset: null,
  }));
}

/** Whatever is asked for goes; the trash stays open where it is. */
export function clearFilters(): void {
  libraryViewStore.setState(({ filter }) => ({
    ...NO_FILTER,
    ...(filter.isInTrash === true && { filter: { isInTrash: true } }),
  }));
}

/** Everything of the library, whatever was looked for before. */
export function showWholeLibrary(): void {
  libraryViewStore.setState(NO_FILTER);
}

export function applySearch({ filter, datePreset }: SavedSearch): void {
  libraryViewStore.setState({ filter, datePreset: datePreset ?? null });
}

export function showTrash(isInTrash: boolean): void {
  libraryViewStore.setState({ ...NO_FILTER, filter: isInTrash ? { isInTrash } : {} });
}

/** The studies of one patient alone, in time order. */
export function showPatient(patientKey: string, patientLabel: string): void {
  libraryViewStore.setState({ ...NO_FILTER, filter: { patientKey }, patientLabel, sort: BY_PATIENT });
}

const BY_PATIENT: StudySort = { column: 'patient', direction: 'ascending' };

export function isByPatient({ sort }: Pick<LibraryView, 'sort'>): boolean {
  return sort.column === 'patient';
}

/** Patients with their studies below them, or studies in the order of a column. */
export function groupByPatient(isGrouped: boolean): void {
  libraryViewStore.setState({ sort: isGrouped ? BY_PATIENT : { column: 'studyDate', direction: 'descending' } });
}

/** Dates, counts and sizes are looked for from the large end first. */
const LARGE_FIRST: ReadonlySet<StudySort['column']> = new Set([
  'studyDate',
  'birthDate',
  'instanceCount',
  'seriesCount',
  'sizeBytes',
  'addedAt',
  'lastOpened',
]);

export function sortBy(columnId: string): void {
  if (!isSortColumn(columnId)) return;
  libraryViewStore.setState(({ sort }) => {
    if (sort.column !== columnId && LARGE_FIRST.has(columnId)) {
      return { sort: { column: columnId, direction: 'descending' } };
    }
    const { direction } = nextSort({ columnId: sort.column, direction: sort.direction }, columnId);
    return { sort: { column: columnId, direction } };
  });
}

export function setExpanded(studyId: number, isExpanded: boolean): void {
  libraryViewStore.setState(({ expanded }) => {
    const next = new Set(expanded);
    if (isExpanded) next.add(studyId);
    else next.delete(studyId);
    return { expanded: next };
  });
}

export function collapseAll(): void {
  libraryViewStore.setState({ expanded: new Set() });
}

export function showDetails(isDetailsOpen: boolean): void {
  libraryViewStore.setState({ isDetailsOpen });
}

export function openLibraryMenu(openMenu: LibraryMenu | null): void {
  libraryViewStore.setState({ openMenu });
}

export function resizeColumn(columnId: string, width: number | null): void {
  const { [columnId]: _before, ...others } = libraryViewStore.getState().widths;
  const widths = width === null ? others : { ...others, [columnId]: width };
  libraryViewStore.setState({ widths });
  keep(WIDTHS_KEY, widths);
}

export function toggleColumn(columnId: ColumnId): void {
  const { columns: before } = libraryViewStore.getState();
  const columns = before.includes(columnId) ? before.filter((id) => id !== columnId) : [...before, columnId];
  libraryViewStore.setState({ columns });
  keep(COLUMNS_KEY, columns);
}

export function showUsualColumns(): void {
  libraryViewStore.setState({ columns: SHOWN_AT_FIRST, widths: {} });
  keep(COLUMNS_KEY, SHOWN_AT_FIRST);
  keep(WIDTHS_KEY, {});
}

function keptWidths(): ColumnWidths {
  const value = kept(WIDTHS_KEY);
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, number] => isWidth(entry[1])));
}

function keptColumns(): readonly ColumnId[] {
  const value = kept(COLUMNS_KEY);
  const columns = Array.isArray(value) ? value.filter(isColumnId) : [];
  return columns.includes('patientName') ? columns : SHOWN_AT_FIRST;
}

function isWidth(value: unknown): value is number {
  return typeof value === 'number' && value >= 20 && value <= 2000;
}
