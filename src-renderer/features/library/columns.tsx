import { ChevronRight, TriangleAlert } from 'lucide-react';
import type { StudyRow } from '../../../src-shared/contract';
import { formatCount, t } from '../../strings';
import { classes, Tooltip, type Column } from '../../ui';
import { setExpanded } from './libraryView';
import { otherNames, shownDate, shownName, shownTime } from './present';
import type { LibraryRow } from './rows';
import type { ColumnId } from './sorting';

interface Shape {
  readonly id: ColumnId;
  readonly width: number;
  readonly grow?: number;
  readonly align?: 'end';
  readonly cell: (row: StudyRow, context: { isSamePatient: boolean; isExpanded: boolean }) => React.ReactNode;
}

/** Widths hold what the columns usually hold; patient, description and source share what the screen has more. */
const SHAPES: readonly Shape[] = [
  { id: 'name', width: 224, grow: 3, cell: (row, context) => <NameCell row={row} {...context} /> },
  {
    id: 'patientId',
    width: 120,
    grow: 1,
    cell: ({ patient }, context) => <Repeated {...context}>{patient.patientId}</Repeated>,
  },
  {
    id: 'birthDate',
    width: 96,
    cell: ({ patient }, context) => <Repeated {...context}>{shownDate(patient.birthDate)}</Repeated>,
  },
  { id: 'sex', width: 48, cell: ({ patient }, context) => <Repeated {...context}>{patient.sex}</Repeated> },
  { id: 'studyDate', width: 140, cell: ({ study }) => <DateCell date={study.date} time={study.time} /> },
  { id: 'description', width: 184, grow: 4, cell: ({ study }) => study.description },
  { id: 'modalities', width: 84, cell: ({ modalities }) => modalities.join(' ') },
  { id: 'series', width: 64, align: 'end', cell: ({ seriesCount }) => formatCount(seriesCount) },
  { id: 'images', width: 72, align: 'end', cell: ({ instanceCount }) => formatCount(instanceCount) },
  { id: 'accession', width: 112, grow: 1, cell: ({ study }) => study.accessionNumber },
  { id: 'source', width: 160, grow: 2, cell: (row) => <SourceCell row={row} /> },
];

/** The columns of the library; only studies are drawn cell by cell. */
export function libraryColumns(): readonly Column<LibraryRow>[] {
  return SHAPES.map(({ cell, ...shape }) => ({
    ...shape,
    title: t(`library.columns.${shape.id}`),
    minWidth: 40,
    cell: (row) => (row.kind === 'study' ? cell(row.row, row) : null),
  }));
}

interface NameCellProps {
  readonly row: StudyRow;
  readonly isSamePatient: boolean;
  readonly isExpanded: boolean;
}

function NameCell({ row, isSamePatient, isExpanded }: NameCellProps) {
  const name = shownName(row.patient.name);
  const others = otherNames(row.patient.name);
  return (
    <div className="library-name">
      <button
        type="button"
        tabIndex={-1}
        className={classes('library-chevron', isExpanded && 'is-open')}
        aria-label={isExpanded ? t('library.menu.hideSeries') : t('library.menu.showSeries')}
        onClick={() => setExpanded(row.studyId, !isExpanded)}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        <ChevronRight size={14} strokeWidth={1.5} />
      </button>
      <span className={classes('library-name-text', isSamePatient && 'is-repeated', name === '' && 'is-absent')}>
        {name === '' && others === '' ? t('library.noName') : name}
      </span>
      {others !== '' && <span className="library-other-names">{others}</span>}
    </div>
  );
}

/** What the row above already says is said quietly. */
function Repeated({ isSamePatient, children }: { readonly isSamePatient: boolean; readonly children: string }) {
  return (
    <span className={isSamePatient ? 'is-repeated' : undefined} title={children}>
      {children}
    </span>
  );
}

function DateCell({ date, time }: { readonly date: string; readonly time: string }) {
  return (
    <>
      {shownDate(date)}
      {time !== '' && <span className="library-time">{shownTime(time)}</span>}
    </>
  );
}

function SourceCell({ row }: { readonly row: StudyRow }) {
  return (
    <div className="library-source">
      {row.missingCount > 0 && <Missing count={row.missingCount} />}
      <span className="library-source-text" title={row.source}>
        {row.source}
      </span>
    </div>
  );
}

/** Files that are not where they were. */
export function Missing({ count }: { readonly count: number }) {
  return (
    <Tooltip text={t('library.missingHint', { count })}>
      <span className="library-missing">
        <TriangleAlert size={12} strokeWidth={2} />
        {t('library.missing', { missing: formatCount(count) })}
      </span>
    </Tooltip>
  );
}
