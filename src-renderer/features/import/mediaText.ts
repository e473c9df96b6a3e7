/** What a DICOMDIR says and what the medium holds, as one sentence. */
import type { MediaReconciliation } from '../../../src-shared/contract';
import { formatCount, t } from '../../strings';

/** `isOver`: everything was looked at; before that nothing is called missing. */
export function mediaSentence(media: MediaReconciliation, isOver: boolean): string {
  const announces = t('import.media.announces', { count: media.announced });
  const parts = isOver ? partsOf(media) : [t('import.media.soFar', { count: media.found })];
  return t('import.media.sentence', { announces, parts: parts.join(', ') });
}

function partsOf({ announced, found, unreadable, missing, unlisted }: MediaReconciliation): readonly string[] {
  const parts = [
    found === announced ? t('import.media.all') : t('import.media.found', { count: found }),
    unreadable > 0 && t('import.media.unreadable', { count: unreadable }),
    missing > 0 && t('import.media.missing', { count: missing }),
    unlisted > 0 && t('import.media.unlisted', { count: unlisted }),
  ];
  return parts.filter((part) => part !== false);
}

/** Several directories in one sentence. */
export function manyMediaSentence(media: readonly MediaReconciliation[]): string {
  const odd = media.filter((medium) => !isMediumWhole(medium)).length;
  if (odd === 0) return t('import.media.many', { count: media.length });
  return t('import.media.manyOdd', { count: media.length, odd: formatCount(odd) });
}

/** Whether the medium holds what its directory announces. */
export function isMediumWhole({ announced, found }: MediaReconciliation): boolean {
  return announced === found;
}
