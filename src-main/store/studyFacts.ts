/**
 * Keeps what `studies` repeats of other rows true: counts, sizes, modalities, texts to search and sort by. A list of
 * 100,000 studies is then one read. Called inside the transaction that changes the rows.
 */
import type { StatementSync } from 'node:sqlite';
import type { PatientRecord, StudyRecord } from '../../src-shared/dicom/records';
import type { Database } from './database';
import type { FactKeeper } from './factKeeper';
import type { Growth } from './intakeBatch';
import { studyTexts } from './studyText';

interface Added {
  instances: number;
  bytes: number;
  copiedBytes: number;
}

export class StudyFacts implements FactKeeper {
  readonly #statements: Record<StatementName, StatementSync>;

  constructor({ handle }: Database) {
    this.#statements = {
      grow: handle.prepare(
        `UPDATE studies SET instance_count = instance_count + ?, size_bytes = size_bytes + ?, copied_bytes = copied_bytes + ?
         WHERE id = ?`,
      ),
      count: handle.prepare(COUNT),
      series: handle.prepare('SELECT modality, body_part FROM series WHERE study_id = ?'),
      textSource: handle.prepare(
        `SELECT patient_record, record, tags, comment, search_text, patient_name, series_count, modalities, body_parts,
                ifnull(sources.label, '') AS source
         FROM studies LEFT JOIN sources ON sources.id = source_id WHERE studies.id = ?`,
      ),
      putSeriesFacts: handle.prepare(
        'UPDATE studies SET series_count = ?, modalities = ?, body_parts = ? WHERE id = ?',
      ),
      putTexts: handle.prepare(
        `UPDATE studies SET patient_name = ?, name_text = ?, patient_code = ?, birth_date = ?, study_date = ?,
                study_time = ?, accession = ?, description = ?, institution = ?, search_text = ? WHERE id = ?`,
      ),
      removeText: handle.prepare('DELETE FROM study_text WHERE rowid = ?'),
      addText: handle.prepare('INSERT INTO study_text (rowid, text) VALUES (?, ?)'),
      tags: handle.prepare('SELECT tag FROM study_tags WHERE study_id = ? ORDER BY tag'),
      putTags: handle.prepare('UPDATE studies SET tags = ? WHERE id = ?'),
      all: handle.prepare('SELECT id FROM studies'),
    };
  }

  grew(instances: readonly Growth[]): void {
    for (const [studyId, { instances: count, bytes, copiedBytes }] of addedByStudy(instances)) {
      this.#statements.grow.run(count, bytes, copiedBytes, studyId);
      this.#describe(studyId);
    }
  }

  recompute(studyIds: readonly number[]): void {
    for (const studyId of studyIds) {
      this.#statements.count.run(studyId);
      this.#statements.putTags.run(
        JSON.stringify(this.#statements.tags.all(studyId).map((row) => row['tag'])),
        studyId,
      );
      this.#describe(studyId);
    }
  }

  recomputeAll(): void {
    this.recompute(this.#statements.all.all().map((row) => Number(row['id'])));
  }

  removing(studyIds: readonly number[]): void {
    for (const studyId of studyIds) this.#statements.removeText.run(studyId);
  }

  /** Series facts and texts, written only where they changed: most batches add to a study that is described already. */
  #describe(studyId: number): void {
    const row = this.#statements.textSource.get(studyId);
    if (!row) return;
    const series = this.#statements.series.all(studyId);
    const modalities = distinct(series.map((one) => String(one['modality'])));
    const bodyParts = distinct(series.map((one) => String(one['body_part'])));
    const facts = [series.length, JSON.stringify(modalities), JSON.stringify(bodyParts)] as const;
    if (row['series_count'] !== facts[0] || row['modalities'] !== facts[1] || row['body_parts'] !== facts[2]) {
      this.#statements.putSeriesFacts.run(...facts, studyId);
    }
    const texts = studyTexts({
      patient: JSON.parse(String(row['patient_record'])) as PatientRecord,
      study: JSON.parse(String(row['record'])) as StudyRecord,
      modalities,
      bodyParts,
      source: String(row['source']),
      tags: JSON.parse(String(row['tags'])) as string[],
      comment: String(row['comment']),
    });
    if (texts.searchText === row['search_text'] && texts.patientName === row['patient_name']) return;
    const { patientName, nameText, patientCode, birthDate, studyDate, studyTime } = texts;
    const { accession, description, institution, searchText } = texts;
    this.#statements.putTexts.run(
      ...[patientName, nameText, patientCode, birthDate, studyDate, studyTime],
      ...[accession, description, institution, searchText],
      studyId,
    );
    this.#statements.removeText.run(studyId);
    this.#statements.addText.run(studyId, searchText);
  }
}

function addedByStudy(instances: readonly Growth[]): ReadonlyMap<number, Added> {
  const byStudy = new Map<number, Added>();
  for (const { studyId, sizeBytes, isCopy } of instances) {
    const added = byStudy.get(studyId) ?? { instances: 0, bytes: 0, copiedBytes: 0 };
    added.instances += 1;
    added.bytes += sizeBytes;
    if (isCopy) added.copiedBytes += sizeBytes;
    byStudy.set(studyId, added);
  }
  return byStudy;
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== ''))].sort();
}

type StatementName =
  | 'grow'
  | 'count'
  | 'series'
  | 'textSource'
  | 'putSeriesFacts'
  | 'putTexts'
  | 'removeText'
  | 'addText'
  | 'tags'
  | 'putTags'
  | 'all';

const COUNT = `
  UPDATE studies SET
    (instance_count, missing_count, size_bytes, copied_bytes) = (
      SELECT count(*), ifnull(sum(is_missing), 0), ifnull(sum(size_bytes), 0),
             ifnull(sum(iif(object IS NULL, 0, size_bytes)), 0)
      FROM instances JOIN series ON series.id = series_id JOIN files ON files.instance_id = instances.id
      WHERE series.study_id = studies.id),
    aside_count = (
      SELECT count(*) FROM aside JOIN instances ON instances.id = instance_id JOIN series ON series.id = series_id
      WHERE series.study_id = studies.id)
  WHERE id = ?`;
