/**
 * Opens the index: lock first, then the database, then the schema. One process owns a library, because recovery by a
 * second one has been measured to delete what the first is writing.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../src-shared/base/appError';
import { migrate } from './migrations';

const LOCK_WAIT_MS = 1500;

/** SQLite result codes, primary part. Source: sqlite.org/rescode.html */
const SQLITE_BUSY = 5;
const SQLITE_FULL = 13;
const SQLITE_NOTADB = 26;
const SQLITE_CORRUPT = 11;

/**
 * Handles stay referenced from the module until they are closed: a prepared statement does not keep its database
 * alive in every binding of this interface, and using one after collection has been measured to crash the process.
 */
const openHandles = new Set<DatabaseSync>();

export interface Database {
  readonly handle: DatabaseSync;
  /** Runs `work` in one transaction; what it throws rolls everything back. @throws `store/*` */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** @throws `store/locked`, `store/newer-version`, `store/disk-full`, `store/failed` */
export function openDatabase(directory: string): Database {
  const owned: DatabaseSync[] = [];
  const open = (name: string, timeout: number): DatabaseSync => {
    const handle = new DatabaseSync(join(directory, name), { timeout });
    owned.push(handle);
    openHandles.add(handle);
    return handle;
  };
  try {
    mkdirSync(directory, { recursive: true });
    takeLock(open('library.lock', LOCK_WAIT_MS));
    const handle = open('index.sqlite', LOCK_WAIT_MS);
    // NORMAL: after a power loss the last imports may be gone, never the consistency; the index can be rebuilt.
    handle.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
    migrate(handle);
    return {
      handle,
      transaction: (work) => inTransaction(handle, work),
      close: () => closeAll(owned),
    };
  } catch (thrown) {
    closeAll(owned);
    throw storeError(thrown);
  }
}

/**
 * The lock is an exclusive transaction on an empty database beside the index: the system releases it when the process
 * dies, however it dies, so there is no stale lock to judge.
 */
function takeLock(lock: DatabaseSync): void {
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (thrown) {
    if (resultCode(thrown) !== SQLITE_BUSY) throw thrown;
    throw new AppError('store/locked', 'Another Isocenter window or command is using this library.', {}, thrown);
  }
}

function inTransaction<T>(handle: DatabaseSync, work: () => T): T {
  try {
    handle.exec('BEGIN IMMEDIATE');
    const result = work();
    handle.exec('COMMIT');
    return result;
  } catch (thrown) {
    if (handle.isOpen && handle.isTransaction) handle.exec('ROLLBACK');
    throw storeError(thrown);
  }
}

function closeAll(handles: DatabaseSync[]): void {
  for (let handle = handles.pop(); handle; handle = handles.pop()) {
    if (handle.isOpen) handle.close();
    openHandles.delete(handle);
  }
}

function resultCode(thrown: unknown): number | null {
  const code = thrown instanceof Error && 'errcode' in thrown ? thrown.errcode : null;
  return typeof code === 'number' ? code & 0xff : null;
}

/** A folder that cannot be written, a medium that gave an error: the system's own text may hold a path and stays the cause. */
function toStoreFailure(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  return new AppError('store/failed', 'The library cannot be read or written where it is.', {}, thrown);
}

/** What SQLite threw, as the failure a user can act on. */
function storeError(thrown: unknown): AppError {
  switch (resultCode(thrown)) {
    case SQLITE_FULL:
      return new AppError('store/disk-full', 'The disk that holds the library is full.', {}, thrown);
    case SQLITE_BUSY:
      return new AppError('store/locked', 'Another program is writing to this library.', {}, thrown);
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return new AppError('store/failed', 'The index of this library is damaged and cannot be read.', {}, thrown);
    default:
      return toStoreFailure(thrown);
  }
}
