/**
 * Opens the index: lock first, then the database, then the schema. One process writes a library, because recovery by a
 * second one has been measured to delete what the first is writing; whoever comes later, or cannot write, reads.
 */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../src-shared/base/appError';
import { toDisposable, type Disposable } from '../../src-shared/base/disposable';
import type { LibraryMode } from '../../src-shared/contract';
import { migrate, schemaVersion, SCHEMA_VERSION } from './migrations';
import { isBusy, storeError } from './storeErrors';

const LOCK_WAIT_MS = 1500;

/**
 * Handles stay referenced from the module until they are closed: a prepared statement does not keep its database
 * alive in every binding of this interface, and using one after collection has been measured to crash the process.
 */
const openHandles = new Set<DatabaseSync>();

export interface Database {
  readonly handle: DatabaseSync;
  /** Read-only: every transaction is refused with its reason. */
  readonly mode: LibraryMode;
  /** The index was made or converted by this opening: what is derived from rows has to be computed. */
  readonly isConverted: boolean;
  /** Changes when another process writes. */
  dataVersion(): number;
  /** Runs `work` in one transaction; what it throws rolls everything back. @throws `store/*` */
  transaction<T>(work: () => T): T;
  close(): void;
}

class Handles {
  readonly #owned: DatabaseSync[] = [];

  open(location: string | URL, options: { timeout: number; readOnly?: boolean }): DatabaseSync {
    const handle = new DatabaseSync(location, options);
    this.#owned.push(handle);
    openHandles.add(handle);
    return handle;
  }

  closeAll(): void {
    for (let handle = this.#owned.pop(); handle; handle = this.#owned.pop()) {
      if (handle.isOpen) handle.close();
      openHandles.delete(handle);
    }
  }
}

/** @throws `store/locked`, `store/newer-version`, `store/disk-full`, `store/failed` */
export function openDatabase(directory: string): Database {
  const handles = new Handles();
  try {
    if (!canWrite(directory)) return openReadOnly(handles, directory, FOLDER_READ_ONLY);
    if (!takeLock(handles, directory)) return openReadOnly(handles, directory, LOCKED);
    const handle = handles.open(indexFile(directory), { timeout: LOCK_WAIT_MS });
    if (schemaVersion(handle) > SCHEMA_VERSION) {
      handle.close();
      return openReadOnly(handles, directory, NEWER);
    }
    // NORMAL: after a power loss the last imports may be gone, never the consistency; the index can be rebuilt.
    handle.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
    const isConverted = migrate(handle, directory);
    return databaseOf(handles, handle, { mode: { mode: 'read-write' }, isConverted });
  } catch (thrown) {
    handles.closeAll();
    throw storeError(thrown);
  }
}

type ReadOnlyMode = Extract<LibraryMode, { mode: 'read-only' }>;

const LOCKED: ReadOnlyMode = {
  mode: 'read-only',
  cause: 'locked',
  reason: 'Another Isocenter is using this library. Here it is open for reading only.',
};
const FOLDER_READ_ONLY: ReadOnlyMode = {
  mode: 'read-only',
  cause: 'folder-read-only',
  reason: 'The folder of this library cannot be written, so it is open for reading only.',
};
const NEWER: ReadOnlyMode = {
  mode: 'read-only',
  cause: 'newer-version',
  reason:
    'This library was written by a newer version of Isocenter. It is open for reading only; update Isocenter to change it.',
};

/** Missing folders are made; a folder on a medium that cannot be written says so here, before anything is tried. */
function canWrite(directory: string): boolean {
  try {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    return true;
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : '';
    if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return false;
    throw thrown;
  }
}

/**
 * The lock is an exclusive transaction on an empty database beside the index: the system releases it when the process
 * dies, however it dies, so there is no stale lock to judge.
 */
function takeLock(handles: Handles, directory: string): boolean {
  try {
    handles.open(join(directory, 'library.lock'), { timeout: LOCK_WAIT_MS }).exec('BEGIN EXCLUSIVE');
    return true;
  } catch (thrown) {
    if (isBusy(thrown)) return false;
    throw thrown;
  }
}

/** For who moves the index itself. @throws `store/locked`, `store/*` */
export function lockLibrary(directory: string): Disposable {
  const handles = new Handles();
  try {
    mkdirSync(directory, { recursive: true });
    if (takeLock(handles, directory)) return toDisposable(() => handles.closeAll());
  } catch (thrown) {
    handles.closeAll();
    throw storeError(thrown);
  }
  handles.closeAll();
  throw new AppError('store/locked', 'Another Isocenter is using this library.');
}

/** @throws `store/locked`, `store/newer-version`, `store/failed` when its tables are not those that are known here */
function openReadOnly(handles: Handles, directory: string, mode: ReadOnlyMode): Database {
  const handle = readOnlyHandle(handles, directory, mode);
  const version = schemaVersion(handle);
  if (version < SCHEMA_VERSION || !hasKnownTables(handle)) {
    const code =
      mode.cause === 'newer-version'
        ? 'store/newer-version'
        : mode.cause === 'locked'
          ? 'store/locked'
          : 'store/failed';
    throw new AppError(code, `${mode.reason} Its index has another form and cannot be read by this version.`, {
      found: version,
      known: SCHEMA_VERSION,
    });
  }
  return databaseOf(handles, handle, { mode, isConverted: false });
}

/** A write-ahead index wants a file beside it even for reading; where none can be made it is read as it lies there. */
function readOnlyHandle(handles: Handles, directory: string, mode: ReadOnlyMode): DatabaseSync {
  const options = { timeout: LOCK_WAIT_MS, readOnly: true };
  try {
    const handle = handles.open(indexFile(directory), options);
    schemaVersion(handle);
    return handle;
  } catch (thrown) {
    if (mode.cause !== 'folder-read-only') throw thrown;
    const location = pathToFileURL(indexFile(directory));
    location.searchParams.set('immutable', '1');
    return handles.open(location, options);
  }
}

/** A later version may add; what is read here must still be there. */
function hasKnownTables(handle: DatabaseSync): boolean {
  try {
    for (const probe of PROBES) handle.prepare(probe);
    return true;
  } catch {
    return false;
  }
}

const PROBES = [
  'SELECT id, patient_id, uid, record, patient_record, source_id, search_text, trashed_at_ms FROM studies',
  'SELECT id, study_id, record, thumbnail FROM series',
  'SELECT id, series_id, uid, has_image, record FROM instances',
  'SELECT instance_id, path, object, size_bytes, is_missing FROM files',
  'SELECT rowid FROM study_text',
];

function databaseOf(
  handles: Handles,
  handle: DatabaseSync,
  { mode, isConverted }: Pick<Database, 'mode' | 'isConverted'>,
): Database {
  const dataVersion = handle.prepare('PRAGMA data_version');
  return {
    handle,
    mode,
    isConverted,
    dataVersion: () => Number(dataVersion.get()?.['data_version'] ?? 0),
    transaction: (work) => {
      if (mode.mode === 'read-only') throw new AppError('store/read-only', mode.reason);
      return inTransaction(handle, work);
    },
    close: () => handles.closeAll(),
  };
}

function indexFile(directory: string): string {
  return join(directory, 'index.sqlite');
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
