import { useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { t } from '../../strings';
import { ContextMenu, DataTable, type MenuItems } from '../../ui';
import { runCommand } from '../../viewing/commands';
import { libraryColumns } from './columns';
import { libraryViewStore, resizeColumn, select, setExpanded, sortBy } from './libraryView';
import { rowFacts, studyKey, studyOf, type LibraryRow } from './rows';
import { NoteRowView, SeriesRowView } from './SeriesRowView';

export interface LibraryTableProps {
  readonly rows: readonly LibraryRow[];
  readonly onOpenStudy: (studyId: number) => void;
}

/** Patients and studies, and the series of those that are open. */
export function LibraryTable({ rows, onOpenStudy }: LibraryTableProps) {
  const { sort, widths, selectedKey } = useStore(libraryViewStore);
  const columns = useMemo(libraryColumns, []);
  const table = useRef<HTMLDivElement | null>(null);

  // Never out of a field: the table also appears while the filter is being typed.
  useEffect(() => {
    if (document.activeElement === document.body) table.current?.focus({ preventScroll: true });
  }, []);

  return (
    <ContextMenu items={menuItems(rows.find((row) => rowFacts(row).key === selectedKey))}>
      <div className="library-table">
        <DataTable
          label={t('library.table')}
          columns={columns}
          rows={rows}
          facts={rowFacts}
          renderWide={wideRow}
          sort={sort}
          onSort={sortBy}
          widths={widths}
          onResize={resizeColumn}
          sortLabel={(column) => t('library.sortHint', { column })}
          resizeLabel={t('library.resizeHint')}
          selectedKey={selectedKey}
          onSelect={(row) => select(rowFacts(row).key)}
          onActivate={(row) => onOpenStudy(studyOf(row).studyId)}
          onExpand={(row, isExpanded) => setExpanded(studyOf(row).studyId, isExpanded)}
          onLeave={leave}
          bodyRef={(element) => {
            table.current = element;
          }}
        />
      </div>
    </ContextMenu>
  );
}

function wideRow(row: LibraryRow) {
  switch (row.kind) {
    case 'study':
      return null;
    case 'series':
      return <SeriesRowView key={row.row.thumbnail} row={row.row} />;
    case 'note':
      return <NoteRowView row={row} />;
  }
}

/** From a series back to its study; from a closed study nowhere. */
function leave(row: LibraryRow): void {
  if (row.kind !== 'study') select(studyKey(row.study.studyId));
}

function menuItems(row: LibraryRow | undefined): MenuItems {
  if (!row) return [];
  const isExpanded = row.kind !== 'study' || row.isExpanded;
  const item = (id: string, label: string, keys?: string) => ({ id, label, keys, onSelect: () => void runCommand(id) });
  return [
    [
      item('library.open', t('library.menu.open'), 'Enter'),
      item('library.expand', isExpanded ? t('library.menu.hideSeries') : t('library.menu.showSeries'), 'Space'),
    ],
    [
      item('library.copyId', t('library.menu.copyId'), '$mod+c'),
      item('library.copyAccession', t('library.menu.copyAccession')),
    ],
    [item('library.checkFiles', t('library.menu.check'))],
  ];
}
