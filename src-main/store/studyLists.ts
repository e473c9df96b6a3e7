/**
 * Lists of studies: one evaluation of filter and order gives the ids of the whole answer, kept for the pages that will be
 * asked of it until the library changes. Pages, counts and "select all" then agree with each other.
 */
import type { StatementSync } from 'node:sqlite';
import type { StudyQuery, StudyRow } from '../../src-shared/contract';
import type { PatientRecord, StudyRecord } from '../../src-shared/dicom/records';
import type { Database } from './database';
import { conditionsOf, withDatePreset } from './studyConditions';
import { orderOf } from './studyOrder';

export type ListQuery = Omit<StudyQuery, 'offset' | 'limit'>;

export interface StudyList {
  readonly ids: readonly number[];
  readonly patientCount: number;
}

const KEPT_LISTS = 8;
const KEPT_STATEMENTS = 64;

export class StudyLists {
  readonly #database: Database;
  readonly #row: StatementSync;
  readonly #count: StatementSync;
  /** The newest last. */
  readonly #lists = new Map<string, StudyList>();
  readonly #statements = new Map<string, StatementSync>();
  #revision = -1;
  #counted: number | null = null;

  constructor(database: Database) {
    this.#database = database;
    this.#row = database.handle.prepare(ROW);
    this.#count = database.handle.prepare('SELECT count(*) AS count FROM studies WHERE trashed_at_ms IS NULL');
  }

  /** `revision`: of the library; a list of an earlier one is asked for anew. */
  list(query: ListQuery, { revision, nowMs }: { revision: number; nowMs: number }): StudyList {
    const filter = withDatePreset(query.filter, query.datePreset, nowMs);
    const key = JSON.stringify([filter, query.sort]);
    this.#follow(revision);
    const known = this.#lists.get(key);
    if (known) return known;
    const list = this.#ask({ ...query, filter });
    for (const oldest of this.#lists.keys()) {
      if (this.#lists.size < KEPT_LISTS) break;
      this.#lists.delete(oldest);
    }
    this.#lists.set(key, list);
    return list;
  }

  /** In the given order; what has gone since is left out. */
  rows(ids: readonly number[]): StudyRow[] {
    return ids.flatMap((id) => this.row(id) ?? []);
  }

  row(studyId: number): StudyRow | null {
    const row = this.#row.get(studyId);
    return row ? studyRowOf(row) : null;
  }

  /** Without the trash. */
  count(revision: number): number {
    this.#follow(revision);
    this.#counted ??= Number(this.#count.get()?.['count'] ?? 0);
    return this.#counted;
  }

  #follow(revision: number): void {
    if (revision === this.#revision) return;
    this.#revision = revision;
    this.#lists.clear();
    this.#counted = null;
  }

  #ask({ filter, sort }: ListQuery): StudyList {
    const { sql, values } = conditionsOf(filter);
    const statement = this.#statement(
      `SELECT studies.id, studies.patient_id FROM studies WHERE ${sql} ORDER BY ${orderOf(sort)}`,
    );
    const ids: number[] = [];
    const patients = new Set<number>();
    for (const [id, patientId] of statement.all(...values) as unknown as [number, number][]) {
      ids.push(id);
      patients.add(patientId);
    }
    return { ids, patientCount: patients.size };
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    if (this.#statements.size >= KEPT_STATEMENTS) this.#statements.clear();
    const statement = this.#database.handle.prepare(sql);
    statement.setReturnArrays(true);
    this.#statements.set(sql, statement);
    return statement;
  }
}

function studyRowOf(row: Record<string, unknown>): StudyRow {
  return {
    studyId: Number(row['id']),
    patientKey: String(row['key']),
    patient: JSON.parse(String(row['patient_record'])) as PatientRecord,
    study: JSON.parse(String(row['record'])) as StudyRecord,
    modalities: JSON.parse(String(row['modalities'])) as string[],
    bodyParts: JSON.parse(String(row['body_parts'])) as string[],
    seriesCount: Number(row['series_count']),
    instanceCount: Number(row['instance_count']),
    missingCount: Number(row['missing_count']),
    asideCount: Number(row['aside_count']),
    sizeBytes: Number(row['size_bytes']),
    copiedBytes: Number(row['copied_bytes']),
    source: String(row['source']),
    sourceId: Number(row['source_id']),
    tags: JSON.parse(String(row['tags'])) as string[],
    comment: String(row['comment']),
    isUnread: row['is_unread'] === 1,
    isPinned: row['is_pinned'] === 1,
    addedAtMs: Number(row['added_at_ms']),
    lastOpenedAtMs: row['last_opened_at_ms'] === null ? null : Number(row['last_opened_at_ms']),
  };
}

const ROW = `
  SELECT studies.id, patients.key, patient_record, studies.record, modalities, body_parts, series_count, instance_count,
         missing_count, aside_count, size_bytes, copied_bytes, ifnull(sources.label, '') AS source,
         ifnull(source_id, 0) AS source_id, tags, comment, is_unread, is_pinned, studies.added_at_ms, last_opened_at_ms
  FROM studies JOIN patients ON patients.id = patient_id LEFT JOIN sources ON sources.id = source_id
  WHERE studies.id = ?`;
