/** Files kept aside because their SOP Instance UID is taken by another content, and what a person decides about them. */
import type { SQLOutputValue } from 'node:sqlite';
import { AppError } from '../../src-shared/base/appError';
import type { AsideRow } from '../../src-shared/contract';
import type { InstanceRecord } from '../../src-shared/dicom/records';
import type { Database } from './database';
import type { DoomedObjects } from './doomedObjects';
import type { FactKeeper } from './factKeeper';

export type AsideAction = 'use' | 'discard';

export interface AsideParts {
  readonly database: Database;
  readonly doomed: DoomedObjects;
  readonly facts: FactKeeper;
}

export class AsideFiles {
  readonly #parts: AsideParts;
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(parts: AsideParts) {
    this.#parts = parts;
    this.#statements = prepareAll(parts.database);
  }

  /** By series, then as they arrived. */
  of(studyId: number): AsideRow[] {
    return this.#statements.ofStudy.all(studyId).map(asideRowOf);
  }

  /** Those that the library has copies of. */
  copies(): { readonly object: string; readonly sizeBytes: number }[] {
    return this.#statements.copies
      .all()
      .map((row) => ({ object: String(row['object']), sizeBytes: Number(row['size_bytes']) }));
  }

  /** Forgets a copy that is damaged; gives the studies whose counts changed. @throws `store/*` */
  dropCopy(object: string): number[] {
    return this.#parts.database.transaction(() => {
      const studyIds = this.#statements.studiesOf.all(object).map((row) => Number(row['study_id']));
      this.#statements.dropCopy.run(object);
      this.#parts.facts.recompute(studyIds);
      return studyIds;
    });
  }

  /** Gives the study whose counts changed. @throws `service/unknown-id`, `store/*` */
  settle(asideId: number, action: AsideAction): number {
    const studyId = this.#parts.database.transaction(() => {
      const row = this.#statements.one.get(asideId);
      if (!row) throw new AppError('service/unknown-id', 'This file is no longer kept aside.', { id: asideId });
      if (action === 'use') this.#swap(asideId, row);
      else this.#forget(asideId, row);
      const studyId = Number(row['study_id']);
      this.#parts.facts.recompute([studyId]);
      return studyId;
    });
    this.#parts.doomed.sweep();
    return studyId;
  }

  /** What was there is kept aside in the same row, so that a second "use" brings it back. */
  #swap(asideId: number, aside: Row): void {
    const instanceId = aside['instance_id'] ?? null;
    const kept = this.#statements.kept.get(instanceId);
    if (!kept) throw new AppError('service/unknown-id', 'The object that this file belongs to is gone.', {});
    this.#statements.putAside.run(...fileValues(kept), kept['has_image'] ?? 0, kept['record'] ?? '', asideId);
    this.#statements.putFile.run(...fileValues(aside), instanceId);
    this.#statements.putInstance.run(aside['has_image'] ?? 0, aside['record'] ?? '', instanceId);
  }

  #forget(asideId: number, aside: Row): void {
    this.#statements.remove.run(asideId);
    if (typeof aside['object'] === 'string') this.#parts.doomed.doom(aside['object']);
  }
}

type Row = Record<string, SQLOutputValue>;

const FILE_COLUMNS = ['source_id', 'origin', 'path', 'object', 'origin_sha256', 'size_bytes', 'mtime_ms'] as const;

function fileValues(row: Row): SQLOutputValue[] {
  return FILE_COLUMNS.map((column) => row[column] ?? null);
}

function asideRowOf(row: Row): AsideRow {
  const record = JSON.parse(String(row['record'])) as InstanceRecord;
  return {
    asideId: Number(row['id']),
    seriesId: Number(row['series_id']),
    sopInstanceUid: String(row['uid']),
    instanceNumber: record.instanceNumber,
    origin: [row['label'], row['origin']]
      .map((part) => String(part ?? ''))
      .filter(Boolean)
      .join(' · '),
    sizeBytes: Number(row['size_bytes']),
    keptSizeBytes: Number(row['kept_size_bytes']),
    arrivedAtMs: Number(row['arrived_at_ms']),
  };
}

function prepareAll({ handle }: Database) {
  const sets = FILE_COLUMNS.map((column) => `${column} = ?`).join(', ');
  const tree = 'JOIN instances ON instances.id = aside.instance_id JOIN series ON series.id = instances.series_id';
  return {
    ofStudy: handle.prepare(
      `SELECT aside.id, series.id AS series_id, uid, aside.record, label, aside.origin, aside.size_bytes,
              files.size_bytes AS kept_size_bytes, arrived_at_ms
       FROM (SELECT id, uid AS series_uid, study_id FROM series WHERE study_id = ?) AS series
       JOIN instances ON instances.series_id = series.id JOIN aside ON aside.instance_id = instances.id
       JOIN files ON files.instance_id = instances.id LEFT JOIN sources ON sources.id = aside.source_id
       ORDER BY series.id, aside.id`,
    ),
    one: handle.prepare(`SELECT aside.*, study_id FROM aside ${tree} WHERE aside.id = ?`),
    kept: handle.prepare(
      `SELECT files.*, has_image, record FROM files JOIN instances ON instances.id = instance_id WHERE instance_id = ?`,
    ),
    putAside: handle.prepare(`UPDATE aside SET ${sets}, has_image = ?, record = ? WHERE id = ?`),
    putFile: handle.prepare(`UPDATE files SET ${sets}, is_missing = 0 WHERE instance_id = ?`),
    putInstance: handle.prepare('UPDATE instances SET has_image = ?, record = ? WHERE id = ?'),
    copies: handle.prepare('SELECT DISTINCT object, size_bytes FROM aside WHERE object IS NOT NULL ORDER BY object'),
    studiesOf: handle.prepare(`SELECT DISTINCT study_id FROM aside ${tree} WHERE object = ?`),
    dropCopy: handle.prepare('DELETE FROM aside WHERE object = ?'),
    remove: handle.prepare('DELETE FROM aside WHERE id = ?'),
  };
}
