/**
 * What the library does to its own files, call by call and synchronous, so that a test can let any one of them fail. Nothing
 * here knows what a file means.
 */
import {
  closeSync,
  copyFileSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { AppError } from '../../src-shared/base/appError';

export interface FileFacts {
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

export interface FileCalls {
  /** Parents included; content when it is there. */
  makeFolder(path: string): void;
  /** Names in a folder; empty when there is none. */
  names(path: string): string[];
  /** `null` when nothing is there, or no plain file. */
  facts(path: string): FileFacts | null;
  rename(from: string, to: string): void;
  copy(from: string, to: string): void;
  /** Content when it is gone already. */
  remove(path: string): void;
  /** A file or a folder with all that is in it. */
  removeTree(path: string): void;
  /** Replaces the file, or adds at its end, and flushes. */
  write(path: string, text: string, where: 'new' | 'end'): void;
  /** Gives how many bytes came; fewer than wanted at the end of the file. */
  read(path: string, target: Uint8Array, position: number): number;
  /** Flushes a file's bytes, or the names in a folder. */
  flush(path: string): void;
}

const IS_WINDOWS = process.platform === 'win32';
/** Virus scanners and indexers hold files open for moments. */
const BUSY_WAITS_MS = [10, 20, 40, 80, 160, 320];

export const nodeFileCalls: FileCalls = {
  makeFolder: (path) => void mkdirSync(path, { recursive: true }),
  names: (path) => absentAs([], () => readdirSync(path)),
  facts: (path) => {
    const stats = absentAs(undefined, () => statSync(path, { throwIfNoEntry: false }));
    return stats?.isFile() ? { sizeBytes: stats.size, mtimeMs: stats.mtimeMs } : null;
  },
  rename: (from, to) => whileBusy(() => renameSync(from, to)),
  copy: (from, to) => copyFileSync(from, to),
  remove: (path) => absentAs(undefined, () => whileBusy(() => unlinkSync(path))),
  removeTree: (path) => rmSync(path, { recursive: true, force: true, maxRetries: BUSY_WAITS_MS.length }),
  write: (path, text, where) =>
    withOpen(path, where === 'new' ? 'w' : 'a', (file) => {
      for (let rest = Buffer.from(text); rest.length > 0;) rest = rest.subarray(writeSync(file, rest));
      fsyncSync(file);
    }),
  read: (path, target, position) => withOpen(path, 'r', (file) => readWhole(file, target, position)),
  flush: (path) => {
    // Windows flushes no folders; its file system writes names in order.
    if (!IS_WINDOWS) withOpen(path, 'r', (file) => fsyncSync(file));
  },
};

function withOpen<T>(path: string, flags: string, work: (file: number) => T): T {
  const file = openSync(path, flags);
  try {
    return work(file);
  } finally {
    closeSync(file);
  }
}

function readWhole(file: number, target: Uint8Array, position: number): number {
  let done = 0;
  while (done < target.length) {
    const count = readSync(file, target, done, target.length - done, position + done);
    if (count === 0) break;
    done += count;
  }
  return done;
}

function absentAs<T>(absent: T, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    const code = systemCode(thrown);
    if (code === 'ENOENT' || code === 'ENOTDIR') return absent;
    throw thrown;
  }
}

function whileBusy(work: () => void): void {
  for (const waitMs of IS_WINDOWS ? BUSY_WAITS_MS : []) {
    try {
      work();
      return;
    } catch (thrown) {
      if (!['EPERM', 'EBUSY', 'EACCES'].includes(systemCode(thrown))) throw thrown;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, waitMs);
    }
  }
  work();
}

/** The system's own code, `''` when it was none. */
export function systemCode(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : '';
  return typeof code === 'string' ? code : '';
}

/** What the file system threw about the library's own files, as the failure a user can act on. */
export function fileFailure(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  switch (systemCode(thrown)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError('store/disk-full', 'The disk that holds the library is full.', {}, thrown);
    case 'EROFS':
      return new AppError('store/read-only', 'The folder of the library cannot be written.', {}, thrown);
    default:
      return new AppError('store/failed', 'The library cannot be read or written where it is.', {}, thrown);
  }
}
