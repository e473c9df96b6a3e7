import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { MediaReconciliation } from '../../../src-shared/contract';
import { t } from '../../strings';
import { classes } from '../../ui';
import { isMediumWhole, manyMediaSentence, mediaSentence } from './mediaText';
import './import.css';

export interface MediaSentencesProps {
  readonly media: readonly MediaReconciliation[];
  /** Everything was looked at. */
  readonly isOver: boolean;
}

/** The odd ones first: what each DICOMDIR announces against what is there, and what is odd about it itself. */
export function MediaSentences({ media, isOver }: MediaSentencesProps) {
  const list = (
    <ul className="import-media">
      {[...media]
        .sort((a, b) => Number(isMediumWhole(a)) - Number(isMediumWhole(b)))
        .map((medium) => (
          <Medium key={medium.path} medium={medium} isOver={isOver} isAlone={media.length === 1} />
        ))}
    </ul>
  );
  if (media.length <= SAID_SINGLY) return list;
  const isOdd = isOver && !media.every(isMediumWhole);
  return (
    <details className="import-many-media">
      <summary className={classes(isOdd && 'is-caution')} data-testid="media-sentence">
        {manyMediaSentence(media)}
      </summary>
      {list}
    </details>
  );
}

/** More directories than these are summed up. */
const SAID_SINGLY = 3;

interface MediumProps {
  readonly medium: MediaReconciliation;
  readonly isOver: boolean;
  readonly isAlone: boolean;
}

function Medium({ medium, isOver, isAlone }: MediumProps) {
  const isOdd = isOver && !isMediumWhole(medium);
  const isWhole = isOver && isMediumWhole(medium);
  const sentence = mediaSentence(medium, isOver);
  return (
    <li className={classes(isOdd && 'is-caution')} data-testid="media-sentence">
      {isOdd && <TriangleAlert size={14} strokeWidth={1.5} />}
      {isWhole && <CircleCheck size={14} strokeWidth={1.5} className="is-complete" />}
      <div className="ui-selectable">
        {isAlone ? sentence : t('import.media.of', { path: medium.path, sentence })}
        {medium.issues.length > 0 && (
          <details>
            <summary>{t('import.media.issues')}</summary>
            <ul>
              {medium.issues.map((issue) => (
                <li key={issue}>{issue}</li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </li>
  );
}
