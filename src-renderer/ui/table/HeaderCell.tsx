import { ArrowDown, ArrowUp } from 'lucide-react';
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { classes } from '../classes';
import type { Column, Sort } from './columns';

/** CSS pixels a press of Alt+arrow changes a column's width by. */
const KEY_STEP = 16;

export interface HeaderCellProps<Row> {
  readonly column: Column<Row>;
  readonly sort: Sort;
  readonly sortLabel: string;
  readonly resizeLabel: string;
  readonly onSort: (columnId: string) => void;
  /** `null` gives the column its own width back. */
  readonly onResize: (columnId: string, width: number | null) => void;
}

/** Sorts when pressed; its right edge is dragged, or Alt+arrows pressed, to change the width. */
export function HeaderCell<Row>({ column, sort, sortLabel, resizeLabel, onSort, onResize }: HeaderCellProps<Row>) {
  const cell = useRef<HTMLDivElement>(null);
  const width = () => cell.current?.getBoundingClientRect().width ?? column.width;
  const resizeTo = (next: number) => onResize(column.id, Math.max(Math.round(next), column.minWidth));
  const isSorted = sort.columnId === column.id;
  const canSort = column.isSortable !== false;

  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
    event.preventDefault();
    resizeTo(width() + (event.key === 'ArrowLeft' ? -KEY_STEP : KEY_STEP));
  };
  const onPointerDown = (event: PointerEvent<HTMLSpanElement>) => {
    const handle = event.currentTarget;
    const [startX, startWidth] = [event.clientX, width()];
    handle.setPointerCapture(event.pointerId);
    handle.onpointermove = (move) => resizeTo(startWidth + move.clientX - startX);
    handle.onlostpointercapture = () => {
      handle.onpointermove = null;
    };
  };

  return (
    <div
      ref={cell}
      role="columnheader"
      aria-sort={isSorted ? sort.direction : 'none'}
      className={classes('ui-table-head', column.align === 'end' && 'is-end', isSorted && 'is-sorted')}
    >
      <button
        type="button"
        title={canSort ? sortLabel : undefined}
        className={canSort ? undefined : 'is-fixed'}
        onClick={() => canSort && onSort(column.id)}
        onKeyDown={onKeyDown}
      >
        <span>{column.title}</span>
        {isSorted && <SortArrow direction={sort.direction} />}
      </button>
      <span
        className="ui-table-grip"
        title={resizeLabel}
        onPointerDown={onPointerDown}
        onDoubleClick={() => onResize(column.id, null)}
      />
    </div>
  );
}

function SortArrow({ direction }: { readonly direction: Sort['direction'] }) {
  const Icon = direction === 'ascending' ? ArrowUp : ArrowDown;
  return <Icon size={12} strokeWidth={2} />;
}
