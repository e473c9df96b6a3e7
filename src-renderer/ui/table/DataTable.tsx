/**
 * A table of any length in the one idiom of the house: 28 px rows, sorting and resizing on every column, one tab stop,
 * everything by keyboard. Rows may nest (`level`), and a row may draw itself across several columns. Rows that are not
 * there yet are shapes; the selection is the owner's, a cursor row and as many others as it says.
 */
import { useEffect, useId, useMemo, useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { ContextMenu, type MenuItems } from '../Menu';
import { gridTemplate, type Column, type ColumnWidths, type Sort } from './columns';
import { howMoved, howPressed, type SelectHow } from './gestures';
import { HeaderCell } from './HeaderCell';
import { TableRow } from './TableRow';
import type { RowFacts } from './rowFacts';
import { movedIndex } from './tableKeys';
import { HEADER_HEIGHT, useTableWindow } from './useTableWindow';
import { windowed, type WindowedRows } from './windowedRows';
import './DataTable.css';

export interface SelectGesture {
  readonly how: SelectHow;
  readonly index: number;
}

export interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[] | WindowedRows<Row>;
  readonly facts: (row: Row) => RowFacts;
  /** Another list begins at its top; a change of the same list keeps what is on screen where it is. */
  readonly listKey?: string;
  /** Draws a row across the grid instead of cell by cell; `null` for an ordinary row. */
  readonly renderWide?: (row: Row) => ReactNode;
  readonly sort: Sort;
  readonly onSort: (columnId: string) => void;
  readonly widths: ColumnWidths;
  readonly onResize: (columnId: string, width: number | null) => void;
  readonly sortLabel: (title: string) => string;
  readonly resizeLabel: string;
  /** What the heading offers by the right button. */
  readonly headerMenu?: MenuItems;
  /** The cursor. */
  readonly selectedKey: string | null;
  /** Absent: only the row of the cursor is selected. */
  readonly isSelected?: (row: Row) => boolean;
  readonly onSelect: (row: Row, gesture: SelectGesture) => void;
  readonly onActivate: (row: Row) => void;
  /** Open or close a row; the table asks, the owner decides. */
  readonly onExpand: (row: Row, isExpanded: boolean) => void;
  /** Left on a row that is closed or cannot open. */
  readonly onLeave?: (row: Row) => void;
  /** Rows that are drawn now, both inclusive. */
  readonly onRange?: (first: number, last: number) => void;
  readonly bodyRef?: (element: HTMLDivElement | null) => void;
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, facts, selectedKey, onSelect, onActivate, onExpand, onLeave } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement | null>(null);
  const rows = useMemo(() => windowed(props.rows, facts), [props.rows, facts]);
  const { virtual, items, rememberPlace } = useTableWindow({
    rows,
    facts,
    scroller,
    listKey: props.listKey ?? '',
    onRange: props.onRange,
  });
  const cursor = useMemo(() => (selectedKey === null ? -1 : rows.indexOf(selectedKey)), [rows, selectedKey]);
  const cursorNow = useRef(cursor);
  useEffect(() => {
    cursorNow.current = cursor;
  }, [cursor]);

  // The cursor stays in view when it moves, not when rows are added around it.
  useEffect(() => {
    if (selectedKey !== null && cursorNow.current >= 0) virtual.scrollToIndex(cursorNow.current, { align: 'auto' });
  }, [selectedKey, virtual]);

  const rowAt = (index: number): Row | undefined => (index >= 0 && index < rows.count ? rows.at(index) : undefined);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.altKey) return;
    const page = Math.floor(((scroller.current?.clientHeight ?? 0) - HEADER_HEIGHT) / HEADER_HEIGHT) - 1;
    const index = movedIndex(event.key, { index: cursor, count: rows.count, page });
    const target = rowAt(index ?? -1);
    if (index !== null && target !== undefined) onSelect(target, { how: howMoved(event), index });
    else if (!actOn(event, rowAt(cursor))) return;
    event.preventDefault();
  };

  const actOn = (event: KeyboardEvent, row: Row | undefined): boolean => {
    if (row === undefined) return false;
    const { key } = event;
    if (event.ctrlKey || event.metaKey) {
      if (key === ' ') onSelect(row, { how: 'toggle', index: cursor });
      return key === ' ';
    }
    const { isExpanded } = facts(row);
    if (key === 'Enter') onActivate(row);
    else if (key === ' ' && isExpanded !== undefined) onExpand(row, !isExpanded);
    else if (key === 'ArrowRight' && isExpanded === false) onExpand(row, true);
    else if (key === 'ArrowLeft' && isExpanded === true) onExpand(row, false);
    else if (key === 'ArrowLeft') onLeave?.(row);
    else return false;
    return true;
  };

  const indexOfEvent = (event: MouseEvent): number => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    return Number(element?.dataset['index'] ?? -1);
  };
  const isRowSelected = (row: Row, index: number): boolean => props.isSelected?.(row) ?? index === cursor;

  const onPointed = (event: MouseEvent) => {
    const index = indexOfEvent(event);
    const row = rowAt(index);
    if (row === undefined) return;
    // The right button asks about what is selected; a control inside the row acts on its own row alone.
    const isMenu = event.button === 2;
    if (isMenu && isRowSelected(row, index)) return;
    if (event.shiftKey) event.preventDefault();
    onSelect(row, { how: isMenu ? 'one' : howPressed(event), index });
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
      aria-rowcount={rows.count + 1}
      aria-multiselectable={props.isSelected !== undefined}
      aria-activedescendant={cursor >= 0 ? `${id}-${cursor}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={rememberPlace}
      style={{ ['--columns' as string]: gridTemplate(columns, props.widths) }}
    >
      <ContextMenu items={props.headerMenu ?? []}>
        <div className="ui-table-header" role="row" aria-rowindex={1}>
          {columns.map((column) => (
            <HeaderCell key={column.id} column={column} {...props} sortLabel={props.sortLabel(column.title)} />
          ))}
        </div>
      </ContextMenu>
      <div
        className="ui-table-body"
        role="presentation"
        style={{ height: virtual.getTotalSize() - HEADER_HEIGHT }}
        onMouseDown={onPointed}
        onDoubleClick={(event) => {
          const row = rowAt(indexOfEvent(event));
          if (row !== undefined && !event.ctrlKey && !event.metaKey && !event.shiftKey) onActivate(row);
        }}
      >
        {items.map(({ index, start }) => {
          const row = rowAt(index);
          return (
            row !== undefined && (
              <TableRow
                key={facts(row).key}
                id={`${id}-${index}`}
                index={index}
                top={start - HEADER_HEIGHT}
                row={row}
                facts={facts}
                isSelected={isRowSelected(row, index)}
                isCursor={index === cursor}
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
