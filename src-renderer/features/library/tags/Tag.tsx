import { X } from 'lucide-react';
import type { CSSProperties } from 'react';
import { t } from '../../../strings';

/** Degrees between neighbouring hues: far enough apart to be told from each other, none of them the amber of caution. */
const HUES = [205, 265, 320, 350, 150, 175, 95, 235] as const;

/** The same name has the same colour everywhere, for everybody. */
export function tagHue(tag: string): number {
  let sum = 0;
  for (const letter of tag.toLowerCase()) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return HUES[sum % HUES.length] ?? HUES[0];
}

export interface TagProps {
  readonly tag: string;
  /** Absent: it cannot be taken off here. */
  readonly onRemove?: () => void;
}

/** One tag, in its quiet colour. */
export function Tag({ tag, onRemove }: TagProps) {
  const style: CSSProperties & Record<'--hue', number> = { '--hue': tagHue(tag) };
  return (
    <span className="library-tag" style={style} title={tag}>
      <span>{tag}</span>
      {onRemove && (
        <button type="button" aria-label={t('library.tags.remove', { tag })} onClick={onRemove}>
          <X size={10} strokeWidth={2} />
        </button>
      )}
    </span>
  );
}

export function TagList({ tags }: { readonly tags: readonly string[] }) {
  return (
    <span className="library-tags">
      {tags.map((tag) => (
        <Tag key={tag} tag={tag} />
      ))}
    </span>
  );
}
