/**
 * What can still be read of an index that is about to be replaced. Any read may meet a damaged page: it costs the rows on
 * that page and no others.
 */
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import type { IndexedHeader } from '../../src-shared/dicom/indexedHeader';
import type { FileRow } from './intakeRows';

export type Row = Record<string, SQLOutputValue>;

/** A file as the old index had it. */
export interface OldFile {
  readonly header: IndexedHeader;
  readonly file: FileRow;
  readonly characterSet: string | null;
  readonly addedAtMs: number;
}

const IDS_AT_ONCE = 256;

export class OldIndex {
  readonly #handle: DatabaseSync | null;

  constructor(path: string) {
    this.#handle = openOrNull(path);
  }

  /** Of instances, then of what was kept aside. */
  *files(): Generator<OldFile> {
    for (const row of this.#salvage(FILES, 'files', 'instance_id')) yield oldFileOf(row);
    for (const row of this.#salvage(ASIDE, 'aside', 'id')) yield oldFileOf(row);
  }

  fileCount(): number {
    const count = (table: string) => Number(this.rows(`SELECT count(*) AS n FROM ${table}`)[0]?.['n'] ?? 0);
    return count('files') + count('aside');
  }

  /** What people wrote about studies, with the keys to find them again. */
  studyMarks(): Generator<Row> {
    return this.#salvage(STUDY_MARKS, 'studies', 'id');
  }

  /** All rows of a query, as far as they can be read. */
  rows(sql: string): Row[] {
    const rows: Row[] = [];
    try {
      for (const row of this.#handle?.prepare(sql).iterate() ?? []) rows.push(row);
    } catch {
      // What came until here is what there is.
    }
    return rows;
  }

  highestId(): number {
    const tables = ['studies', 'series', 'instances', 'aside'];
    const highest = tables.map((table) => this.rows(`SELECT max(id) AS id FROM ${table}`)[0]?.['id'] ?? 0);
    const given = this.rows('SELECT max(highest) AS id FROM given_ids')[0]?.['id'] ?? 0;
    return Math.max(Number(given), ...highest.map(Number));
  }

  close(): void {
    this.#handle?.close();
  }

  /** Range by range, and in a range that cannot be read row by row. */
  *#salvage(sql: string, table: string, id: string): Generator<Row> {
    const highest = Number(this.rows(`SELECT max(${id}) AS id FROM ${table}`)[0]?.['id'] ?? 0);
    for (let from = 0; from <= highest; from += IDS_AT_ONCE) {
      const range = this.#range(sql, from, from + IDS_AT_ONCE);
      if (range) yield* range;
      else for (let one = from; one < from + IDS_AT_ONCE; one += 1) yield* this.#range(sql, one, one + 1) ?? [];
    }
  }

  #range(sql: string, from: number, to: number): Row[] | null {
    try {
      return this.#handle?.prepare(sql).all(from, to) ?? [];
    } catch {
      return null;
    }
  }
}

function openOrNull(path: string): DatabaseSync | null {
  try {
    const handle = new DatabaseSync(path, { timeout: 1000 });
    handle.prepare('SELECT 1 FROM files LIMIT 1').get();
    return handle;
  } catch {
    return null;
  }
}

function oldFileOf(row: Row): OldFile {
  const text = (name: string) => String(row[name] ?? '');
  return {
    header: {
      patientKey: text('patient_key'),
      patientJson: text('patient_json'),
      studyUid: text('study_uid'),
      studyJson: text('study_json'),
      seriesUid: text('series_uid'),
      modality: text('modality'),
      bodyPart: text('body_part'),
      seriesJson: text('series_json'),
      sopUid: text('sop_uid'),
      instanceJson: text('instance_json'),
      hasImage: row['has_image'] === 1,
    },
    file: {
      sourceId: Number(row['source_id'] ?? 0),
      origin: text('origin'),
      path: text('path'),
      object: typeof row['object'] === 'string' ? row['object'] : null,
      originSha256: typeof row['origin_sha256'] === 'string' ? row['origin_sha256'] : null,
      sizeBytes: Number(row['size_bytes']),
      mtimeMs: Number(row['mtime_ms']),
    },
    characterSet: typeof row['character_set'] === 'string' ? row['character_set'] : null,
    addedAtMs: Number(row['added_at_ms'] ?? 0),
  };
}

const TREE = `instances.uid AS sop_uid, series.uid AS series_uid, modality, body_part, series.record AS series_json,
  studies.uid AS study_uid, studies.record AS study_json, patient_record AS patient_json, patients.key AS patient_key,
  studies.added_at_ms, character_set`;
const JOINS = `JOIN series ON series.id = instances.series_id JOIN studies ON studies.id = series.study_id
  JOIN patients ON patients.id = studies.patient_id`;
const FILES = `SELECT files.*, ${TREE}, instances.has_image, instances.record AS instance_json
  FROM files JOIN instances ON instances.id = files.instance_id ${JOINS} LEFT JOIN sources ON sources.id = files.source_id
  WHERE files.instance_id >= ? AND files.instance_id < ?`;
const ASIDE = `SELECT aside.*, ${TREE}, aside.record AS instance_json
  FROM aside JOIN instances ON instances.id = aside.instance_id ${JOINS} LEFT JOIN sources ON sources.id = aside.source_id
  WHERE aside.id >= ? AND aside.id < ?`;
const STUDY_MARKS = `SELECT patients.key AS patient_key, studies.uid, is_unread, is_pinned, comment, tags, trashed_at_ms,
    last_opened_at_ms, use_order, added_at_ms
  FROM studies JOIN patients ON patients.id = studies.patient_id WHERE studies.id >= ? AND studies.id < ?`;
