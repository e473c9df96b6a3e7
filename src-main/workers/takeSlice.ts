/**
 * One instance as a complete file of the library's own, in one pass: header from the first bytes, SHA-256 on the way.
 * Part files have names of their own making; they are flushed while others are read, and the request waits for all.
 */
import { createHash, randomBytes } from 'node:crypto';
import { close, closeSync, fsync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '../../src-shared/base/appError';
import { readHeader } from '../../src-shared/dataset/header';
import { rewriteValues } from '../../src-shared/dataset/rewrite';
import type { InstanceHeader } from '../../src-shared/dicom/records';
import { readSliceAt, ReusedBuffer, type OpenSlice } from './openSlice';
import type { ReadContext, ReadInstance } from './readSlice';
import type { NewValues, TakenFile } from './scanTask';

/** Small enough to stay in the processor's cache between reading, hashing and writing, and for the slowest medium. */
const CHUNK_BYTES = 256 * 1024;
/** Values are changed in memory: larger files are refused. */
const MOST_REWRITTEN_BYTES = 1024 * 1024 * 1024;

const chunk = new ReusedBuffer(CHUNK_BYTES);
const flush = promisify(fsync);
const closeLater = promisify(close);

/** Written, but not yet flushed. */
export interface PartFile {
  readonly taken: TakenFile;
  readonly descriptor: number;
}

export interface Taken {
  readonly header: InstanceHeader;
  readonly part: PartFile;
}

export interface TakeContext extends ReadContext {
  readonly incomingDirectory: string;
  readonly newValues: NewValues | null;
  readonly valuesFrom: string;
}

/** @throws AppError (`store/*` for what writing met), what the system throws while reading, ScanStopped */
export function takeSlice(slice: OpenSlice, instance: ReadInstance, context: TakeContext): Taken {
  const { newValues } = context;
  if (newValues) return takeChanged(slice, newValues, context);
  const part = writePart(context.incomingDirectory, (write) => {
    const hash = createHash('sha256');
    const pass = (bytes: Uint8Array): void => {
      hash.update(bytes);
      write(bytes);
    };
    pass(instance.prefix);
    readRest(slice, instance.prefix.length, (bytes) => {
      pass(bytes);
      context.beat.move(bytes.length);
    });
    const sha256 = hash.digest('hex');
    return { sha256, originSha256: sha256, sizeBytes: slice.sizeBytes };
  });
  return { header: instance.header, part };
}

function readRest(slice: OpenSlice, from: number, use: (bytes: Uint8Array) => void): void {
  for (let position = from; position < slice.sizeBytes;) {
    const bytes = chunk.atLeast(Math.min(CHUNK_BYTES, slice.sizeBytes - position));
    const count = readSliceAt(slice, bytes, position);
    if (count === 0) throw new AppError('file/truncated', 'The file ended while it was read.');
    use(bytes.subarray(0, count));
    position += count;
  }
}

function takeChanged(slice: OpenSlice, newValues: NewValues, context: TakeContext): Taken {
  const bytes = readWhole(slice, context);
  const provenance = { atMs: Date.now(), source: context.valuesFrom };
  const changed = rewriteValues(bytes, newValues, provenance, { characterSet: context.characterSet });
  // The changed file names its character set truthfully: nothing stands in for it any more.
  const header = readHeader(changed, changed.length);
  if (header.kind !== 'header') throw new AppError('file/malformed', 'The values of this file cannot be changed.');
  const part = writePart(context.incomingDirectory, (write) => {
    write(changed);
    return { sha256: sha256Of(changed), originSha256: sha256Of(bytes), sizeBytes: changed.length };
  });
  return { header: header.header, part };
}

function readWhole(slice: OpenSlice, { beat }: ReadContext): Uint8Array<ArrayBuffer> {
  if (slice.sizeBytes > MOST_REWRITTEN_BYTES) {
    throw new AppError('file/unreadable', 'The file is too large for its values to be changed.');
  }
  const bytes = new Uint8Array(slice.sizeBytes);
  for (let position = 0; position < bytes.length;) {
    const count = readSliceAt(slice, bytes.subarray(position, position + CHUNK_BYTES), position);
    if (count === 0) throw new AppError('file/truncated', 'The file ended while it was read.');
    position += count;
    beat.move(count);
  }
  return bytes;
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

type Written = Omit<TakenFile, 'partPath'>;

/** A part file that was not written whole is removed. */
function writePart(directory: string, write: (to: (bytes: Uint8Array) => void) => Written): PartFile {
  const partPath = join(directory, `${randomBytes(16).toString('hex')}.part`);
  const descriptor = onDisk(() => openSync(partPath, 'wx+'));
  try {
    const taken = { partPath, ...write((bytes) => writeAll(descriptor, bytes)) };
    return { taken, descriptor };
  } catch (thrown) {
    closeSync(descriptor);
    rmSync(partPath, { force: true });
    throw thrown;
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) {
    done += onDisk(() => writeSync(descriptor, bytes, done, bytes.length - done));
  }
}

/** What goes wrong while writing is the library's disk, not the file that came in. */
function onDisk<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw diskFailure(thrown);
  }
}

const FULL = new Set(['ENOSPC', 'EDQUOT']);

function diskFailure(thrown: unknown): AppError {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  return FULL.has(code)
    ? new AppError('store/disk-full', 'The disk that holds the library is full.', {}, thrown)
    : new AppError('store/failed', 'The library cannot be written where it is.', {}, thrown);
}

/** Makes the part file durable and closes it; one that cannot be is removed. @throws `store/disk-full`, `store/failed` */
export async function flushPart({ taken, descriptor }: PartFile): Promise<void> {
  try {
    await flush(descriptor);
  } catch (thrown) {
    rmSync(taken.partPath, { force: true });
    throw diskFailure(thrown);
  } finally {
    await closeLater(descriptor);
  }
}
