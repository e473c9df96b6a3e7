/** Columns of a table as data, and their widths as one CSS grid. */
import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** CSS pixels. */
  readonly width: number;
  readonly minWidth: number;
  /** Share of the width that is left over; absent: none. */
  readonly grow?: number;
  readonly align?: 'start' | 'end';
  /** Absent: it can be ordered by. */
  readonly isSortable?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

export interface Sort {
  readonly columnId: string;
  readonly direction: 'ascending' | 'descending';
}

/** Widths that a hand has set, by column id, CSS pixels. */
export type ColumnWidths = Readonly<Record<string, number>>;

type Sized = Pick<Column<never>, 'id' | 'width' | 'grow'>;

/** A column that was resized keeps its width; the others share what is left. */
export function gridTemplate(columns: readonly Sized[], widths: ColumnWidths): string {
  const tracks = columns.map(({ id, width, grow }) => {
    const set = widths[id];
    if (set !== undefined) return `${set}px`;
    return grow === undefined ? `${width}px` : `minmax(${width}px, ${grow}fr)`;
  });
  const hasGrowing = columns.some(({ id, grow }) => grow !== undefined && widths[id] === undefined);
  return [...tracks, hasGrowing ? '0px' : 'minmax(0, 1fr)'].join(' ');
}

/** The same column again turns the direction; another one starts ascending. */
export function nextSort(sort: Sort, columnId: string): Sort {
  if (sort.columnId !== columnId) return { columnId, direction: 'ascending' };
  return { columnId, direction: sort.direction === 'ascending' ? 'descending' : 'ascending' };
}
