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

  /**
   * Every change from now on; first, at once, the present revision without studies, so that a mirror which read the
   * library before it listened sees whether it missed something. Ends when `signal` aborts or the feed is disposed.
   */
  listen(signal?: AbortSignal): AsyncGenerator<LibraryChange, void, undefined> {
    const queue = new EventQueue<LibraryChange>();
    const end = () => queue.close();
    queue.push({ revision: this.#revision, studyIds: [] });
    this.#listeners.add(queue);
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted) end();
    return this.#drain(queue, () => signal?.removeEventListener('abort', end));
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    for (const listener of this.#listeners) listener.close();
  }

  async *#drain(queue: EventQueue<LibraryChange>, release: () => void): AsyncGenerator<LibraryChange, void, undefined> {
    try {
      yield* queue;
    } finally {
      release();
      this.#listeners.delete(queue);
    }
  }

  #tell(): void {
    this.#timer = null;
    this.#revision += 1;
    const change: LibraryChange = { revision: this.#revision, studyIds: [...this.#changed] };
    this.#changed.clear();
    for (const listener of this.#listeners) listener.push(change);
  }
}
