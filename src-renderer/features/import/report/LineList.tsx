import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import type { ImportLine, ImportReport, LineOutcome } from '../../../../src-shared/contract';
import { services } from '../../../host';
import { t } from '../../../strings';
import { classes } from '../../../ui';
import { createLinePages, lineAt, outcomesAsked, type LinePages } from './linePages';
import { isProblem } from './outcomes';
import { splitPath } from './reportText';

/** CSS pixels until a line has been measured: its path alone, or with a reason below. */
const LINE_PX = 46;
const OVERSCAN_LINES = 24;

export interface LineListProps {
  readonly report: ImportReport;
  /** Empty: all. */
  readonly shown: ReadonlySet<LineOutcome>;
}

/** The lines of a report, however many: only those in sight are read and drawn. */
export function LineList({ report, shown }: LineListProps) {
  const { importId } = report;
  const pages = useMemo(() => {
    const outcomes = outcomesAsked(shown);
    const asked = outcomes ? { importId, outcomes } : { importId };
    return createLinePages((offset, limit) => services().import.lines({ ...asked, offset, limit }));
  }, [importId, shown]);
  useEffect(() => () => pages.dispose(), [pages]);
  return <Lines pages={pages} roots={report.paths} />;
}

function Lines({ pages, roots }: { readonly pages: LinePages; readonly roots: readonly string[] }) {
  const state = useStore(pages.store);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: state.total ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: OVERSCAN_LINES,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => pages.want(first, last), [pages, first, last]);
  return (
    <div
      ref={scroller}
      className="import-lines"
      role="list"
      aria-label={t('import.report.lines')}
      tabIndex={0}
      onKeyDown={keepScrollKeys}
    >
      {state.failure !== '' && (
        <p className="is-caution">{t('import.report.linesFailed', { reason: state.failure })}</p>
      )}
      {state.total === 0 && <p className="is-faint">{t('import.report.noLines')}</p>}
      <div className="import-lines-body" role="presentation" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => (
          <div
            key={item.key}
            ref={virtual.measureElement}
            role="listitem"
            data-index={item.index}
            className="import-line ui-selectable"
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <Line line={lineAt(state, item.index)} roots={roots} />
          </div>
        ))}
      </div>
    </div>
  );
}

/** Keys that scroll the list are not commands of the screen beside it. */
function keepScrollKeys(event: KeyboardEvent): void {
  if (/^(Arrow(Up|Down)|Page(Up|Down)|Home|End)$/.test(event.key)) event.stopPropagation();
}

function Line({ line, roots }: { readonly line: ImportLine | undefined; readonly roots: readonly string[] }) {
  if (!line) return <span className="is-faint">{t('import.report.loadingLine')}</span>;
  const { folder, file } = splitPath(line.path, roots);
  return (
    <>
      <span className={classes('import-line-outcome', isProblem(line.outcome) && 'is-caution')}>
        {t(`import.report.outcomes.${line.outcome}`)}
      </span>
      <span className="import-line-words">
        <span className="import-path-text">
          <span className="is-faint">{folder}</span>
          {file}
        </span>
        {(line.reason !== '' || line.detail !== '') && (
          <span className="import-reason">{[line.reason, line.detail].filter(Boolean).join(' · ')}</span>
        )}
      </span>
    </>
  );
}
