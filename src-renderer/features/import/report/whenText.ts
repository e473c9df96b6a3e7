const when = new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'short' });

/** `2026-03-14 09:05`, in the machine's own time. */
export function whenText(atMs: number): string {
  return when.format(atMs);
}
