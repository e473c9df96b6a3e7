import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { t } from '../../../strings';
import { ContextMenu, DataTable, type SelectGesture } from '../../../ui';
import { runCommand } from '../../../viewing/commands';
import type { Answer } from '../answer/answerStore';
import { seriesStore } from '../answer/seriesStore';
import { isByPatient, libraryViewStore, resizeColumn, setExpanded, sortBy } from '../libraryView';
import { selectionStore, selectOne } from '../selection/selectionStore';
import type { LibrarySession } from '../session';
import { libraryColumns } from './columns';
import { PatientHead } from './PatientHead';
import { rowFacts, rowModel, studyOf, type LibraryRow } from './rowModel';
import { NoteRowView, SeriesRowView } from './SeriesRowView';
import { columnMenu, studyMenu } from './studyMenu';
import './table.css';

export interface LibraryTableProps {
  readonly session: LibrarySession;
  readonly answer: Answer;
  readonly onOpenStudy: (studyId: number) => void;
}

/** Patients and studies, and the series of those that are open. */
export function LibraryTable({ session, answer, onOpenStudy }: LibraryTableProps) {
  const { widths, expanded, columns: shown } = useStore(libraryViewStore);
  const { cursor, ids } = useStore(selectionStore);
  const series = useStore(seriesStore);
  const hasHeads = isByPatient(answer.query);
  const rows = useMemo(() => rowModel({ answer, expanded, series, hasHeads }), [answer, expanded, series, hasHeads]);
  const columns = useMemo(() => libraryColumns(shown), [shown]);
  const columnIds = useMemo(() => columns.map(({ id }) => id), [columns]);
  const renderWide = useCallback((row: LibraryRow) => wideRow(row, columnIds), [columnIds]);
  const onRange = useCallback(
    (first: number, last: number) => session.pages.show({ from: rows.placeAt(first), to: rows.placeAt(last) }),
    [session, rows],
  );
  const table = useRef<HTMLDivElement | null>(null);

  // Never out of a field: the table also appears while the filter is being typed.
  useEffect(() => {
    if (document.activeElement === document.body) table.current?.focus({ preventScroll: true });
  }, []);

  const { column, direction } = answer.query.sort;
  return (
    <ContextMenu items={studyMenu()}>
      <div className="library-table">
        <DataTable
          label={t('library.table')}
          columns={columns}
          rows={rows}
          facts={rowFacts}
          listKey={answer.key}
          renderWide={renderWide}
          sort={{ columnId: column, direction }}
          onSort={sortBy}
          widths={widths}
          onResize={resizeColumn}
          sortLabel={(title) => t('library.sortHint', { column: title })}
          resizeLabel={t('library.resizeHint')}
          headerMenu={columnMenu()}
          selectedKey={cursor}
          isSelected={(row) => isSelected(row, cursor, ids)}
          onSelect={(row: LibraryRow, gesture: SelectGesture) =>
            void session.selecting.onRow(row, gesture, rows).catch(() => undefined)
          }
          onActivate={(row) => activate(row, onOpenStudy)}
          onExpand={expand}
          onLeave={leave}
          onRange={onRange}
          bodyRef={(element) => {
            table.current = element;
          }}
        />
      </div>
    </ContextMenu>
  );
}

/** Series and notes are lit only where the keys are; a patient's head as well. */
function isSelected(row: LibraryRow, cursor: string | null, ids: ReadonlySet<number>): boolean {
  return row.kind === 'study' ? ids.has(row.row.studyId) : rowFacts(row).key === cursor;
}

/** One study opens itself; of several selected, or on a patient's head, all are opened. */
function activate(row: LibraryRow, onOpenStudy: (studyId: number) => void): void {
  const study = studyOf(row);
  if (!study) return;
  if (row.kind === 'patient' || selectionStore.getState().ids.size > 1) runCommand('library.open');
  else onOpenStudy(study.studyId);
}

function expand(row: LibraryRow, isExpanded: boolean): void {
  const study = studyOf(row);
  if (study) setExpanded(study.studyId, isExpanded);
}

function wideRow(row: LibraryRow, columns: readonly string[]) {
  switch (row.kind) {
    case 'study':
    case 'unknown':
      return null;
    case 'patient':
      return <PatientHead row={row.row} />;
    case 'series':
      return <SeriesRowView key={row.row.thumbnail} row={row.row} columns={columns} />;
    case 'note':
      return <NoteRowView row={row} />;
  }
}

/** From a series back to its study; from a closed study nowhere. */
function leave(row: LibraryRow): void {
  const study = studyOf(row);
  if (study && row.kind !== 'study') selectOne(study.studyId, selectionStore.getState().anchor);
}
