/** Bytes on disk as the scanning worker reads them: synchronously, into one reused buffer. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { FileSlice } from '../media/source';

export interface OpenSlice {
  readonly path: string;
  readonly descriptor: number;
  /** Of its first byte in the file. */
  readonly offset: number;
  /** What is really there: less than the slice promised where the file is shorter. */
  readonly sizeBytes: number;
  /** Of the file. */
  readonly mtimeMs: number;
}

/** Gives `null` for what is no file (a folder, a device). @throws what the system throws */
export function withOpenSlice<T>(slice: FileSlice, work: (open: OpenSlice) => T): T | null {
  const { path, offset } = slice;
  const descriptor = openSync(path, 'r');
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return null;
    const there = Math.max(0, stats.size - offset);
    const sizeBytes = Math.min(there, slice.sizeBytes ?? there);
    return work({ path, descriptor, offset, sizeBytes, mtimeMs: stats.mtimeMs });
  } finally {
    closeSync(descriptor);
  }
}

/** Fills `target` from `position` inside the slice; gives how many bytes there were. */
export function readSliceAt(slice: OpenSlice, target: Uint8Array, position: number): number {
  const wanted = Math.min(target.length, slice.sizeBytes - position);
  let done = 0;
  while (done < wanted) {
    const count = readSync(slice.descriptor, target, done, wanted - done, slice.offset + position + done);
    if (count === 0) break;
    done += count;
  }
  return done;
}

/** A buffer that grows for the rare long header and shrinks back, so that one file's size is not kept for all. */
export class ReusedBuffer {
  readonly #usualBytes: number;
  #bytes: Uint8Array<ArrayBuffer>;

  constructor(usualBytes: number) {
    this.#usualBytes = usualBytes;
    this.#bytes = new Uint8Array(usualBytes);
  }

  /** The first `length` bytes, of which the first `have` are kept. */
  atLeast(length: number, have = 0): Uint8Array<ArrayBuffer> {
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(length);
      larger.set(this.#bytes.subarray(0, have));
      this.#bytes = larger;
    }
    return this.#bytes.subarray(0, length);
  }

  shrink(mostBytes: number): void {
    if (this.#bytes.length > mostBytes) this.#bytes = new Uint8Array(this.#usualBytes);
  }
}
