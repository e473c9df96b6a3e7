/** The index's schema as a list of steps; `user_version` says how many were taken. A step, once released, never changes. */
import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../src-shared/base/appError';

/**
 * Identity follows the DICOM tree: a study belongs to one patient key, so two patients that share a Study Instance UID
 * by mistake stay two. Records are JSON of `src-shared/dicom/records`, written once and shown as they are; only what is
 * counted, joined or unique has a column of its own.
 */
const INITIAL = `
  CREATE TABLE patients (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    record TEXT NOT NULL
  ) STRICT;

  CREATE TABLE studies (
    id INTEGER PRIMARY KEY,
    patient_id INTEGER NOT NULL REFERENCES patients(id),
    uid TEXT NOT NULL,
    record TEXT NOT NULL,
    patient_record TEXT NOT NULL,
    source TEXT NOT NULL,
    added_at_ms INTEGER NOT NULL,
    UNIQUE (patient_id, uid)
  ) STRICT;

  CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    study_id INTEGER NOT NULL REFERENCES studies(id),
    uid TEXT NOT NULL,
    modality TEXT NOT NULL,
    record TEXT NOT NULL,
    thumbnail TEXT NOT NULL DEFAULT 'pending' CHECK (thumbnail IN ('pending', 'ready', 'none')),
    UNIQUE (study_id, uid)
  ) STRICT;

  CREATE TABLE instances (
    id INTEGER PRIMARY KEY,
    series_id INTEGER NOT NULL REFERENCES series(id),
    uid TEXT NOT NULL,
    has_image INTEGER NOT NULL,
    record TEXT NOT NULL,
    UNIQUE (series_id, uid)
  ) STRICT;
  CREATE INDEX instances_images ON instances (series_id, has_image);

  CREATE TABLE files (
    instance_id INTEGER PRIMARY KEY REFERENCES instances(id),
    path TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    mtime_ms REAL NOT NULL,
    is_missing INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE UNIQUE INDEX files_path ON files (path) WHERE path <> '';
  CREATE INDEX files_missing ON files (instance_id) WHERE is_missing = 1;

  CREATE TABLE imports (
    id INTEGER PRIMARY KEY,
    started_at_ms INTEGER NOT NULL,
    report TEXT NOT NULL
  ) STRICT;
`;

const STEPS: readonly string[] = [INITIAL];

/** Brings the schema to this version. @throws `store/newer-version` when a later Isocenter wrote the index. */
export function migrate(database: DatabaseSync): void {
  const taken = userVersion(database);
  if (taken > STEPS.length) {
    throw new AppError('store/newer-version', 'This library was written by a newer version of Isocenter.', {
      found: taken,
      known: STEPS.length,
    });
  }
  STEPS.slice(taken).forEach((step, offset) => takeStep(database, step, taken + offset + 1));
}

function userVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

function takeStep(database: DatabaseSync, step: string, version: number): void {
  database.exec(`BEGIN IMMEDIATE; ${step} PRAGMA user_version = ${version}; COMMIT;`);
}
