/**
 * The text of a source's instances, corrected when its headers were read again with another character set. UIDs stay what
 * they are; names may not, and with them the patient that a study belongs to.
 */
import type { SQLOutputValue, StatementSync } from 'node:sqlite';
import type { IndexedHeader } from '../../src-shared/dicom/indexedHeader';
import type { Database } from './database';
import type { FactKeeper } from './factKeeper';
import type { IntakeTree } from './intakeTree';
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
  readonly objects: ObjectFiles;
  readonly facts: FactKeeper;
  readonly tree: IntakeTree;
}

const PAGE = 256;

export class SourceText {
  readonly #parts: SourceTextParts;
  readonly #statements: Record<StatementName, StatementSync>;

  constructor(parts: SourceTextParts) {
    this.#parts = parts;
    this.#statements = prepareAll(parts.database);
  }

  /** Files of a source that can be read, in id order. */
  *pages(sourceId: number): Generator<readonly TextFile[]> {
    for (let after = 0; ;) {
      const rows = this.#statements.page.all(sourceId, after, PAGE);
      const last = rows.at(-1);
      if (!last) return;
      yield rows.map((row) => this.#fileOf(row));
      after = Number(last['instance_id']);
    }
  }

  /** Gives the studies whose text is another now. @throws `store/*`: nothing was changed */
  rewrite(read: readonly ReadText[]): number[] {
    const { database, tree, facts } = this.#parts;
    const changed = new Set<number>();
    const seen = new Set<number>();
    const movedTo = new Map<number, number>();
    try {
      database.transaction(() => {
        for (const text of read) this.#rewriteOne(text, { changed, seen, movedTo });
        this.#dropEmpty(changed, movedTo);
        facts.recompute([...changed]);
      });
    } finally {
      tree.forget();
    }
    return [...changed];
  }

  #rewriteOne(
    { instanceId, header }: ReadText,
    run: { changed: Set<number>; seen: Set<number>; movedTo: Map<number, number> },
  ): void {
    const old = this.#statements.placeOf.get(instanceId);
    if (!old) return;
    const place = this.#newPlace(old, { instanceId, header });
    const isMoved = place.seriesId !== old['series_id'] || old['key'] !== header.patientKey;
    this.#statements.putInstance.run(Number(header.hasImage), header.instanceJson, instanceId);
    const isNewText = !run.seen.has(place.seriesId) && this.#putTexts(place, header);
    run.seen.add(place.seriesId);
    if (!isMoved && !isNewText) return;
    run.changed.add(place.studyId);
    const oldStudyId = Number(old['study_id']);
    run.changed.add(oldStudyId);
    if (oldStudyId !== place.studyId) run.movedTo.set(oldStudyId, place.studyId);
  }

  #newPlace(
    old: Record<string, SQLOutputValue>,
    { instanceId, header }: ReadText,
  ): { studyId: number; seriesId: number } {
    const stays = { studyId: Number(old['study_id']), seriesId: Number(old['series_id']) };
    if (old['key'] === header.patientKey) return stays;
    const sourceId = old['source_id'] ?? null;
    const isWholeStudy = this.#statements.otherSource.get(stays.studyId, sourceId) === undefined;
    const patientId = Number(this.#statements.patient.get(header.patientKey, header.patientJson)?.['id']);
    const isTaken = this.#statements.study.get(patientId, header.studyUid) !== undefined;
    if (isWholeStudy && !isTaken) {
      this.#statements.moveStudy.run(patientId, stays.studyId);
      return stays;
    }
    const arriving = { sourceId: Number(sourceId), atMs: Number(old['added_at_ms']) };
    const place = this.#parts.tree.placeOf(header, arriving);
    // The other patient may have an instance of this UID already: two that are one are not told apart by text.
    const isMoved = this.#statements.moveInstance.run(place.seriesId, instanceId).changes === 1;
    return isMoved ? place : stays;
  }

  /** Gives whether anything was another before. */
  #putTexts(
    { studyId, seriesId }: { studyId: number; seriesId: number },
    { studyJson, patientJson, seriesJson, patientKey, modality, bodyPart }: IndexedHeader,
  ): boolean {
    const { putSeries, putStudy, putPatient } = this.#statements;
    const texts = [seriesJson, modality, bodyPart] as const;
    const series = putSeries.run(...texts, seriesId, ...texts).changes;
    const study = putStudy.run(studyJson, patientJson, studyId, studyJson, patientJson).changes;
    putPatient.run(patientJson, patientKey);
    return Number(series) + Number(study) > 0;
  }

  /** What people wrote about a study that lost its last instance goes where that went. */
  #dropEmpty(studyIds: Iterable<number>, movedTo: ReadonlyMap<number, number>): void {
    for (const studyId of studyIds) {
      this.#statements.dropSeries.run(studyId);
      if (this.#statements.hasSeries.get(studyId) !== undefined) continue;
      const heir = movedTo.get(studyId) ?? null;
      this.#statements.giveTags.run(heir, studyId);
      this.#statements.giveMarks.run(studyId, heir);
      this.#parts.facts.removing([studyId]);
      this.#statements.dropTags.run(studyId);
      this.#statements.dropStudy.run(studyId);
    }
    this.#statements.dropPatients.run();
  }

  #fileOf(row: Record<string, SQLOutputValue>): TextFile {
    const object = row['object'];
    const path = typeof object === 'string' ? this.#parts.objects.pathOf(object) : String(row['path']);
    return { instanceId: Number(row['instance_id']), path };
  }
}

type StatementName =
  | 'page'
  | 'placeOf'
  | 'otherSource'
  | 'patient'
  | 'study'
  | 'moveStudy'
  | 'moveInstance'
  | 'putInstance'
  | 'putSeries'
  | 'putStudy'
  | 'putPatient'
  | 'hasSeries'
  | 'dropSeries'
  | 'giveTags'
  | 'giveMarks'
  | 'dropTags'
  | 'dropStudy'
  | 'dropPatients';

function prepareAll({ handle }: Database): Record<StatementName, StatementSync> {
  return {
    page: handle.prepare(
      `SELECT instance_id, path, object FROM files
       WHERE source_id = ? AND instance_id > ? AND (object IS NOT NULL OR path <> '') ORDER BY instance_id LIMIT ?`,
    ),
    placeOf: handle.prepare(
      `SELECT series_id, study_id, key, files.source_id, added_at_ms FROM instances
       JOIN files ON instance_id = instances.id JOIN series ON series.id = series_id
       JOIN studies ON studies.id = study_id JOIN patients ON patients.id = patient_id WHERE instances.id = ?`,
    ),
    otherSource: handle.prepare(
      `SELECT 1 FROM files JOIN instances ON instances.id = instance_id JOIN series ON series.id = series_id
       WHERE study_id = ? AND files.source_id IS NOT ? LIMIT 1`,
    ),
    patient: handle.prepare(
      'INSERT INTO patients (key, record) VALUES (?, ?) ON CONFLICT DO UPDATE SET key = key RETURNING id',
    ),
    study: handle.prepare('SELECT id FROM studies WHERE patient_id = ? AND uid = ?'),
    moveStudy: handle.prepare('UPDATE studies SET patient_id = ? WHERE id = ?'),
    moveInstance: handle.prepare('UPDATE OR IGNORE instances SET series_id = ? WHERE id = ?'),
    putInstance: handle.prepare('UPDATE instances SET has_image = ?, record = ? WHERE id = ?'),
    putSeries: handle.prepare(
      `UPDATE series SET record = ?, modality = ?, body_part = ?
       WHERE id = ? AND (record, modality, body_part) IS NOT (?, ?, ?)`,
    ),
    putStudy: handle.prepare(
      'UPDATE studies SET record = ?, patient_record = ? WHERE id = ? AND (record <> ? OR patient_record <> ?)',
    ),
    putPatient: handle.prepare('UPDATE patients SET record = ? WHERE key = ?'),
    hasSeries: handle.prepare('SELECT 1 FROM series WHERE study_id = ? LIMIT 1'),
    dropSeries: handle.prepare(
      'DELETE FROM series WHERE study_id = ? AND NOT EXISTS (SELECT 1 FROM instances WHERE series_id = series.id)',
    ),
    giveTags: handle.prepare(
      'INSERT OR IGNORE INTO study_tags (study_id, tag) SELECT heir.id, tag FROM study_tags, (SELECT ? AS id) AS heir WHERE study_id = ?',
    ),
    giveMarks: handle.prepare(
      `UPDATE studies SET comment = iif(studies.comment = '', old.comment, studies.comment),
              is_pinned = max(studies.is_pinned, old.is_pinned), is_unread = min(studies.is_unread, old.is_unread)
       FROM (SELECT comment, is_pinned, is_unread FROM studies WHERE id = ?) AS old WHERE studies.id = ?`,
    ),
    dropTags: handle.prepare('DELETE FROM study_tags WHERE study_id = ?'),
    dropStudy: handle.prepare('DELETE FROM studies WHERE id = ?'),
    dropPatients: handle.prepare(
      'DELETE FROM patients WHERE NOT EXISTS (SELECT 1 FROM studies WHERE patient_id = patients.id)',
    ),
  };
}
