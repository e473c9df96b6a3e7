import { FileText } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { SeriesRow } from '../../../../src-shared/contract';
import { thumbnailUrl } from '../../../host';
import { formatCount, t } from '../../../strings';
import { classes } from '../../../ui';
import { shownDate, shownTime } from '../present';
import { Missing } from './Badges';
import type { ColumnId } from './columnIds';
import type { LibraryRow } from './rowModel';

/** What says whose study it is says nothing of a series: its picture and name stand there instead. */
const PATIENT_COLUMNS: ReadonlySet<string> = new Set<ColumnId>(['patientName', 'patientId', 'birthDate', 'sex']);

/** A series under its study, its facts in the columns they belong to. `columns`: those shown, in their order. */
export function SeriesRowView({ row, columns }: { readonly row: SeriesRow; readonly columns: readonly string[] }) {
  const rest = columns.findIndex((id) => !PATIENT_COLUMNS.has(id));
  const main = rest < 0 ? columns.length : rest;
  return (
    <>
      <MainCell row={row} span={main} />
      {columns.slice(main).map((id) => (
        <div
          key={id}
          role="gridcell"
          className={classes('ui-table-cell', 'is-secondary', id === 'instanceCount' && 'is-end')}
        >
          {seriesFact(row, id)}
        </div>
      ))}
    </>
  );
}

function MainCell({ row, span }: { readonly row: SeriesRow; readonly span: number }) {
  const { series } = row;
  return (
    <div role="gridcell" className="library-series-main" style={{ gridColumn: `1 / span ${span}` }}>
      <Thumbnail row={row} />
      <span className="library-series-number">{series.number ?? '–'}</span>
      <span className={classes('library-series-text', series.description === '' && 'is-absent')}>
        {series.description || series.protocolName || t('library.series.noDescription')}
      </span>
      <span className="library-marks">{row.missingCount > 0 && <Missing count={row.missingCount} />}</span>
    </div>
  );
}

function seriesFact(row: SeriesRow, column: string): ReactNode {
  const { series } = row;
  switch (column) {
    case 'studyDate':
      return (
        <>
          {shownDate(series.date)}
          {series.time !== '' && <span className="library-time">{shownTime(series.time)}</span>}
        </>
      );
    case 'description':
      return [series.bodyPart, series.protocolName === series.description ? '' : series.protocolName]
        .filter(Boolean)
        .join(' · ');
    case 'modalities':
      return series.modality;
    case 'bodyPart':
      return series.bodyPart;
    case 'instanceCount':
      return formatCount(row.imageCount > 0 ? row.imageCount : row.instanceCount);
    case 'source':
      return row.imageCount === 0 ? t('library.series.objects', { count: row.instanceCount }) : '';
    default:
      return '';
  }
}

/** A series in one picture; a quiet shimmer until the picture is made. */
export function Thumbnail({ row }: { readonly row: SeriesRow }) {
  const [isShown, setShown] = useState(false);
  if (row.thumbnail === 'none') {
    return (
      <span className="library-thumbnail">
        <FileText size={18} strokeWidth={1.5} />
      </span>
    );
  }
  return (
    <span className={classes('library-thumbnail', !isShown && 'is-pending')}>
      {row.thumbnail === 'ready' && (
        <img
          src={thumbnailUrl(row.seriesId)}
          alt=""
          draggable={false}
          className={isShown ? 'is-shown' : undefined}
          onLoad={() => setShown(true)}
        />
      )}
    </span>
  );
}

/** In place of series: they are being read, there are none, or why they could not be read. */
export function NoteRowView({ row }: { readonly row: Extract<LibraryRow, { kind: 'note' }> }) {
  const text = {
    loading: t('library.series.loading'),
    none: t('library.series.none'),
    failed: t('library.series.failed', { reason: row.reason }),
  }[row.note];
  return (
    <div role="gridcell" className={classes('library-note', row.note === 'failed' && 'is-failed')}>
      {text}
    </div>
  );
}
