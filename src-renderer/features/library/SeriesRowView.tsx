import { FileText } from 'lucide-react';
import { useState } from 'react';
import type { SeriesRow } from '../../../src-shared/contract';
import { thumbnailUrl } from '../../host';
import { formatCount, t } from '../../strings';
import { classes } from '../../ui';
import { Missing } from './columns';
import { shownDate, shownTime } from './present';
import type { LibraryRow } from './rows';

/** A series under its study, its facts in the columns they belong to. */
export function SeriesRowView({ row }: { readonly row: SeriesRow }) {
  const { series } = row;
  return (
    <>
      <div role="gridcell" className="library-series-main">
        <Thumbnail row={row} />
        <span className="library-series-number">{series.number ?? '–'}</span>
        <span className={classes('library-series-text', series.description === '' && 'is-absent')}>
          {series.description || series.protocolName || t('library.series.noDescription')}
        </span>
      </div>
      <div role="gridcell" className="ui-table-cell library-series-date">
        {shownDate(series.date)}
        {series.time !== '' && <span className="library-time">{shownTime(series.time)}</span>}
      </div>
      <div role="gridcell" className="ui-table-cell is-secondary">
        {[series.bodyPart, series.protocolName === series.description ? '' : series.protocolName]
          .filter(Boolean)
          .join(' · ')}
      </div>
      <div role="gridcell" className="ui-table-cell">
        {series.modality}
      </div>
      <div role="gridcell" className="ui-table-cell" />
      <div role="gridcell" className="ui-table-cell is-end">
        {formatCount(row.imageCount > 0 ? row.imageCount : row.instanceCount)}
      </div>
      <div role="gridcell" className="ui-table-cell library-series-rest">
        {row.missingCount > 0 && <Missing count={row.missingCount} />}
        {row.imageCount === 0 && t('library.series.objects', { count: row.instanceCount })}
      </div>
    </>
  );
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
