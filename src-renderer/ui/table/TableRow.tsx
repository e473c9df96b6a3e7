import { memo, type ReactNode } from 'react';
import { classes } from '../classes';
import type { Column } from './columns';
import type { RowFacts } from './rowFacts';

export interface TableRowProps<Row> {
  readonly id: string;
  readonly index: number;
  /** CSS pixels from the top of the body. */
  readonly top: number;
  readonly row: Row;
  readonly facts: (row: Row) => RowFacts;
  readonly isSelected: boolean;
  /** Where the keys act. */
  readonly isCursor: boolean;
  readonly columns: readonly Column<Row>[];
  readonly renderWide: ((row: Row) => ReactNode) | undefined;
}

/** One row; drawn again only when something of it changed, so that scrolling draws only what comes into sight. */
export const TableRow = memo(function TableRow<Row>(props: TableRowProps<Row>) {
  const { id, index, top, row, isSelected, isCursor, columns } = props;
  const facts = props.facts(row);
  return (
    <div
      id={id}
      role="row"
      data-index={index}
      data-key={facts.key}
      aria-rowindex={index + 2}
      aria-level={facts.level}
      aria-expanded={facts.isExpanded}
      aria-selected={isSelected}
      aria-busy={facts.isUnknown}
      className={classes(
        'ui-table-row',
        facts.level > 1 && 'is-nested',
        facts.isExpanded === true && 'is-open',
        isCursor && 'is-cursor',
      )}
      style={{ transform: `translateY(${top}px)`, height: facts.height }}
    >
      {facts.isUnknown === true ? (
        <Shapes columns={columns} index={index} />
      ) : (
        (props.renderWide?.(row) ?? columns.map((column) => <Cell key={column.id} column={column} row={row} />))
      )}
    </div>
  );
}) as <Row>(props: TableRowProps<Row>) => ReactNode;

function Cell<Row>({ column, row }: { readonly column: Column<Row>; readonly row: Row }) {
  const content = column.cell(row);
  return (
    <div
      role="gridcell"
      title={typeof content === 'string' ? content : undefined}
      className={classes('ui-table-cell', column.align === 'end' && 'is-end')}
    >
      {content}
    </div>
  );
}

/** Shares of the column's width, so that neighbouring shapes look like text and not like bars. */
const SHAPE_WIDTHS = ['72%', '54%', '63%', '46%', '58%'] as const;

/** What stands for the cells of a row on its way. */
function Shapes({ columns, index }: { readonly columns: readonly { readonly id: string }[]; readonly index: number }) {
  return columns.map(({ id }, column) => (
    <div key={id} role="gridcell" className="ui-table-cell">
      <div className="ui-table-shape" style={{ width: SHAPE_WIDTHS[(index * 3 + column * 2) % SHAPE_WIDTHS.length] }} />
    </div>
  ));
}
