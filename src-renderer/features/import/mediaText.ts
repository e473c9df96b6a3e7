/** What a DICOMDIR says and what the medium holds, as one sentence. */
import type { MediaReconciliation } from '../../../src-shared/contract';
import { formatCount, t } from '../../strings';

/** `isOver`: everything was looked at; before that nothing is called missing. */
export function mediaSentence(media: MediaReconciliation, isOver: boolean): string {
  const { announced, found, unreadable, missing, unlisted } = media;
  const values = { announced: formatCount(announced) };
  if (!isOver) return t('import.media.soFar', { ...values, found: formatCount(found) });
  if (found === announced && unlisted === 0) return t('import.media.all', values);
  if (found === announced) return t('import.media.allAndUnlisted', { ...values, count: unlisted });
  const parts = [
    t('import.media.found', { count: found }),
    unreadable > 0 && t('import.media.unreadable', { count: unreadable }),
    missing > 0 && t('import.media.missing', { count: missing }),
    unlisted > 0 && t('import.media.unlisted', { count: unlisted }),
  ];
  return t('import.media.sentence', { ...values, parts: parts.filter((part) => part !== false).join(', ') });
}

/** Whether the medium holds what its directory announces. */
export function isMediumWhole({ announced, found }: MediaReconciliation): boolean {
  return announced === found;
}
