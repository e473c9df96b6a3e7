import { ChevronRight, Pin } from 'lucide-react';
import type { StudyRow } from '../../../../src-shared/contract';
import { formatBytes, formatCount, t } from '../../../strings';
import { classes, Tooltip, type Column } from '../../../ui';
import { setExpanded } from '../libraryView';
import { otherNames, shownDate, shownMoment, shownName, shownTime } from '../present';
import { Aside, Missing } from './Badges';
import { COLUMN_IDS, isSortColumn, type ColumnId } from './columnIds';
import type { LibraryRow } from './rowModel';
import { TagList } from '../tags/Tag';

interface Context {
  readonly isSamePatient: boolean;
  readonly isExpanded: boolean;
}

interface Shape {
  readonly id: ColumnId;
  readonly width: number;
  readonly grow?: number;
  readonly align?: 'end';
  readonly cell: (row: StudyRow, context: Context) => React.ReactNode;
}

/** Widths hold what the columns usually hold; patient, description and source share what the screen has more. */
const SHAPES: Readonly<Record<ColumnId, Omit<Shape, 'id'>>> = {
  patientName: { width: 224, grow: 3, cell: (row, context) => <NameCell row={row} {...context} /> },
  patientId: {
    width: 112,
    grow: 1,
    cell: ({ patient }, context) => <Repeated {...context}>{patient.patientId}</Repeated>,
  },
  birthDate: {
    width: 96,
    cell: ({ patient }, context) => <Repeated {...context}>{shownDate(patient.birthDate)}</Repeated>,
  },
  sex: { width: 44, cell: ({ patient }, context) => <Repeated {...context}>{patient.sex}</Repeated> },
  studyDate: { width: 148, cell: ({ study }) => <DateCell date={study.date} time={study.time} /> },
  description: { width: 168, grow: 4, cell: ({ study }) => study.description },
  modalities: { width: 80, cell: ({ modalities }) => modalities.join(' ') },
  bodyPart: { width: 104, cell: ({ bodyParts }) => bodyParts.join(', ') },
  seriesCount: { width: 60, align: 'end', cell: ({ seriesCount }) => formatCount(seriesCount) },
  instanceCount: { width: 68, align: 'end', cell: ({ instanceCount }) => formatCount(instanceCount) },
  accessionNumber: { width: 104, grow: 1, cell: ({ study }) => study.accessionNumber },
  tags: { width: 96, grow: 1, cell: ({ tags }) => <TagList tags={tags} /> },
  institution: { width: 128, grow: 1, cell: ({ study }) => study.institution },
  source: { width: 128, grow: 2, cell: (row) => <SourceCell row={row} /> },
  sizeBytes: { width: 76, align: 'end', cell: ({ sizeBytes }) => formatBytes(sizeBytes) },
  addedAt: { width: 136, cell: ({ addedAtMs }) => shownMoment(addedAtMs) },
  lastOpened: {
    width: 136,
    cell: ({ lastOpenedAtMs }) => (lastOpenedAtMs === null ? '' : shownMoment(lastOpenedAtMs)),
  },
};

/** The chosen columns in their order; only studies are drawn cell by cell. */
export function libraryColumns(shown: readonly ColumnId[]): readonly Column<LibraryRow>[] {
  return COLUMN_IDS.filter((id) => shown.includes(id)).map((id) => {
    const { cell, ...shape } = SHAPES[id];
    return {
      ...shape,
      id,
      title: t(`library.columns.${id}`),
      minWidth: 40,
      isSortable: isSortColumn(id),
      cell: (row) => (row.kind === 'study' ? cell(row.row, row) : null),
    };
  });
}

function NameCell({ row, isSamePatient, isExpanded }: Context & { readonly row: StudyRow }) {
  const name = shownName(row.patient.name);
  const others = otherNames(row.patient.name);
  const isNameless = name === '' && others === '';
  return (
    <div className={classes('library-name', row.isUnread && 'is-unread')}>
      <Chevron studyId={row.studyId} isExpanded={isExpanded} />
      <span className="library-dot" role={row.isUnread ? 'img' : undefined} aria-label={t('library.unread')} />
      <span
        className={classes('library-name-text', isSamePatient && 'is-repeated', isNameless && 'is-absent')}
        title={name}
      >
        {isNameless ? t('library.noName') : name}
      </span>
      {others !== '' && <span className="library-other-names">{others}</span>}
      <span className="library-marks">
        {row.isPinned && <PinMark />}
        {row.missingCount > 0 && <Missing count={row.missingCount} isShort />}
        {row.asideCount > 0 && <Aside count={row.asideCount} isShort />}
      </span>
    </div>
  );
}

function Chevron({ studyId, isExpanded }: { readonly studyId: number; readonly isExpanded: boolean }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes('library-chevron', isExpanded && 'is-open')}
      aria-label={isExpanded ? t('library.menu.hideSeries') : t('library.menu.showSeries')}
      onClick={() => setExpanded(studyId, !isExpanded)}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <ChevronRight size={14} strokeWidth={1.5} />
    </button>
  );
}

function PinMark() {
  return (
    <Tooltip text={t('library.pinned')}>
      <span className="library-pin" role="img" aria-label={t('library.pinned')}>
        <Pin size={12} strokeWidth={1.75} />
      </span>
    </Tooltip>
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
    <span className="library-source-text" title={row.source}>
      {row.source}
    </span>
  );
}
