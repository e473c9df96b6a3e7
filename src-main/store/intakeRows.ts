/** Rows of instances, of their files, and of what is kept aside, as arrivals write them. */
import type { StatementSync } from 'node:sqlite';
import type { IndexedHeader } from '../../src-shared/dicom/indexedHeader';
import type { Database } from './database';
import type { GivenIds } from './givenIds';
import type { KnownFile } from './relation';
import type { Incoming } from './types';

export interface KnownInstance extends KnownFile {
  readonly instanceId: number;
  readonly seriesId: number;
  readonly isMissing: boolean;
}

/** What a file row says. */
export interface FileRow extends KnownFile {
  readonly sourceId: number;
  readonly origin: string;
}

export class IntakeRows {
  readonly #statements: Record<StatementName, StatementSync>;
  readonly #ids: GivenIds;

  constructor(database: Database, ids: GivenIds) {
    this.#statements = prepareAll(database);
    this.#ids = ids;
  }

  /** Everything under this SOP Instance UID, whoever it belongs to; oldest first. */
  under(sopUid: string): KnownInstance[] {
    return this.#statements.under.all(sopUid).map(knownOf);
  }

  addInstance(seriesId: number, { sopUid, hasImage, instanceJson }: IndexedHeader): number {
    const id = this.#ids.next('instances');
    this.#statements.addInstance.run(id, seriesId, sopUid, Number(hasImage), instanceJson);
    return id;
  }

  refreshInstance(instanceId: number, { hasImage, instanceJson }: IndexedHeader): void {
    this.#statements.refreshInstance.run(Number(hasImage), instanceJson, instanceId);
  }

  /** A plain file belongs to one instance: whichever was read from it last. Gives the study that lost it, if one did. */
  putFile(instanceId: number, file: FileRow): number | null {
    const loser = file.object === null ? this.#releasePath(file.path, instanceId) : null;
    const { sourceId, origin, path, object, originSha256, sizeBytes, mtimeMs } = file;
    this.#statements.putFile.run(instanceId, sourceId, origin, path, object, originSha256, sizeBytes, mtimeMs);
    return loser;
  }

  setThere(instanceId: number): void {
    this.#statements.setThere.run(instanceId);
  }

  /** The row of a file that is kept aside under this instance already. */
  asideOf(instanceId: number, { path, object, originSha256, sizeBytes, mtimeMs }: FileRow): number | null {
    const row = this.#statements.aside.get(instanceId, object, originSha256, path, sizeBytes, mtimeMs);
    return row ? Number(row['id']) : null;
  }

  addAside(instanceId: number, file: FileRow, header: IndexedHeader, arrivedAtMs: number): void {
    const { sourceId, origin, path, object, originSha256, sizeBytes, mtimeMs } = file;
    const { hasImage, instanceJson } = header;
    this.#statements.addAside.run(
      this.#ids.next('aside'),
      instanceId,
      sourceId,
      origin,
      path,
      object,
      originSha256,
      sizeBytes,
      mtimeMs,
      Number(hasImage),
      instanceJson,
      arrivedAtMs,
    );
  }

  removeAside(asideId: number): void {
    this.#statements.removeAside.run(asideId);
  }

  hasUid(sopUid: string): boolean {
    return this.#statements.hasUid.get(sopUid) !== undefined;
  }

  studyOf(instanceId: number): number {
    return Number(this.#statements.studyOf.get(instanceId)?.['study_id']);
  }

  #releasePath(path: string, exceptInstanceId: number): number | null {
    const row = this.#statements.releasePath.get(path, exceptInstanceId);
    return row ? this.studyOf(Number(row['instance_id'])) : null;
  }
}

/** What the row of an arrival's file will say. */
export function fileRowOf({ arrival, sourceId, origin }: Incoming): FileRow {
  if (arrival.kind === 'reference') {
    const { path, sizeBytes, mtimeMs } = arrival;
    return { sourceId, origin, path, object: null, originSha256: null, sizeBytes, mtimeMs };
  }
  const { sha256, originSha256, sizeBytes, copiedFrom } = arrival;
  const { path, mtimeMs } = copiedFrom ?? { path: '', mtimeMs: 0 };
  return { sourceId, origin, path, object: sha256, originSha256, sizeBytes, mtimeMs };
}

function knownOf(row: Record<string, unknown>): KnownInstance {
  return {
    instanceId: Number(row['id']),
    seriesId: Number(row['series_id']),
    path: String(row['path']),
    object: textOrNull(row['object']),
    originSha256: textOrNull(row['origin_sha256']),
    sizeBytes: Number(row['size_bytes']),
    mtimeMs: Number(row['mtime_ms']),
    isMissing: row['is_missing'] === 1,
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

type StatementName =
  | 'under'
  | 'addInstance'
  | 'refreshInstance'
  | 'releasePath'
  | 'putFile'
  | 'setThere'
  | 'aside'
  | 'addAside'
  | 'removeAside'
  | 'hasUid'
  | 'studyOf';

function prepareAll({ handle }: Database): Record<StatementName, StatementSync> {
  return {
    under: handle.prepare(
      `SELECT instances.id, series_id, path, object, origin_sha256, size_bytes, mtime_ms, is_missing
       FROM instances JOIN files ON files.instance_id = instances.id WHERE uid = ? ORDER BY instances.id`,
    ),
    addInstance: handle.prepare('INSERT INTO instances (id, series_id, uid, has_image, record) VALUES (?, ?, ?, ?, ?)'),
    refreshInstance: handle.prepare('UPDATE instances SET has_image = ?, record = ? WHERE id = ?'),
    // `path <> ''` and `object IS NULL` let the partial index serve it.
    releasePath: handle.prepare(
      `UPDATE files SET path = '', is_missing = 1
       WHERE path = ? AND path <> '' AND object IS NULL AND instance_id <> ? RETURNING instance_id`,
    ),
    putFile: handle.prepare(
      `INSERT INTO files (instance_id, source_id, origin, path, object, origin_sha256, size_bytes, mtime_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (instance_id) DO UPDATE
       SET source_id = excluded.source_id, origin = excluded.origin, path = excluded.path, object = excluded.object,
           origin_sha256 = excluded.origin_sha256, size_bytes = excluded.size_bytes, mtime_ms = excluded.mtime_ms,
           is_missing = 0`,
    ),
    setThere: handle.prepare('UPDATE files SET is_missing = 0 WHERE instance_id = ?'),
    aside: handle.prepare(
      `SELECT id FROM aside WHERE instance_id = ?
       AND (object = ? OR origin_sha256 = ? OR (path <> '' AND path = ? AND size_bytes = ? AND mtime_ms = ?))`,
    ),
    addAside: handle.prepare(
      `INSERT INTO aside (id, instance_id, source_id, origin, path, object, origin_sha256, size_bytes, mtime_ms, has_image,
                          record, arrived_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    removeAside: handle.prepare('DELETE FROM aside WHERE id = ?'),
    hasUid: handle.prepare('SELECT 1 FROM instances WHERE uid = ? LIMIT 1'),
    studyOf: handle.prepare(
      'SELECT study_id FROM instances JOIN series ON series.id = instances.series_id WHERE instances.id = ?',
    ),
  };
}
