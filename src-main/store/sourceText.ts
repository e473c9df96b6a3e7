/**
 * Corrects what the library says of a source's instances after their text was read with another character set. A name
 * that reads differently is another patient key, so that studies move between patients; ids of studies stay.
 */
import type { StatementSync } from 'node:sqlite';
import type { IndexedHeader } from '../../src-shared/dicom/indexedHeader';
import type { Database } from './database';
import type { FactKeeper } from './factKeeper';
import type { ObjectFiles } from './objects';

export interface TextFile {
  readonly instanceId: number;
  /** Absolute. */
  readonly path: string;
}

export interface ReadText {
  readonly instanceId: number;
  readonly header: IndexedHeader;
}

export interface SourceTextParts {
  readonly database: Database;
  readonly objects: Pick<ObjectFiles, 'pathOf'>;
  readonly facts: Pick<FactKeeper, 'recompute'>;
  /** Patients and studies are not where they were. */
  onMoved(): void;
}

interface Row {
  readonly seriesId: number;
  readonly studyId: number;
  readonly patientId: number;
  readonly patientKey: string;
  readonly studyUid: string;
  readonly sopUid: string;
}

const PAGE = 256;

export class SourceText {
  readonly #parts: SourceTextParts;
  readonly #statements: Record<StatementName, StatementSync>;

  constructor(parts: SourceTextParts) {
    this.#parts = parts;
    this.#statements = prepareAll(parts.database);
  }

  /** Files of a source that are there, copies before the plain files that they were made of. */
  *pages(sourceId: number): Generator<TextFile[]> {
    for (let after = 0; ;) {
      const rows = this.#statements.page.all(sourceId, after, PAGE);
      const last = rows.at(-1);
      if (!last) return;
      yield rows.map((row) => ({ instanceId: Number(row['id']), path: this.#pathOf(row) }));
      after = Number(last['id']);
    }
  }

  /** Gives the studies whose text changed. @throws `store/*`: nothing changed */
  rewrite(read: readonly ReadText[]): number[] {
    const { database, facts } = this.#parts;
    try {
      return database.transaction(() => {
        const changed = new Set<number>();
        for (const one of read) if (this.#rewriteOne(one)) changed.add(this.#rowOf(one.instanceId)?.studyId ?? 0);
        changed.delete(0);
        facts.recompute([...changed]);
        return [...changed];
      });
    } finally {
      this.#parts.onMoved();
    }
  }

  #pathOf(row: Record<string, unknown>): string {
    return typeof row['object'] === 'string' ? this.#parts.objects.pathOf(row['object']) : String(row['path']);
  }

  #rewriteOne({ instanceId, header }: ReadText): boolean {
    const row = this.#rowOf(instanceId);
    // Another object lies there by now: its text says nothing of this instance.
    if (!row || row.sopUid !== header.sopUid || row.studyUid !== header.studyUid) return false;
    const { seriesJson, modality, bodyPart, instanceJson, studyJson, patientJson } = header;
    const changes = [
      this.#statements.instance.run(instanceJson, instanceId, instanceJson),
      this.#statements.series.run(seriesJson, modality, bodyPart, row.seriesId, seriesJson),
      this.#statements.study.run(studyJson, patientJson, row.studyId, studyJson, patientJson),
    ];
    const hasMoved = header.patientKey !== row.patientKey && this.#move(row, header);
    return hasMoved || changes.some((change) => change.changes > 0);
  }

  /** Where the other patient has this study already, it stays: two studies of one UID are two. */
  #move({ studyId, patientId, studyUid }: Row, { patientKey, patientJson }: IndexedHeader): boolean {
    const target = Number(this.#statements.putPatient.get(patientKey, patientJson)?.['id']);
    if (this.#statements.studyUnder.get(target, studyUid)) return false;
    this.#statements.moveStudy.run(target, studyId);
    this.#statements.dropPatient.run(patientId, patientId);
    return true;
  }

  #rowOf(instanceId: number): Row | null {
    const row = this.#statements.row.get(instanceId);
    if (!row) return null;
    return {
      seriesId: Number(row['series_id']),
      studyId: Number(row['study_id']),
      patientId: Number(row['patient_id']),
      patientKey: String(row['key']),
      studyUid: String(row['study_uid']),
      sopUid: String(row['sop_uid']),
    };
  }
}

type StatementName =
  'page' | 'row' | 'instance' | 'series' | 'study' | 'putPatient' | 'studyUnder' | 'moveStudy' | 'dropPatient';

function prepareAll({ handle }: Database): Record<StatementName, StatementSync> {
  return {
    page: handle.prepare(
      `SELECT instance_id AS id, path, object FROM files
       WHERE source_id = ? AND instance_id > ? AND is_missing = 0 ORDER BY instance_id LIMIT ?`,
    ),
    row: handle.prepare(
      `SELECT series.id AS series_id, studies.id AS study_id, patients.id AS patient_id, patients.key,
         studies.uid AS study_uid, instances.uid AS sop_uid
       FROM instances JOIN series ON series.id = series_id JOIN studies ON studies.id = study_id
       JOIN patients ON patients.id = patient_id WHERE instances.id = ?`,
    ),
    instance: handle.prepare('UPDATE instances SET record = ? WHERE id = ? AND record <> ?'),
    series: handle.prepare('UPDATE series SET record = ?, modality = ?, body_part = ? WHERE id = ? AND record <> ?'),
    study: handle.prepare(
      'UPDATE studies SET record = ?, patient_record = ? WHERE id = ? AND (record <> ? OR patient_record <> ?)',
    ),
    putPatient: handle.prepare(
      'INSERT INTO patients (key, record) VALUES (?, ?) ON CONFLICT DO UPDATE SET record = excluded.record RETURNING id',
    ),
    studyUnder: handle.prepare('SELECT 1 FROM studies WHERE patient_id = ? AND uid = ?'),
    moveStudy: handle.prepare('UPDATE studies SET patient_id = ? WHERE id = ?'),
    dropPatient: handle.prepare(
      'DELETE FROM patients WHERE id = ? AND NOT EXISTS (SELECT 1 FROM studies WHERE patient_id = ?)',
    ),
  };
}
