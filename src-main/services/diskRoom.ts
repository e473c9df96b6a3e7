/** Room on the library's disk, less what is kept free so that the system and the index can go on. */
import { statfs } from 'node:fs/promises';
import type { ImportPause } from '../../src-shared/contract';

export interface DiskSpace {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

export interface DiskRoomOptions {
  readonly directory: string;
  /** Kept free. Left out: 200 MB, or 2 % of a small disk. */
  readonly reserveBytes?: number | undefined;
  /** By default what the system says. */
  readonly space?: (directory: string) => Promise<DiskSpace>;
}

const RESERVE_BYTES = 200e6;
const RESERVE_SHARE = 0.02;

export async function diskSpace(directory: string): Promise<DiskSpace> {
  const { bavail, blocks, bsize } = await statfs(directory);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

export class DiskRoom {
  readonly #options: DiskRoomOptions;

  constructor(options: DiskRoomOptions) {
    this.#options = options;
  }

  /** `null` when `bytes` fit. `wantedBytes`: what the whole import still needs, where that is known. */
  async lack(bytes: number, wantedBytes = bytes): Promise<ImportPause | null> {
    const { freeBytes, reserve } = await this.#look();
    if (freeBytes >= bytes + reserve) return null;
    return { reason: 'disk-full', neededBytes: Math.ceil(Math.max(bytes, wantedBytes) + reserve), freeBytes };
  }

  /** The disk said so itself, whatever its figures are. */
  async full(wantedBytes: number): Promise<ImportPause> {
    const { freeBytes, reserve } = await this.#look();
    return { reason: 'disk-full', neededBytes: Math.ceil(wantedBytes + reserve), freeBytes };
  }

  async #look(): Promise<{ readonly freeBytes: number; readonly reserve: number }> {
    const { directory, reserveBytes, space = diskSpace } = this.#options;
    const { freeBytes, totalBytes } = await space(directory);
    return { freeBytes, reserve: reserveBytes ?? Math.min(RESERVE_BYTES, totalBytes * RESERVE_SHARE) };
  }
}
