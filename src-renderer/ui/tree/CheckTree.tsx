import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronRight } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { CheckMark, type CheckState } from '../CheckBox';
import { classes } from '../classes';
import { treeAction, type TreeRowFacts } from './treeKeys';
import './CheckTree.css';

export interface CheckTreeRow extends TreeRowFacts {
  readonly check: CheckState;
  /** CSS pixels. */
  readonly height: number;
}

export interface CheckTreeProps<Row extends CheckTreeRow> {
  readonly label: string;
  readonly rows: readonly Row[];
  /** What stands beside the check box. */
  readonly renderRow: (row: Row) => ReactNode;
  readonly currentKey: string | null;
  readonly onCurrent: (row: Row) => void;
  readonly onCheck: (row: Row) => void;
  readonly onExpand: (row: Row, isExpanded: boolean) => void;
  readonly className?: string;
}

const OVERSCAN_ROWS = 8;
const INDENT_PX = 20;
const ROW_PX = 28;

/** A tree whose rows are ticked: one tab stop, only what is in sight is drawn, everything by keyboard. Enter is left to the owner. */
export function CheckTree<Row extends CheckTreeRow>(props: CheckTreeProps<Row>) {
  const { rows, currentKey, onCurrent, onCheck, onExpand } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const index = useMemo(() => rows.findIndex((row) => row.key === currentKey), [rows, currentKey]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => rows[at]?.height ?? ROW_PX,
    getItemKey: (at) => rows[at]?.key ?? at,
    overscan: OVERSCAN_ROWS,
  });
  const indexNow = useRef(index);
  indexNow.current = index;
  // The current row stays in view when it moves, not when rows are found around it.
  useEffect(() => {
    if (currentKey !== null && indexNow.current >= 0) virtual.scrollToIndex(indexNow.current, { align: 'auto' });
  }, [currentKey, virtual]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX) - 1, 1);
    const action = treeAction(event.key, { rows, index, page });
    const row = rows[action?.kind === 'go' ? action.index : index];
    if (!action || !row) return;
    event.preventDefault();
    if (action.kind === 'go') onCurrent(row);
    else if (action.kind === 'check') onCheck(row);
    else onExpand(row, action.isExpanded);
  };

  const onClick = (event: MouseEvent) => {
    if (!(event.target instanceof Element)) return;
    const row = rows[Number(event.target.closest<HTMLElement>('[data-index]')?.dataset['index'] ?? -1)];
    if (!row) return;
    onCurrent(row);
    const isFold = event.target.closest('.ui-check-tree-fold') !== null && row.isExpanded !== undefined;
    if (isFold) onExpand(row, !row.isExpanded);
    else onCheck(row);
  };

  return (
    <div
      ref={scroller}
      className={classes('ui-check-tree', props.className)}
      role="tree"
      aria-label={props.label}
      aria-multiselectable="true"
      aria-activedescendant={index >= 0 ? `${id}-${index}` : undefined}
      tabIndex={0}
      data-first-focus
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div className="ui-check-tree-body" role="presentation" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <TreeRow
                key={item.key}
                id={`${id}-${item.index}`}
                index={item.index}
                top={item.start}
                row={row}
                isCurrent={item.index === index}
              >
                {props.renderRow(row)}
              </TreeRow>
            )
          );
        })}
      </div>
    </div>
  );
}

interface TreeRowProps {
  readonly id: string;
  readonly index: number;
  /** CSS pixels from the top of the body. */
  readonly top: number;
  readonly row: CheckTreeRow;
  readonly isCurrent: boolean;
  readonly children: ReactNode;
}

const ARIA_CHECKED = { all: true, some: 'mixed', none: false } as const;

function TreeRow({ id, index, top, row, isCurrent, children }: TreeRowProps) {
  return (
    <div
      id={id}
      role="treeitem"
      data-index={index}
      data-key={row.key}
      aria-level={row.level}
      aria-expanded={row.isExpanded}
      aria-checked={ARIA_CHECKED[row.check]}
      className={classes('ui-check-tree-row', isCurrent && 'is-current')}
      style={{
        transform: `translateY(${top}px)`,
        height: row.height,
        paddingLeft: 8 + (row.level - 1) * INDENT_PX,
      }}
    >
      <span className="ui-check-tree-fold">
        {row.isExpanded !== undefined && <ChevronRight size={14} strokeWidth={1.5} />}
      </span>
      <CheckMark state={row.check} />
      {children}
    </div>
  );
}
