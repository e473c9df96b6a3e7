/** Where each instance's file is, and whether it was there when last looked at. */
import type { Database } from './database';

export interface StoredFile {
  readonly instanceId: number;
  readonly path: string;
  readonly sizeBytes: number;
  readonly isMissing: boolean;
}

export interface FileState {
  readonly instanceId: number;
  readonly isMissing: boolean;
}

const PAGE = 512;

export class FileRows {
  readonly #database: Database;
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(database: Database) {
    this.#database = database;
    this.#statements = prepareAll(database);
  }

  of(instanceId: number): StoredFile | null {
    const row = this.#statements.one.get(instanceId);
    return row ? fileOf(row) : null;
  }

  /** Pages of files in id order, of one study or of all; rows added meanwhile may or may not be met. */
  *pages(studyId?: number): Generator<StoredFile[]> {
    for (let after = 0; ;) {
      const rows =
        studyId === undefined
          ? this.#statements.page.all(after, PAGE)
          : this.#statements.pageOfStudy.all(studyId, after, PAGE);
      const files = rows.map(fileOf);
      const last = files.at(-1);
      if (!last) return;
      yield files;
      after = last.instanceId;
    }
  }

  /** Writes down what was seen; gives the studies whose counts changed. */
  setMissing(states: readonly FileState[]): number[] {
    if (states.length === 0) return [];
    return this.#database.transaction(() => {
      const studies = new Set<number>();
      for (const { instanceId, isMissing } of states) {
        const changed = this.#statements.setMissing.run(Number(isMissing), instanceId, Number(isMissing)).changes;
        if (changed === 1) studies.add(Number(this.#statements.studyOf.get(instanceId)?.['study_id']));
      }
      return [...studies];
    });
  }
}

function fileOf(row: Record<string, unknown>): StoredFile {
  return {
    instanceId: Number(row['instance_id']),
    path: String(row['path']),
    sizeBytes: Number(row['size_bytes']),
    isMissing: row['is_missing'] === 1,
  };
}

function prepareAll({ handle }: Database) {
  const columns = 'SELECT files.instance_id, path, size_bytes, is_missing FROM files';
  return {
    one: handle.prepare(`${columns} WHERE instance_id = ?`),
    page: handle.prepare(`${columns} WHERE instance_id > ? ORDER BY instance_id LIMIT ?`),
    pageOfStudy: handle.prepare(
      `${columns} JOIN instances ON instances.id = files.instance_id JOIN series ON series.id = instances.series_id
       WHERE study_id = ? AND files.instance_id > ? ORDER BY files.instance_id LIMIT ?`,
    ),
    setMissing: handle.prepare('UPDATE files SET is_missing = ? WHERE instance_id = ? AND is_missing <> ?'),
    studyOf: handle.prepare(
      'SELECT study_id FROM instances JOIN series ON series.id = instances.series_id WHERE instances.id = ?',
    ),
  };
}
