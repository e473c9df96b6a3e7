/** Pauses an import while the library's disk has no room for what comes next. */
import { AppError } from '../../src-shared/base/appError';
import type { ImportPause } from '../../src-shared/contract';
import type { DiskRoom } from './diskRoom';
import type { PauseGate } from './pauseGate';

export interface DiskPausesOptions {
  readonly room: DiskRoom;
  readonly gate: PauseGate;
  readonly signal: AbortSignal;
  /** What the whole import still has to write; `null` while it is not known. */
  readonly bytesLeft: () => number | null;
}

export class DiskPauses {
  readonly #options: DiskPausesOptions;

  constructor(options: DiskPausesOptions) {
    this.#options = options;
  }

  async lackFor(bytes: () => Promise<number>): Promise<ImportPause | null> {
    const wanted = await bytes();
    return this.#options.room.lack(wanted, this.#options.bytesLeft() ?? wanted);
  }

  /** The disk said that it is full, whatever its figures say: waits at least once. */
  async pauseOnFull(bytes: () => Promise<number>): Promise<void> {
    const { gate, room, bytesLeft } = this.#options;
    let isFirst = true;
    await gate.pass(async () => {
      const lack = await this.lackFor(bytes);
      if (lack || !isFirst) return lack;
      isFirst = false;
      return room.full(bytesLeft() ?? (await bytes()));
    });
  }

  /** Tries until `write` says that it is done, or the import is cancelled. */
  async untilDone(write: () => boolean): Promise<void> {
    while (!write() && !this.#options.signal.aborted) await this.pauseOnFull(() => Promise.resolve(0));
  }

  /** Does `work` until the disk has room for it; `null` when cancelled before. @throws what `work` throws otherwise */
  async untilRoom<T>(work: () => T): Promise<T | null> {
    do {
      try {
        return work();
      } catch (thrown) {
        if (!(thrown instanceof AppError) || thrown.code !== 'store/disk-full') throw thrown;
        await this.pauseOnFull(() => Promise.resolve(0));
      }
    } while (!this.#options.signal.aborted);
    return null;
  }
}
