/**
 * Unpacked bytes on their way to the spool folder, counted as they come: what an archive says about its sizes is not
 * believed. Names in the folder are of our own making.
 */
import { randomUUID } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../src-shared/base/appError';
import type { FileSlice, OpenContext } from './source';

/** Below this nobody is a bomb. */
const INNOCENT_BYTES = 16 * 1024 * 1024;
const MOST_RATIO = 200;
const MOST_ENTRY_BYTES = 4 * 1024 ** 3;
export const MOST_ENTRIES = 100_000;
export const MOST_NESTING = 4;
/** Asked of the disk at a time where a size is not known beforehand. */
const ROOM_STEP_BYTES = 64 * 1024 * 1024;

const WHOLE = { isWhole: true } as const;

/** Of one archive that was given, with all that is nested in it. */
export class UnpackBudget {
  #unpacked = 0;
  #entries = 0;

  constructor(readonly archiveBytes: number) {}

  /** @throws `archive/too-large` */
  entry(): void {
    this.#entries += 1;
    if (this.#entries > MOST_ENTRIES) {
      const reason = `The archive has more than ${MOST_ENTRIES} entries; the rest was not read.`;
      throw new AppError('archive/too-large', reason, WHOLE);
    }
  }

  /** @throws `archive/too-large` */
  unpacked(bytes: number): void {
    this.#unpacked += bytes;
    if (isBomb(this.#unpacked, this.archiveBytes)) throw bomb('archive');
  }

  /** What was unpacked in vain takes no room. */
  givenUp(bytes: number): void {
    this.#unpacked -= bytes;
  }
}

function isBomb(unpackedBytes: number, packedBytes: number): boolean {
  return unpackedBytes > INNOCENT_BYTES && unpackedBytes > MOST_RATIO * Math.max(packedBytes, 1);
}

/** An archive that lies about a size must not make an import wait for room that nobody needs. */
function mostFrom(packedBytes: number | null): number {
  return packedBytes === null ? ROOM_STEP_BYTES : INNOCENT_BYTES + MOST_RATIO * packedBytes;
}

function bomb(what: 'archive' | 'entry'): AppError {
  const reason = `This ${what} unpacks to more than ${MOST_RATIO} times its size; it was given up.`;
  return new AppError('archive/too-large', reason, what === 'archive' ? WHOLE : {});
}

/** Whether a failure ends the archive rather than one entry of it. */
export function endsArchive(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.facts['isWhole'] === true;
}

export interface SpoolOptions {
  readonly context: OpenContext;
  readonly budget: UnpackBudget;
  /** `null` where the archive does not tell. */
  readonly packedBytes: number | null;
  /** What the archive says; asked of the disk beforehand. */
  readonly expectedBytes: number | null;
}

/** One unpacked file. What is not finished leaves nothing behind. */
export class SpoolFile {
  readonly path: string;
  readonly #options: SpoolOptions;
  readonly #handle: FileHandle;
  #bytes = 0;
  #counted = 0;
  #room: number;

  static async create(options: SpoolOptions): Promise<SpoolFile> {
    const room = Math.min(options.expectedBytes ?? 0, MOST_ENTRY_BYTES, mostFrom(options.packedBytes));
    if (room > 0) await options.context.roomFor(room);
    const path = join(options.context.spoolDirectory, randomUUID());
    return new SpoolFile(path, await open(path, 'wx'), { ...options, expectedBytes: room });
  }

  private constructor(path: string, handle: FileHandle, options: SpoolOptions) {
    this.path = path;
    this.#handle = handle;
    this.#options = options;
    this.#room = options.expectedBytes ?? 0;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @throws `archive/too-large`, what the system throws, an abort */
  async write(chunk: Uint8Array): Promise<void> {
    const { context, budget, packedBytes } = this.#options;
    context.signal.throwIfAborted();
    this.#bytes += chunk.length;
    if (this.#bytes > MOST_ENTRY_BYTES) {
      throw new AppError('archive/too-large', 'This entry unpacks to more than 4 GiB; it was given up.');
    }
    if (packedBytes !== null && isBomb(this.#bytes, packedBytes)) throw bomb('entry');
    this.#counted += chunk.length;
    budget.unpacked(chunk.length);
    if (this.#bytes > this.#room) {
      await context.roomFor(ROOM_STEP_BYTES);
      this.#room += ROOM_STEP_BYTES;
    }
    for (let done = 0; done < chunk.length;) done += (await this.#handle.write(chunk, done)).bytesWritten;
    context.onUnpacked(chunk.length);
  }

  async finish(): Promise<FileSlice> {
    await this.#handle.close();
    return { path: this.path, offset: 0, sizeBytes: this.#bytes };
  }

  async giveUp(): Promise<void> {
    this.#options.budget.givenUp(this.#counted);
    await this.#handle.close();
    await rm(this.path, { force: true });
  }
}

/** @throws whatever the chunks or the disk throw; nothing is left then */
export async function spool(chunks: AsyncIterable<Uint8Array>, options: SpoolOptions): Promise<FileSlice> {
  const file = await SpoolFile.create(options);
  try {
    for await (const chunk of chunks) await file.write(chunk);
    return await file.finish();
  } catch (thrown) {
    await file.giveUp();
    throw thrown;
  }
}
