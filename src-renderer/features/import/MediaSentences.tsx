import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { MediaReconciliation } from '../../../src-shared/contract';
import { t } from '../../strings';
import { classes } from '../../ui';
import { isMediumWhole, mediaSentence } from './mediaText';
import './import.css';

export interface MediaSentencesProps {
  readonly media: readonly MediaReconciliation[];
  /** Everything was looked at. */
  readonly isOver: boolean;
}

/** What each DICOMDIR announces against what is there, and what is odd about it itself. */
export function MediaSentences({ media, isOver }: MediaSentencesProps) {
  return (
    <ul className="import-media">
      {media.map((medium) => (
        <Medium key={medium.path} medium={medium} isOver={isOver} isAlone={media.length === 1} />
      ))}
    </ul>
  );
}

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
