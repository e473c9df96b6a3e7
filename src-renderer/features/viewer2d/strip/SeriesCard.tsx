/** One series of the rail, and its stacks when it has several. */
import { useState } from 'react';
import { useStore } from 'zustand';
import type { SeriesRow } from '../../../../src-shared/contract';
import type { Stack } from '../../../../src-shared/dicom/stack';
import { thumbnailUrl } from '../../../host';
import { openStudiesStore } from '../../../viewing/openStudies';
import { classes } from '../../../ui';
import { t } from '../../../strings';
import { attempt } from '../session/attempt';
import { showSeries } from '../session/loading';
import { startEntryDrag } from './entryDrag';

interface CardProps {
  readonly row: SeriesRow;
  readonly shownStacks: string;
}

export function SeriesCard({ row, shownStacks }: CardProps) {
  const stacks = useStore(openStudiesStore, (state) => state.stacks.get(row.seriesId)?.stacks);
  const imageCount = stacks ? stacks.reduce((sum, { images }) => sum + images.length, 0) : row.imageCount;
  const isShown = shownStacks.includes(`|${String(row.seriesId)}/`);
  const { series, seriesId } = row;
  const title = series.description || series.protocolName || t('reading.rail.untitled');
  const number = series.number === null ? '' : `${String(series.number)} · `;
  return (
    <li className={classes('strip-series', isShown && 'is-shown')}>
      <button
        type="button"
        className="strip-card"
        draggable
        data-entry
        data-testid={`series-card-${String(seriesId)}`}
        data-shown={isShown}
        title={`${title}\n${t('reading.rail.hint')}`}
        onDragStart={(event) => startEntryDrag(event, { seriesId, stackIndex: 0 })}
        onClick={() => attempt(showSeries({ seriesId, stackIndex: 0 }))}
      >
        <Thumbnail row={row} />
        <span className="strip-text">
          <strong>{title}</strong>
          <span>{`${number}${series.modality}`}</span>
          <span>{t('reading.rail.images', { count: imageCount })}</span>
          {row.missingCount > 0 && <em>{t('reading.rail.missing', { count: row.missingCount })}</em>}
        </span>
      </button>
      {stacks && stacks.length > 1 && <StackChoices seriesId={seriesId} stacks={stacks} shownStacks={shownStacks} />}
    </li>
  );
}

function Thumbnail({ row }: { readonly row: SeriesRow }) {
  const [isBroken, setBroken] = useState(false);
  if (row.thumbnail !== 'ready' || isBroken)
    return (
      <span className={classes('strip-thumbnail', row.thumbnail === 'pending' && 'is-pending')}>
        {row.thumbnail === 'none' ? t('reading.rail.noPicture') : ''}
      </span>
    );
  return (
    <img
      className="strip-thumbnail"
      src={thumbnailUrl(row.seriesId)}
      alt=""
      draggable={false}
      onError={() => setBroken(true)}
    />
  );
}

interface ChoicesProps {
  readonly seriesId: number;
  readonly stacks: readonly Stack[];
  readonly shownStacks: string;
}

/** Why the series was split, and its parts. */
function StackChoices({ seriesId, stacks, shownStacks }: ChoicesProps) {
  const reasons = [...new Set(stacks.flatMap((stack) => stack.splitBy))].map((reason) => t(`reading.split.${reason}`));
  return (
    <div className="strip-stacks">
      {reasons.length > 0 && <small>{t('reading.split.reason', { reasons: reasons.join(', ') })}</small>}
      {stacks.map((stack, stackIndex) => {
        const isShown = shownStacks.includes(`|${String(seriesId)}/${stack.id}|`);
        return (
          <button
            key={stack.id}
            type="button"
            draggable
            data-entry
            data-testid={`stack-${String(seriesId)}-${String(stackIndex)}`}
            className={classes('strip-stack', isShown && 'is-shown')}
            onDragStart={(event) => startEntryDrag(event, { seriesId, stackIndex })}
            onClick={() => attempt(showSeries({ seriesId, stackIndex }))}
          >
            <span>{stack.label || String(stackIndex + 1)}</span>
            <span>{stack.images.length}</span>
          </button>
        );
      })}
    </div>
  );
}
