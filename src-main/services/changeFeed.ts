/** Tells everyone who listens which studies changed, at most ten times a second. */
import type { LibraryChange } from '../../src-shared/contract';
import { EventQueue } from './eventQueue';

const INTERVAL_MS = 100;

export class ChangeFeed {
  readonly #listeners = new Set<EventQueue<LibraryChange>>();
  readonly #changed = new Set<number>();
  #revision = 1;
  #timer: NodeJS.Timeout | null = null;

  /** Grows by one with each change that is told. */
  get revision(): number {
    return this.#revision;
  }

  announce(studyIds: Iterable<number>): void {
    for (const id of studyIds) this.#changed.add(id);
    if (this.#changed.size === 0) return;
    this.#timer ??= setTimeout(() => this.#tell(), INTERVAL_MS).unref();
  }

  /** Ends when `signal` aborts or the feed is disposed. */
  async *listen(signal?: AbortSignal): AsyncGenerator<LibraryChange, void, undefined> {
    const queue = new EventQueue<LibraryChange>();
    const end = () => queue.close();
    if (signal?.aborted) return;
    signal?.addEventListener('abort', end, { once: true });
    this.#listeners.add(queue);
    try {
      yield* queue;
    } finally {
      signal?.removeEventListener('abort', end);
      this.#listeners.delete(queue);
    }
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    for (const listener of this.#listeners) listener.close();
  }

  #tell(): void {
    this.#timer = null;
    this.#revision += 1;
    const change: LibraryChange = { revision: this.#revision, studyIds: [...this.#changed] };
    this.#changed.clear();
    for (const listener of this.#listeners) listener.push(change);
  }
}
