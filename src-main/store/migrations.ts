/** The index's schema as a list of steps; `user_version` says how many were taken. A step, once released, never changes. */
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

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

/**
 * Sources with provenance, copies beside references, files kept aside, tags, trash, import lines. Columns of `studies`
 * below `comment` are derived from its series, instances and files (see `studyFacts.ts`) so that a list of 100,000
 * studies is one indexed read.
 */
const MEDIA_AND_CACHE = `
  CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    path TEXT NOT NULL,
    is_removable INTEGER NOT NULL DEFAULT 0,
    character_set TEXT,
    added_at_ms INTEGER NOT NULL,
    UNIQUE (kind, path, label)
  ) STRICT;
  INSERT INTO sources (kind, label, path, added_at_ms)
    SELECT 'folder', source, '', min(added_at_ms) FROM studies GROUP BY source;

  ALTER TABLE studies ADD COLUMN source_id INTEGER REFERENCES sources(id);
  UPDATE studies SET source_id = (SELECT id FROM sources WHERE label = studies.source);
  ALTER TABLE studies DROP COLUMN source;
  ALTER TABLE studies ADD COLUMN is_unread INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE studies ADD COLUMN is_pinned INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE studies ADD COLUMN last_opened_at_ms INTEGER;
  -- Grows with each opening: the order of use does not depend on the clock.
  ALTER TABLE studies ADD COLUMN use_order INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE studies ADD COLUMN trashed_at_ms INTEGER;
  ALTER TABLE studies ADD COLUMN comment TEXT NOT NULL DEFAULT '';
  ALTER TABLE studies ADD COLUMN series_count INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE studies ADD COLUMN instance_count INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE studies ADD COLUMN missing_count INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE studies ADD COLUMN aside_count INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE studies ADD COLUMN size_bytes INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE studies ADD COLUMN copied_bytes INTEGER NOT NULL DEFAULT 0;
  -- JSON arrays, sorted.
  ALTER TABLE studies ADD COLUMN modalities TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE studies ADD COLUMN body_parts TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE studies ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
  -- Folded for comparison and order; see foldText.
  ALTER TABLE studies ADD COLUMN study_date TEXT NOT NULL DEFAULT '';
  ALTER TABLE studies ADD COLUMN study_time TEXT NOT NULL DEFAULT '';
  ALTER TABLE studies ADD COLUMN patient_name TEXT NOT NULL DEFAULT '';
  -- All groups of the name, each with and without spaces.
  ALTER TABLE studies ADD COLUMN name_text TEXT NOT NULL DEFAULT '';
  ALTER TABLE studies ADD COLUMN patient_code TEXT NOT NULL DEFAULT '';
  ALTER TABLE studies ADD COLUMN birth_date TEXT NOT NULL DEFAULT '';
  ALTER TABLE studies ADD COLUMN accession TEXT NOT NULL DEFAULT '';
  ALTER TABLE studies ADD COLUMN description TEXT NOT NULL DEFAULT '';
  ALTER TABLE studies ADD COLUMN institution TEXT NOT NULL DEFAULT '';
  ALTER TABLE studies ADD COLUMN search_text TEXT NOT NULL DEFAULT '';

  CREATE INDEX studies_by_date ON studies (study_date, study_time, id, patient_id) WHERE trashed_at_ms IS NULL;
  CREATE INDEX studies_by_name ON studies (patient_name, study_date, study_time, id, patient_id)
    WHERE trashed_at_ms IS NULL;
  -- For sorting, and for counting by value, without reading the studies themselves.
  CREATE INDEX studies_by_description ON studies (description, study_date, study_time, id, patient_id)
    WHERE trashed_at_ms IS NULL;
  CREATE INDEX studies_modalities ON studies (modalities) WHERE trashed_at_ms IS NULL;
  CREATE INDEX studies_body_parts ON studies (body_parts) WHERE trashed_at_ms IS NULL;
  CREATE INDEX studies_tags ON studies (tags) WHERE trashed_at_ms IS NULL;
  CREATE INDEX studies_trashed ON studies (trashed_at_ms) WHERE trashed_at_ms IS NOT NULL;
  CREATE INDEX studies_source ON studies (source_id);
  CREATE INDEX studies_source_kept ON studies (source_id) WHERE trashed_at_ms IS NULL;
  CREATE INDEX studies_use ON studies (use_order);
  -- Finds what contains a word of three letters or more; shorter ones are looked for in search_text itself.
  CREATE VIRTUAL TABLE study_text USING fts5 (text, tokenize = 'trigram', content = '', contentless_delete = 1);

  ALTER TABLE series ADD COLUMN body_part TEXT NOT NULL DEFAULT '';

  CREATE INDEX instances_uid ON instances (uid);

  CREATE TABLE placed_files (
    instance_id INTEGER PRIMARY KEY REFERENCES instances(id),
    source_id INTEGER REFERENCES sources(id),
    -- Path inside the source, as the import report has it.
    origin TEXT NOT NULL DEFAULT '',
    -- Where the file is, or where a copy was taken from and can be fetched again; '' when nowhere.
    path TEXT NOT NULL,
    -- SHA-256 of the library's own copy, which is its name; NULL when the file is only referenced.
    object TEXT,
    -- SHA-256 of the bytes as they arrived; NULL while nobody had to know.
    origin_sha256 TEXT,
    size_bytes INTEGER NOT NULL,
    -- Of the file at path.
    mtime_ms REAL NOT NULL,
    is_missing INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  INSERT INTO placed_files (instance_id, source_id, path, size_bytes, mtime_ms, is_missing)
    SELECT instance_id, source_id, path, files.size_bytes, mtime_ms, is_missing
    FROM files JOIN instances ON instances.id = instance_id JOIN series ON series.id = series_id
    JOIN studies ON studies.id = study_id;
  DROP TABLE files;
  ALTER TABLE placed_files RENAME TO files;
  CREATE UNIQUE INDEX files_path ON files (path) WHERE path <> '' AND object IS NULL;
  CREATE INDEX files_object ON files (object) WHERE object IS NOT NULL;
  CREATE INDEX files_missing ON files (instance_id) WHERE is_missing = 1;
  CREATE INDEX files_source ON files (source_id);

  -- Another content under a SOP Instance UID that is taken.
  CREATE TABLE aside (
    id INTEGER PRIMARY KEY,
    instance_id INTEGER NOT NULL REFERENCES instances(id),
    source_id INTEGER REFERENCES sources(id),
    origin TEXT NOT NULL,
    path TEXT NOT NULL,
    object TEXT,
    origin_sha256 TEXT,
    size_bytes INTEGER NOT NULL,
    mtime_ms REAL NOT NULL,
    has_image INTEGER NOT NULL,
    record TEXT NOT NULL,
    arrived_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX aside_instance ON aside (instance_id);

  -- Copies whose rows are gone and whose files are still to be removed: without it recovery would adopt them again.
  CREATE TABLE doomed_objects (object TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

  -- The highest ids ever given, written when rows go: a page that still shows what was removed must never meet its id
  -- again under another patient.
  CREATE TABLE given_ids (name TEXT PRIMARY KEY, highest INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE study_tags (
    study_id INTEGER NOT NULL REFERENCES studies(id),
    tag TEXT NOT NULL,
    PRIMARY KEY (study_id, tag)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX study_tags_tag ON study_tags (tag);

  CREATE TABLE saved_searches (name TEXT PRIMARY KEY, search TEXT NOT NULL) STRICT, WITHOUT ROWID;

  -- Reports of the first version had other totals and no lines.
  DELETE FROM imports;
  CREATE TABLE import_lines (
    import_id INTEGER NOT NULL REFERENCES imports(id),
    ordinal INTEGER NOT NULL,
    path TEXT NOT NULL,
    outcome TEXT NOT NULL,
    code TEXT,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (import_id, ordinal)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX import_lines_outcome ON import_lines (import_id, outcome, ordinal);
`;

const STEPS: readonly string[] = [INITIAL, MEDIA_AND_CACHE];

/** What `user_version` says once all steps were taken. */
export const SCHEMA_VERSION = STEPS.length;

export function schemaVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

/**
 * Brings the schema to this version; tells whether there was anything to do. An index that holds something is copied to
 * `index.sqlite.v<N>.bak` first, so that an earlier Isocenter can be put back.
 */
export function migrate(database: DatabaseSync, directory: string): boolean {
  const taken = schemaVersion(database);
  if (taken === SCHEMA_VERSION) return false;
  if (taken > 0) backUp(database, join(directory, `index.sqlite.v${taken}.bak`));
  STEPS.slice(taken).forEach((step, offset) => takeStep(database, step, taken + offset + 1));
  return true;
}

function backUp(database: DatabaseSync, path: string): void {
  const part = `${path}.part`;
  rmSync(part, { force: true });
  database.prepare('VACUUM INTO ?').run(part);
  renameSync(part, path);
}

function takeStep(database: DatabaseSync, step: string, version: number): void {
  database.exec(`BEGIN IMMEDIATE; ${step} PRAGMA user_version = ${version}; COMMIT;`);
}
