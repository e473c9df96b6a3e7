/** Reading side of the index below the lists of studies: series and instances as rows of plain records. */
import type { SQLOutputValue } from 'node:sqlite';
import type { SeriesRow } from '../../src-shared/contract';
import type { InstanceRecord, PatientRecord, SeriesRecord, StudyRecord } from '../../src-shared/dicom/records';
import type { Database } from './database';

export type ThumbnailState = SeriesRow['thumbnail'];

export interface StoredInstance {
  readonly instanceId: number;
  readonly record: InstanceRecord;
  readonly isMissing: boolean;
}

/** A series with what stands above it in the tree. */
export interface SeriesHead {
  readonly seriesId: number;
  readonly studyId: number;
  readonly patientKey: string;
  readonly patient: PatientRecord;
  readonly study: StudyRecord;
  readonly series: SeriesRecord;
}

export interface LibraryCounts {
  readonly patients: number;
  readonly studies: number;
  readonly series: number;
  readonly instances: number;
}

type Row = Record<string, SQLOutputValue>;

export class LibraryQueries {
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(database: Database) {
    this.#statements = prepareAll(database);
  }

  /** By series number; unnumbered ones last. Empty for a study that is not there. */
  seriesOf(studyId: number): SeriesRow[] {
    const missing = countsById(this.#statements.missingBySeries.all(studyId));
    return this.#statements.series
      .all(studyId)
      .map((row) => seriesOf(row, missing))
      .sort((a, b) => (a.series.number ?? Infinity) - (b.series.number ?? Infinity) || a.seriesId - b.seriesId);
  }

  seriesHead(seriesId: number): SeriesHead | null {
    const row = this.#statements.seriesHead.get(seriesId);
    if (!row) return null;
    return {
      seriesId,
      studyId: Number(row['study_id']),
      patientKey: String(row['key']),
      patient: JSON.parse(String(row['patient_record'])) as PatientRecord,
      study: JSON.parse(String(row['study_record'])) as StudyRecord,
      series: JSON.parse(String(row['record'])) as SeriesRecord,
    };
  }

  instancesOf(seriesId: number): StoredInstance[] {
    return this.#statements.instances.all(seriesId).map((row) => ({
      instanceId: Number(row['id']),
      record: JSON.parse(String(row['record'])) as InstanceRecord,
      isMissing: row['is_missing'] === 1,
    }));
  }

  /** Images whose file was there when last looked at. */
  presentImageCount(seriesId: number): number {
    return Number(this.#statements.presentImages.get(seriesId)?.['count'] ?? 0);
  }

  counts(): LibraryCounts {
    const row = this.#statements.counts.get();
    const count = (name: string): number => Number(row?.[name] ?? 0);
    return {
      patients: count('patients'),
      studies: count('studies'),
      series: count('series'),
      instances: count('instances'),
    };
  }
}

function seriesOf(row: Row, missing: ReadonlyMap<number, number>): SeriesRow {
  const seriesId = Number(row['id']);
  const imageCount = Number(row['image_count'] ?? 0);
  return {
    seriesId,
    studyId: Number(row['study_id']),
    series: JSON.parse(String(row['record'])) as SeriesRecord,
    instanceCount: Number(row['instance_count']),
    imageCount,
    missingCount: missing.get(seriesId) ?? 0,
    thumbnail: imageCount === 0 ? 'none' : (String(row['thumbnail']) as ThumbnailState),
  };
}

function countsById(rows: Row[]): ReadonlyMap<number, number> {
  return new Map(rows.map((row) => [Number(row['id']), Number(row['missing'])]));
}

function prepareAll({ handle }: Database) {
  return {
    series: handle.prepare(
      `SELECT id, study_id, record, thumbnail,
              (SELECT count(*) FROM instances WHERE series_id = series.id) AS instance_count,
              (SELECT sum(has_image) FROM instances WHERE series_id = series.id) AS image_count
       FROM series WHERE study_id = ?`,
    ),
    missingBySeries: handle.prepare(
      `SELECT series_id AS id, count(*) AS missing
       FROM files JOIN instances ON instances.id = files.instance_id JOIN series ON series.id = instances.series_id
       WHERE is_missing = 1 AND study_id = ? GROUP BY series_id`,
    ),
    seriesHead: handle.prepare(
      `SELECT series.study_id, series.record, studies.record AS study_record, studies.patient_record, patients.key
       FROM series JOIN studies ON studies.id = series.study_id JOIN patients ON patients.id = studies.patient_id
       WHERE series.id = ?`,
    ),
    instances: handle.prepare(
      `SELECT id, record, is_missing FROM instances JOIN files ON files.instance_id = instances.id
       WHERE series_id = ? ORDER BY id`,
    ),
    presentImages: handle.prepare(
      `SELECT count(*) AS count FROM instances JOIN files ON files.instance_id = instances.id
       WHERE series_id = ? AND has_image = 1 AND is_missing = 0`,
    ),
    counts: handle.prepare(
      `SELECT (SELECT count(*) FROM patients) AS patients, (SELECT count(*) FROM studies) AS studies,
              (SELECT count(*) FROM series) AS series, (SELECT count(*) FROM instances) AS instances`,
    ),
  };
}
