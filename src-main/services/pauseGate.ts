/** Where an import waits while it cannot go on: a full disk, a medium that was pulled out. Waiting loses nothing. */
import { setTimeout as delay } from 'node:timers/promises';
import type { ImportPause } from '../../src-shared/contract';

export interface PauseGateOptions {
  readonly signal: AbortSignal;
  /** How often it is looked whether the cause is gone. */
  readonly pollMs: number;
  readonly onPaused: (pause: ImportPause) => void;
  readonly onResumed: () => void;
}

/** What is wrong, or `null` when nothing is. */
export type Trouble = () => Promise<ImportPause | null>;

export class PauseGate {
  readonly #options: PauseGateOptions;
  /** The pause that everybody waits for. */
  #current: Promise<void> | null = null;
  #hurry: (() => void) | null = null;

  constructor(options: PauseGateOptions) {
    this.#options = options;
  }

  get isPaused(): boolean {
    return this.#current !== null;
  }

  /**
   * Goes through at once where nothing is wrong; otherwise everybody waits here until nothing is, or the import is
   * cancelled. Gives whether there was a pause.
   */
  async pass(trouble: Trouble): Promise<boolean> {
    let hasWaited = false;
    for (;;) {
      if (this.#options.signal.aborted) return hasWaited;
      if (this.#current) {
        hasWaited = true;
        await this.#current;
      } else {
        const pause = await trouble();
        if (!pause) return hasWaited;
        // Another may have stopped everybody while the question was open.
        this.#current ??= this.#wait(pause, trouble).finally(() => (this.#current = null));
      }
    }
  }

  /** Looks again at once. */
  hurry(): void {
    this.#hurry?.();
  }

  async #wait(pause: ImportPause, trouble: Trouble): Promise<void> {
    const { signal, pollMs, onPaused, onResumed } = this.#options;
    let told = pause;
    onPaused(pause);
    for (;;) {
      await this.#sleep(signal, pollMs);
      const still = signal.aborted ? null : await trouble();
      if (!still) break;
      if (JSON.stringify(still) !== JSON.stringify(told)) onPaused(still);
      told = still;
    }
    if (!signal.aborted) onResumed();
  }

  async #sleep(signal: AbortSignal, pollMs: number): Promise<void> {
    const hurried = new AbortController();
    this.#hurry = () => hurried.abort();
    await delay(pollMs, undefined, { signal: AbortSignal.any([signal, hurried.signal]) }).catch(() => undefined);
    this.#hurry = null;
  }
}
