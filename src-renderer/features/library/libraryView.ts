/** How the person looks at the library: filter, order, what is selected and what is open. Every change is an action here. */
import { createStore } from 'zustand/vanilla';
import { nextSort, type ColumnWidths, type Sort } from '../../ui';

export interface LibraryView {
  readonly filter: string;
  readonly sort: Sort;
  /** Key of a row; see `rows.ts`. */
  readonly selectedKey: string | null;
  /** Studies whose series are shown. */
  readonly expanded: ReadonlySet<number>;
  readonly widths: ColumnWidths;
}

const WIDTHS_KEY = 'isocenter.library.widths';

export const libraryViewStore = createStore<LibraryView>(() => ({
  filter: '',
  sort: { columnId: 'studyDate', direction: 'descending' },
  selectedKey: null,
  expanded: new Set(),
  widths: rememberedWidths(),
}));

export function setFilter(filter: string): void {
  libraryViewStore.setState({ filter });
}

/** Dates and counts are looked for from the large end first. */
const LARGE_FIRST: ReadonlySet<string> = new Set(['studyDate', 'birthDate', 'images', 'series']);

export function sortBy(columnId: string): void {
  libraryViewStore.setState(({ sort }) => {
    if (sort.columnId !== columnId && LARGE_FIRST.has(columnId)) return { sort: { columnId, direction: 'descending' } };
    return { sort: nextSort(sort, columnId) };
  });
}

export function select(selectedKey: string | null): void {
  libraryViewStore.setState({ selectedKey });
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

export function resizeColumn(columnId: string, width: number | null): void {
  const { [columnId]: _before, ...others } = libraryViewStore.getState().widths;
  const widths = width === null ? others : { ...others, [columnId]: width };
  libraryViewStore.setState({ widths });
  rememberWidths(widths);
}

/** Widths are a matter of this screen, not of the library: they stay in the page's own memory, where there is one. */
function rememberedWidths(): ColumnWidths {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(WIDTHS_KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter((entry): entry is [string, number] => isWidth(entry[1])));
  } catch {
    return {};
  }
}

function rememberWidths(widths: ColumnWidths): void {
  try {
    localStorage.setItem(WIDTHS_KEY, JSON.stringify(widths));
  } catch {
    // Without the page's memory the widths last as long as the window.
  }
}

function isWidth(value: unknown): value is number {
  return typeof value === 'number' && value >= 20 && value <= 2000;
}
