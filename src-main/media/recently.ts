/** An answer that may be a little old, for questions that are asked many times in a row. */
export function recently<T>(ask: () => Promise<T>, forMs: number): () => Promise<T> {
  let last: { readonly answer: Promise<T>; readonly atMs: number } | null = null;
  return () => {
    const atMs = performance.now();
    if (!last || atMs - last.atMs > forMs) last = { answer: ask(), atMs };
    return last.answer;
  };
}
