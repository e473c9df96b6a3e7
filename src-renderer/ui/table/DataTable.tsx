/**
 * A table of any length in the one idiom of the house: 28 px rows, sorting and resizing on every column, one tab stop,
 * everything by keyboard. Rows may nest (`level`), and a row may draw itself across several columns.
 */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useMemo, useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { gridTemplate, type Column, type ColumnWidths, type Sort } from './columns';
import { HeaderCell } from './HeaderCell';
import { TableRow } from './TableRow';
import type { RowFacts } from './rowFacts';
import { movedIndex } from './tableKeys';
import './DataTable.css';

export interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly facts: (row: Row) => RowFacts;
  /** Draws a row across the grid instead of cell by cell; `null` for an ordinary row. */
  readonly renderWide?: (row: Row) => ReactNode;
  readonly sort: Sort;
  readonly onSort: (columnId: string) => void;
  readonly widths: ColumnWidths;
  readonly onResize: (columnId: string, width: number | null) => void;
  readonly sortLabel: (title: string) => string;
  readonly resizeLabel: string;
  readonly selectedKey: string | null;
  readonly onSelect: (row: Row) => void;
  readonly onActivate: (row: Row) => void;
  /** Open or close a row; the table asks, the owner decides. */
  readonly onExpand: (row: Row, isExpanded: boolean) => void;
  /** Left on a row that is closed or cannot open. */
  readonly onLeave?: (row: Row) => void;
  readonly bodyRef?: (element: HTMLDivElement | null) => void;
}

const HEADER_HEIGHT = 28;
const OVERSCAN_ROWS = 6;

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, facts, selectedKey, onSelect, onActivate, onExpand, onLeave } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement | null>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(rows[index], facts),
    getItemKey: (index) => keyOf(rows[index], facts) ?? index,
    overscan: OVERSCAN_ROWS,
    paddingStart: HEADER_HEIGHT,
    scrollPaddingStart: HEADER_HEIGHT,
  });
  const selectedIndex = useMemo(
    () => (selectedKey === null ? -1 : rows.findIndex((row) => facts(row).key === selectedKey)),
    [rows, facts, selectedKey],
  );
  const selectedAt = useRef(selectedIndex);
  selectedAt.current = selectedIndex;

  // The selection stays in view when it moves, not when rows are added around it.
  useEffect(() => {
    if (selectedKey !== null && selectedAt.current >= 0) virtual.scrollToIndex(selectedAt.current, { align: 'auto' });
  }, [selectedKey, virtual]);

  const rowAt = (index: number): Row | undefined => rows[index];

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.floor(((scroller.current?.clientHeight ?? 0) - HEADER_HEIGHT) / HEADER_HEIGHT) - 1;
    const next = movedIndex(event.key, { index: selectedIndex, count: rows.length, page });
    const target = rowAt(next ?? -1);
    if (target !== undefined) onSelect(target);
    else if (!actOn(event.key, rowAt(selectedIndex))) return;
    event.preventDefault();
  };

  const actOn = (key: string, row: Row | undefined): boolean => {
    if (row === undefined) return false;
    const { isExpanded } = facts(row);
    if (key === 'Enter') onActivate(row);
    else if (key === ' ' && isExpanded !== undefined) onExpand(row, !isExpanded);
    else if (key === 'ArrowRight' && isExpanded === false) onExpand(row, true);
    else if (key === 'ArrowLeft' && isExpanded === true) onExpand(row, false);
    else if (key === 'ArrowLeft') onLeave?.(row);
    else return false;
    return true;
  };

  const rowOfEvent = (event: MouseEvent): Row | undefined => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    return rowAt(Number(element?.dataset['index'] ?? -1));
  };
  const onPointed = (event: MouseEvent) => {
    const row = rowOfEvent(event);
    if (row !== undefined && facts(row).key !== selectedKey) onSelect(row);
  };

  return (
    <div
      ref={(element) => {
        scroller.current = element;
        props.bodyRef?.(element);
      }}
      className="ui-table"
      role="treegrid"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={selectedIndex >= 0 ? `${id}-${selectedIndex}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      style={{ ['--columns' as string]: gridTemplate(columns, props.widths) }}
    >
      <div className="ui-table-header" role="row" aria-rowindex={1}>
        {columns.map((column) => (
          <HeaderCell key={column.id} column={column} {...props} sortLabel={props.sortLabel(column.title)} />
        ))}
      </div>
      <div
        className="ui-table-body"
        role="presentation"
        style={{ height: virtual.getTotalSize() - HEADER_HEIGHT }}
        onMouseDown={onPointed}
        onDoubleClick={(event) => {
          const row = rowOfEvent(event);
          if (row !== undefined) onActivate(row);
        }}
      >
        {virtual.getVirtualItems().map((item) => {
          const row = rowAt(item.index);
          return (
            row !== undefined && (
              <TableRow
                key={item.key}
                id={`${id}-${item.index}`}
                index={item.index}
                top={item.start - HEADER_HEIGHT}
                row={row}
                facts={facts}
                isSelected={item.index === selectedIndex}
                columns={columns}
                renderWide={props.renderWide}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

function heightOf<Row>(row: Row | undefined, facts: (row: Row) => RowFacts): number {
  return row === undefined ? HEADER_HEIGHT : facts(row).height;
}

function keyOf<Row>(row: Row | undefined, facts: (row: Row) => RowFacts): string | undefined {
  return row === undefined ? undefined : facts(row).key;
}
