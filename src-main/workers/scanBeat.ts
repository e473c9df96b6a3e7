/**
 * How far a scanning worker is, told through shared memory, because it works synchronously and could not answer: which
 * slice it reads, and that it still moves. A worker that does not move for long is stuck in a bad sector or a bad file.
 */

const SLICE = 0;
const MOVES = 1;
const KIBIBYTES = 2;
const STOP = 3;
const CELLS = 4;

export interface ScanPosition {
  /** Index of the slice that is being read; -1 before the first, and while finished files are flushed. */
  readonly slice: number;
  /** Grows with every read; wraps. */
  readonly moves: number;
  /** Read in this request. */
  readonly kibibytes: number;
}

/** Thrown inside the worker once it was told to stop. */
export class ScanStopped extends Error {}

export class ScanBeat {
  readonly #cells: Int32Array<SharedArrayBuffer>;

  /** The pool makes the memory, the worker is given it. */
  constructor(readonly memory = new SharedArrayBuffer(CELLS * Int32Array.BYTES_PER_ELEMENT)) {
    this.#cells = new Int32Array(memory);
  }

  /** By the worker. @throws ScanStopped */
  startSlice(index: number): void {
    Atomics.store(this.#cells, SLICE, index + 1);
    this.move(0);
  }

  /** By the worker: all is read, what was copied is flushed now. */
  startFlush(): void {
    Atomics.store(this.#cells, SLICE, 0);
    Atomics.add(this.#cells, MOVES, 1);
  }

  /** By the worker, after each read. @throws ScanStopped */
  move(bytes: number): void {
    Atomics.add(this.#cells, MOVES, 1);
    Atomics.add(this.#cells, KIBIBYTES, Math.round(bytes / 1024));
    if (Atomics.load(this.#cells, STOP) === 1) throw new ScanStopped();
  }

  /** By the pool. */
  stop(): void {
    Atomics.store(this.#cells, STOP, 1);
  }

  /** By the pool. */
  position(): ScanPosition {
    return {
      slice: Atomics.load(this.#cells, SLICE) - 1,
      moves: Atomics.load(this.#cells, MOVES),
      kibibytes: Atomics.load(this.#cells, KIBIBYTES),
    };
  }
}
