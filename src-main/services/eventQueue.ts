/** Turns pushes into an iteration for one reader. Pushing never waits; what was pushed before the end is still read. */
export class EventQueue<T> implements AsyncIterable<T> {
  readonly #waiting: T[] = [];
  #end: { readonly error: Error | null } | null = null;
  #wake: (() => void) | null = null;

  push(event: T): void {
    if (this.#end) return;
    this.#waiting.push(event);
    this.#wake?.();
  }

  /** The reader gets what is waiting, then the end. */
  close(): void {
    this.#end ??= { error: null };
    this.#wake?.();
  }

  /** The reader gets what is waiting, then `error` thrown. */
  fail(error: Error): void {
    this.#end ??= { error };
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) {
      const next = this.#waiting.splice(0);
      yield* next;
      if (this.#waiting.length > 0) continue;
      if (this.#end) {
        if (this.#end.error) throw this.#end.error;
        return;
      }
      await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#wake = null;
    }
  }
}
