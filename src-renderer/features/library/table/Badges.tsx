/** What is wrong with a study, in amber: a count in the row, the sentence on hover. */
import { CopyX, TriangleAlert } from 'lucide-react';
import { formatCount, t } from '../../../strings';
import { Tooltip } from '../../../ui';

interface BadgeProps {
  readonly count: number;
  /** The number alone. */
  readonly isShort?: boolean;
}

/** Files that are not where they were. */
export function Missing({ count, isShort = false }: BadgeProps) {
  return (
    <Tooltip text={t('library.missingHint', { count })}>
      <span className="library-caution">
        <TriangleAlert size={12} strokeWidth={2} />
        {isShort ? formatCount(count) : t('library.missing', { missing: formatCount(count) })}
      </span>
    </Tooltip>
  );
}

/** Files that came again with another content. */
export function Aside({ count, isShort = false }: BadgeProps) {
  return (
    <Tooltip text={t('library.asideHint', { count })}>
      <span className="library-caution" data-testid="aside-badge">
        <CopyX size={12} strokeWidth={2} />
        {isShort ? formatCount(count) : t('library.aside', { aside: formatCount(count) })}
      </span>
    </Tooltip>
  );
}
