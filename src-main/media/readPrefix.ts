/** The first bytes of a file, and any others that are asked for. */
import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

const PREFIX_BYTES = 16 * 1024;

export interface Prefix {
  readonly prefix: Uint8Array;
  /** Fewer than `length` bytes at the end of the file. @throws what the system throws */
  readonly readAt: (offset: number, length: number) => Uint8Array;
}

/** Of the file from `start` on. `readAt` works as long as the handle is open. @throws what the system throws */
export async function readPrefix(handle: FileHandle, start = 0): Promise<Prefix> {
  const bytes = new Uint8Array(PREFIX_BYTES);
  const { bytesRead } = await handle.read(bytes, 0, PREFIX_BYTES, start);
  return {
    prefix: bytes.subarray(0, bytesRead),
    readAt(offset, length) {
      const target = new Uint8Array(length);
      return target.subarray(0, readSync(handle.fd, target, 0, length, start + offset));
    },
  };
}
