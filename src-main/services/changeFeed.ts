/** Tells everyone who listens which studies changed, at most ten times a second. */
import type { LibraryChange } from '../../src-shared/contract';
import { EventQueue } from './eventQueue';

const INTERVAL_MS = 100;

export class ChangeFeed {
  readonly #listeners = new Set<EventQueue<LibraryChange>>();
  readonly #changed = new Set<number>();
  #revision = 1;
  #version = 1;
  #timer: NodeJS.Timeout | null = null;

  /** Grows by one with each change that is told. */
  get revision(): number {
    return this.#revision;
  }

  /** Grows with each change at once, before it is told: what was computed under another version is outdated. */
  get version(): number {
    return this.#version;
  }

  announce(studyIds: Iterable<number>): void {
    for (const id of studyIds) this.#changed.add(id);
    this.#version += 1;
    if (this.#changed.size === 0) return;
    this.#schedule();
  }

  /** Something changed and nobody knows what: the revision leaps, so that every mirror reads everything again. */
  announceEverything(): void {
    this.#version += 1;
    this.#revision += 1;
    this.#schedule();
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

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.#tell(), INTERVAL_MS).unref();
  }

  #tell(): void {
    this.#timer = null;
    this.#revision += 1;
    const change: LibraryChange = { revision: this.#revision, studyIds: [...this.#changed] };
    this.#changed.clear();
    for (const listener of this.#listeners) listener.push(change);
  }
}
