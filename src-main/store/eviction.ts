/**
 * Makes room in the library: copies that can be fetched again become references, least recently used studies first. The
 * only copy of anything never goes, nor what someone pinned.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from './database';
import type { DoomedObjects } from './doomedObjects';
import type { ObjectFiles } from './objects';
import type { FactKeeper } from './factKeeper';
import { EVICTABLE, type UsageQueries } from './usage';

export interface Evicted {
  readonly freedBytes: number;
  readonly studyIds: readonly number[];
}

export interface EvictionParts {
  readonly database: Database;
  readonly objects: ObjectFiles;
  readonly doomed: DoomedObjects;
  readonly facts: FactKeeper;
  readonly usage: UsageQueries;
}

export class Eviction {
  readonly #parts: EvictionParts;
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(parts: EvictionParts) {
    this.#parts = parts;
    this.#statements = prepareAll(parts.database);
  }

  /** Until copies take at most `targetBytes`, or nothing more can go. */
  async makeRoom(targetBytes: number): Promise<Evicted> {
    const studyIds: number[] = [];
    let freedBytes = 0;
    let tooMany = this.#parts.usage.copiedBytes() - targetBytes;
    if (tooMany <= 0) return { freedBytes, studyIds };
    for (const row of this.#statements.studies.all()) {
      const freed = this.#evictStudy(Number(row['id']), tooMany);
      if (freed > 0) studyIds.push(Number(row['id']));
      freedBytes += freed;
      tooMany -= freed;
      if (tooMany <= 0) break;
      await nextTurn();
    }
    return { freedBytes, studyIds };
  }

  /** Of one study, oldest rows first, until `enoughBytes` are freed. */
  #evictStudy(studyId: number, enoughBytes: number): number {
    const { database, doomed, facts } = this.#parts;
    const going: { readonly instanceId: number; readonly object: string; readonly sizeBytes: number }[] = [];
    let freed = 0;
    for (const row of this.#statements.files.all(studyId)) {
      if (freed >= enoughBytes) break;
      if (!this.#canBeFetched(row)) continue;
      const sizeBytes = Number(row['size_bytes']);
      going.push({ instanceId: Number(row['instance_id']), object: String(row['object']), sizeBytes });
      freed += sizeBytes;
    }
    if (going.length === 0) return 0;
    database.transaction(() => {
      for (const { instanceId, object } of going) {
        this.#statements.refer.run(instanceId);
        doomed.doom(object);
      }
      facts.recompute([studyId]);
    });
    doomed.sweep();
    return freed;
  }

  /** The file it was copied from is there, unchanged, and no other instance refers to it. */
  #canBeFetched(row: Record<string, unknown>): boolean {
    const path = String(row['path']);
    const facts = this.#parts.objects.calls.facts(path);
    if (facts?.sizeBytes !== row['size_bytes'] || facts?.mtimeMs !== row['mtime_ms']) return false;
    return this.#statements.taken.get(path) === undefined;
  }
}

function prepareAll({ handle }: Database) {
  const tree = `FROM files JOIN sources ON sources.id = files.source_id JOIN instances ON instances.id = instance_id
    JOIN series ON series.id = series_id JOIN studies ON studies.id = study_id`;
  return {
    studies: handle.prepare(
      'SELECT id FROM studies WHERE copied_bytes > 0 AND is_pinned = 0 ORDER BY use_order, added_at_ms, id',
    ),
    files: handle.prepare(
      `SELECT instance_id, files.path, object, files.size_bytes, mtime_ms ${tree}
       WHERE study_id = ? AND ${EVICTABLE} ORDER BY instance_id`,
    ),
    taken: handle.prepare("SELECT 1 FROM files WHERE path = ? AND path <> '' AND object IS NULL"),
    refer: handle.prepare('UPDATE OR IGNORE files SET object = NULL WHERE instance_id = ?'),
  };
}
