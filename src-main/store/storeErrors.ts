/** What SQLite threw, as the failure a user can act on. Its own text may hold a path and stays the cause. */
import { AppError } from '../../src-shared/base/appError';

/** SQLite result codes, primary part. Source: sqlite.org/rescode.html */
const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_NOTADB = 26;

export function isBusy(thrown: unknown): boolean {
  return resultCode(thrown) === SQLITE_BUSY;
}

/** The index cannot be used as it is and has to be built anew. */
export function isDamaged(thrown: unknown): boolean {
  const code = resultCode(thrown);
  return code === SQLITE_NOTADB || code === SQLITE_CORRUPT;
}

export function storeError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isDamaged(thrown)) {
    return new AppError('store/failed', 'The index of this library is damaged and cannot be read.', {}, thrown);
  }
  switch (resultCode(thrown)) {
    case SQLITE_FULL:
      return new AppError('store/disk-full', 'The disk that holds the library is full.', {}, thrown);
    case SQLITE_BUSY:
      return new AppError('store/locked', 'Another program is writing to this library.', {}, thrown);
    case SQLITE_READONLY:
      return new AppError('store/read-only', 'The library cannot be written where it is.', {}, thrown);
    default:
      return new AppError('store/failed', 'The library cannot be read or written where it is.', {}, thrown);
  }
}

function resultCode(thrown: unknown): number | null {
  const code = thrown instanceof Error && 'errcode' in thrown ? thrown.errcode : null;
  return typeof code === 'number' ? code & 0xff : null;
}
