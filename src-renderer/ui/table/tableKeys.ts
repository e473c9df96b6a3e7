/** Where the selection of a table goes for a key; `null` when the key does not move it. */
export function movedIndex(key: string, at: { index: number; count: number; page: number }): number | null {
  const { index, count, page } = at;
  if (count === 0) return null;
  const last = count - 1;
  const from = (step: number) => Math.min(Math.max(index + step, 0), last);
  switch (key) {
    case 'ArrowDown':
      return index < 0 ? 0 : from(1);
    case 'ArrowUp':
      return index < 0 ? last : from(-1);
    case 'PageDown':
      return from(Math.max(page, 1));
    case 'PageUp':
      return from(-Math.max(page, 1));
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
