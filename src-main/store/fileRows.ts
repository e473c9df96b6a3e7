/** Where each instance's file is, and whether it was there when last looked at. */
import type { Database } from './database';
import type { ObjectFiles } from './objects';
import type { FactKeeper } from './factKeeper';

export interface StoredFile {
  readonly instanceId: number;
  /** Absolute; `''` when nothing is known of where it is. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly isMissing: boolean;
  /** Digest of the library's own copy; `null` for a file that is only referenced. */
  readonly sha256: string | null;
  /** Of its source, instead of the file's own (0008,0005); `null`: its own. */
  readonly characterSet: string | null;
}

export interface FileState {
  readonly instanceId: number;
  readonly isMissing: boolean;
}

const PAGE = 512;

export class FileRows {
  readonly #database: Database;
  readonly #objects: ObjectFiles;
  readonly #facts: FactKeeper;
  readonly #statements: ReturnType<typeof prepareAll>;
  /** Copies whose length was compared with their row since the library was opened. */
  readonly #looked = new Set<number>();

  constructor({ database, objects, facts }: { database: Database; objects: ObjectFiles; facts: FactKeeper }) {
    this.#database = database;
    this.#objects = objects;
    this.#facts = facts;
    this.#statements = prepareAll(database);
  }

  of(instanceId: number): StoredFile | null {
    const row = this.#statements.one.get(instanceId);
    return row ? this.#fileOf(row) : null;
  }

  /**
   * Where the bytes of an instance can be read; `null` when there are none. The library's own copy is looked at when it is
   * first read since the start: one that is gone or of another length is never handed out. Its content is compared with
   * its digest by a deep verification, not here: reading a study must not cost reading it twice.
   */
  readablePath(instanceId: number): string | null {
    const file = this.of(instanceId);
    if (!file || file.path === '') return null;
    if (file.sha256 === null || this.#looked.has(instanceId)) return file.path;
    if (!this.#objects.has(file.sha256, file.sizeBytes)) return null;
    this.#looked.add(instanceId);
    return file.path;
  }

  /** The plain file that a copy was made of, where it was one; it may have changed since. */
  originOf(instanceId: number): string | null {
    const row = this.#statements.origin.get(instanceId);
    return row && row['path'] !== '' ? String(row['path']) : null;
  }

  count(): number {
    return Number(this.#statements.count.get()?.['count'] ?? 0);
  }

  /** Pages of files in id order, of one study or of all; rows added meanwhile may or may not be met. */
  *pages(studyId?: number): Generator<StoredFile[]> {
    for (let after = 0; ;) {
      const rows =
        studyId === undefined
          ? this.#statements.page.all(after, PAGE)
          : this.#statements.pageOfStudy.all(studyId, after, PAGE);
      const files = rows.map((row) => this.#fileOf(row));
      const last = files.at(-1);
      if (!last) return;
      yield files;
      after = last.instanceId;
    }
  }

  /** Writes down what was seen; gives the studies whose counts changed. */
  setMissing(states: readonly FileState[]): number[] {
    const changing = states.filter(({ instanceId, isMissing }) => this.#isNew(instanceId, isMissing));
    if (changing.length === 0) return [];
    return this.#database.transaction(() => {
      const studies = new Set<number>();
      for (const { instanceId, isMissing } of changing) {
        this.#statements.setMissing.run(Number(isMissing), instanceId);
        this.#looked.delete(instanceId);
        studies.add(Number(this.#statements.studyOf.get(instanceId)?.['study_id']));
      }
      this.#facts.recompute([...studies]);
      return [...studies];
    });
  }

  #isNew(instanceId: number, isMissing: boolean): boolean {
    const row = this.#statements.one.get(instanceId);
    return row !== undefined && (row['is_missing'] === 1) !== isMissing;
  }

  #fileOf(row: Record<string, unknown>): StoredFile {
    const sha256 = typeof row['object'] === 'string' ? row['object'] : null;
    return {
      instanceId: Number(row['instance_id']),
      path: sha256 === null ? String(row['path']) : this.#objects.pathOf(sha256),
      sizeBytes: Number(row['size_bytes']),
      isMissing: row['is_missing'] === 1,
      sha256,
      characterSet: typeof row['character_set'] === 'string' ? row['character_set'] : null,
    };
  }
}

function prepareAll({ handle }: Database) {
  const columns = `SELECT files.instance_id, files.path, object, size_bytes, is_missing, character_set
    FROM files LEFT JOIN sources ON sources.id = files.source_id`;
  const tree = 'JOIN instances ON instances.id = files.instance_id JOIN series ON series.id = instances.series_id';
  return {
    one: handle.prepare(`${columns} WHERE files.instance_id = ?`),
    origin: handle.prepare('SELECT path FROM files WHERE instance_id = ? AND object IS NOT NULL'),
    count: handle.prepare('SELECT count(*) AS count FROM files'),
    page: handle.prepare(`${columns} WHERE files.instance_id > ? ORDER BY files.instance_id LIMIT ?`),
    pageOfStudy: handle.prepare(
      `${columns} ${tree} WHERE study_id = ? AND files.instance_id > ? ORDER BY files.instance_id LIMIT ?`,
    ),
    setMissing: handle.prepare('UPDATE files SET is_missing = ? WHERE instance_id = ?'),
    studyOf: handle.prepare(
      'SELECT study_id FROM instances JOIN series ON series.id = instances.series_id WHERE instances.id = ?',
    ),
  };
}
