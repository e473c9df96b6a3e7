/** Patients, studies and series of what arrives: found, or made. */
import type { StatementSync } from 'node:sqlite';
import { present } from '../../src-shared/base/assert';
import type { IndexedHeader } from '../../src-shared/dicom/indexedHeader';
import type { Database } from './database';
import type { GivenIds } from './givenIds';

export interface Place {
  readonly studyId: number;
  readonly seriesId: number;
}

export interface Arriving {
  readonly sourceId: number;
  readonly atMs: number;
}

export class IntakeTree {
  readonly #statements: Record<StatementName, StatementSync>;
  readonly #ids: GivenIds;
  /** By patient, study and series key: most files of an import belong to a series that was just met. */
  readonly #places = new Map<string, Place>();

  constructor(database: Database, ids: GivenIds) {
    this.#statements = prepareAll(database);
    this.#ids = ids;
  }

  /** After rows were removed or a transaction was taken back. */
  forget(): void {
    this.#places.clear();
  }

  placeOf(header: IndexedHeader, arriving: Arriving): Place {
    const key = JSON.stringify([header.patientKey, header.studyUid, header.seriesUid]);
    const known = this.#places.get(key);
    if (known) return known;
    const patientId = idOf(this.#statements.patient.get(header.patientKey, header.patientJson));
    const studyId = this.#studyOf(patientId, header, arriving);
    const place = { studyId, seriesId: this.#seriesOf(studyId, header) };
    this.#places.set(key, place);
    return place;
  }

  /** Gives whether it was in the trash. */
  takeFromTrash(studyId: number): boolean {
    return this.#statements.restore.run(studyId).changes === 1;
  }

  #studyOf(patientId: number, { studyUid, studyJson, patientJson }: IndexedHeader, arriving: Arriving): number {
    const known = this.#statements.study.get(patientId, studyUid);
    if (known) return idOf(known);
    const id = this.#ids.next('studies');
    const { sourceId, atMs } = arriving;
    this.#statements.addStudy.run(id, patientId, studyUid, studyJson, patientJson, sourceId, atMs);
    return id;
  }

  #seriesOf(studyId: number, { seriesUid, modality, bodyPart, seriesJson }: IndexedHeader): number {
    const known = this.#statements.series.get(studyId, seriesUid);
    if (known) return idOf(known);
    const id = this.#ids.next('series');
    this.#statements.addSeries.run(id, studyId, seriesUid, modality, bodyPart, seriesJson);
    return id;
  }
}

function idOf(row: Record<string, unknown> | undefined): number {
  return Number(present(row, 'row id')['id']);
}

type StatementName = 'patient' | 'study' | 'addStudy' | 'series' | 'addSeries' | 'restore';

function prepareAll({ handle }: Database): Record<StatementName, StatementSync> {
  return {
    // `DO UPDATE` on itself makes RETURNING answer for a known row too.
    patient: handle.prepare(
      'INSERT INTO patients (key, record) VALUES (?, ?) ON CONFLICT DO UPDATE SET key = key RETURNING id',
    ),
    study: handle.prepare('SELECT id FROM studies WHERE patient_id = ? AND uid = ?'),
    addStudy: handle.prepare(
      `INSERT INTO studies (id, patient_id, uid, record, patient_record, source_id, added_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    series: handle.prepare('SELECT id FROM series WHERE study_id = ? AND uid = ?'),
    addSeries: handle.prepare(
      'INSERT INTO series (id, study_id, uid, modality, body_part, record) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    restore: handle.prepare('UPDATE studies SET trashed_at_ms = NULL WHERE id = ? AND trashed_at_ms IS NOT NULL'),
  };
}
