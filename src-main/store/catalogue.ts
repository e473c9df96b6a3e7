/** Writing side of the index: instances come in, rows appear once. */
import { existsSync } from 'node:fs';
import type { StatementSync } from 'node:sqlite';
import { present } from '../../src-shared/base/assert';
import type { IndexedHeader } from '../../src-shared/dicom/indexedHeader';
import type { Database } from './database';

export interface Origin {
  /** Where it came from, as the user would name it. */
  readonly source: string;
  readonly addedAtMs: number;
}

export interface AddOutcome {
  readonly kind: 'added' | 'duplicate';
  readonly studyId: number;
}

interface SeriesIds {
  readonly studyId: number;
  readonly seriesId: number;
}

interface KnownFile {
  readonly id: number;
  readonly path: string;
  readonly is_missing: number;
}

export class Catalogue {
  readonly #database: Database;
  readonly #statements: ReturnType<typeof prepareAll>;
  /** Ids by patient, study and series key: most files of an import belong to a series that was just met. */
  readonly #seriesIds = new Map<string, SeriesIds>();

  constructor(database: Database) {
    this.#database = database;
    this.#statements = prepareAll(database);
  }

  /**
   * Adds what is new, in one transaction. An instance that is known keeps its row: from the same path its file facts are
   * refreshed; from another path it changes nothing, unless the known file is gone, which the new path then replaces.
   * @throws `store/disk-full`, `store/failed`: nothing of the batch was added
   */
  add(instances: readonly IndexedHeader[], origin: Origin): AddOutcome[] {
    try {
      return this.#database.transaction(() => instances.map((instance) => this.#addOne(instance, origin)));
    } catch (thrown) {
      this.#seriesIds.clear();
      throw thrown;
    }
  }

  #addOne(instance: IndexedHeader, origin: Origin): AddOutcome {
    const { studyId, seriesId } = this.#seriesOf(instance, origin);
    const inserted = this.#statements.addInstance.run(
      seriesId,
      instance.sopUid,
      Number(instance.hasImage),
      instance.instanceJson,
    );
    if (inserted.changes === 1) {
      this.#placeFile(Number(inserted.lastInsertRowid), instance);
      return { kind: 'added', studyId };
    }
    const known = present(
      this.#statements.knownFile.get(seriesId, instance.sopUid),
      'known instance',
    ) as unknown as KnownFile;
    if (known.path === instance.path || known.is_missing === 1 || !existsSync(known.path)) {
      this.#statements.refreshInstance.run(Number(instance.hasImage), instance.instanceJson, known.id);
      this.#placeFile(known.id, instance);
    }
    return { kind: 'duplicate', studyId };
  }

  /** A path belongs to one instance: whichever was read from it last. The earlier one is left without a file. */
  #placeFile(instanceId: number, { path, sizeBytes, mtimeMs }: IndexedHeader): void {
    this.#statements.releasePath.run(path, instanceId);
    this.#statements.putFile.run(instanceId, path, sizeBytes, mtimeMs);
  }

  #seriesOf(instance: IndexedHeader, origin: Origin): SeriesIds {
    const key = JSON.stringify([instance.patientKey, instance.studyUid, instance.seriesUid]);
    const cached = this.#seriesIds.get(key);
    if (cached) return cached;
    const { addPatient, addStudy, addSeries } = this.#statements;
    const { patientKey, patientJson, studyUid, studyJson, seriesUid, modality, seriesJson } = instance;
    const patientId = idOf(addPatient.get(patientKey, patientJson));
    const studyId = idOf(addStudy.get(patientId, studyUid, studyJson, patientJson, origin.source, origin.addedAtMs));
    const seriesId = idOf(addSeries.get(studyId, seriesUid, modality, seriesJson));
    const ids = { studyId, seriesId };
    this.#seriesIds.set(key, ids);
    return ids;
  }
}

function idOf(row: Record<string, unknown> | undefined): number {
  return Number(present(row, 'row id')['id']);
}

function prepareAll({ handle }: Database): Record<StatementName, StatementSync> {
  return {
    // `DO UPDATE` on itself makes RETURNING answer for a known row too.
    addPatient: handle.prepare(
      'INSERT INTO patients (key, record) VALUES (?, ?) ON CONFLICT DO UPDATE SET key = key RETURNING id',
    ),
    addStudy: handle.prepare(
      `INSERT INTO studies (patient_id, uid, record, patient_record, source, added_at_ms) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET uid = uid RETURNING id`,
    ),
    addSeries: handle.prepare(
      `INSERT INTO series (study_id, uid, modality, record) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET uid = uid RETURNING id`,
    ),
    addInstance: handle.prepare(
      'INSERT INTO instances (series_id, uid, has_image, record) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    knownFile: handle.prepare(
      `SELECT instances.id, files.path, files.is_missing FROM instances JOIN files ON files.instance_id = instances.id
       WHERE series_id = ? AND uid = ?`,
    ),
    refreshInstance: handle.prepare('UPDATE instances SET has_image = ?, record = ? WHERE id = ?'),
    // `path <> ''` lets the partial index serve it.
    releasePath: handle.prepare(
      "UPDATE files SET path = '', is_missing = 1 WHERE path = ? AND path <> '' AND instance_id <> ?",
    ),
    putFile: handle.prepare(
      `INSERT INTO files (instance_id, path, size_bytes, mtime_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT (instance_id) DO UPDATE
       SET path = excluded.path, size_bytes = excluded.size_bytes, mtime_ms = excluded.mtime_ms, is_missing = 0`,
    ),
  };
}

type StatementName =
  'addPatient' | 'addStudy' | 'addSeries' | 'addInstance' | 'knownFile' | 'refreshInstance' | 'releasePath' | 'putFile';
