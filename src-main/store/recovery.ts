/**
 * Puts the library's folder in order when it is opened, after the lock and before anything else: unfinished files go, copies
 * whose rows went go, and after an unclean end disk and index are compared by names alone. What a crash can leave behind is
 * little; a whole library without an index is left to `verify` and `rebuild`, which do not keep a window waiting.
 */
import { join } from 'node:path';
import type { SQLOutputValue } from 'node:sqlite';
import type { Adoption } from './adoption';
import type { Database } from './database';
import type { DoomedObjects } from './doomedObjects';
import type { ObjectFiles } from './objects';
import type { FactKeeper } from './factKeeper';

export interface RecoveryReport {
  readonly wasClean: boolean;
  /** Unfinished files that were removed. */
  readonly leftovers: number;
  readonly adopted: number;
  readonly unreadable: number;
  /** Rows newly marked as missing because their copy is gone. */
  readonly missing: number;
  /** Copies without a row that are still to be adopted by `verify`. */
  readonly waiting: number;
}

export interface RecoveryParts {
  readonly database: Database;
  readonly objects: ObjectFiles;
  readonly doomed: DoomedObjects;
  readonly facts: FactKeeper;
  readonly adoption: Adoption;
}

export interface RecoveryOptions {
  readonly atMs: number;
  /** The index says nothing while copies lie there: whatever the last end was, they have lost their rows. */
  readonly isIndexLost: boolean;
}

/** More copies without rows than an interrupted import can leave. */
const MOST_ADOPTED_AT_OPEN = 2000;
const ADOPTED_AT_ONCE = 64;

/** Where a new index grows; see `rebuild.ts`. */
export const REBUILD_FOLDER = 'rebuild';

/** Its presence says that the last end was orderly. It is removed while the library is open, which needs no room on the disk. */
function cleanEndFile(directory: string): string {
  return join(directory, 'closed');
}

export function recover(parts: RecoveryParts, { atMs, isIndexLost }: RecoveryOptions): RecoveryReport {
  const { objects, doomed, adoption } = parts;
  objects.prepare();
  const wasClean = takeCleanEnd(objects) && !isIndexLost;
  const leftovers = objects.emptyIncoming();
  objects.calls.removeTree(join(objects.directory, REBUILD_FOLDER));
  doomed.sweep();
  if (wasClean) return { wasClean, leftovers, adopted: 0, unreadable: 0, missing: 0, waiting: 0 };
  const { orphans, missing } = compare(parts, 'mark');
  const now = orphans.length > MOST_ADOPTED_AT_OPEN ? [] : adoption.ordered(orphans);
  let adopted = 0;
  let unreadable = 0;
  for (let start = 0; start < now.length; start += ADOPTED_AT_ONCE) {
    const batch = adoption.adopt(now.slice(start, start + ADOPTED_AT_ONCE), atMs);
    adopted += batch.adopted;
    unreadable += batch.unreadable;
  }
  return { wasClean, leftovers, adopted, unreadable, missing, waiting: orphans.length - now.length };
}

/** Last of all at closing. Without it the next opening looks closely, which costs time and no more. */
export function leaveCleanEnd(objects: ObjectFiles): void {
  if (objects.hasLeftovers) return;
  try {
    objects.calls.write(cleanEndFile(objects.directory), 'Isocenter closed this library in good order.\n', 'new');
  } catch {
    // A full disk, a folder that became read-only.
  }
}

function takeCleanEnd({ calls, directory }: ObjectFiles): boolean {
  const file = cleanEndFile(directory);
  if (!calls.facts(file)) return false;
  calls.remove(file);
  calls.flush(directory);
  return true;
}

export interface Comparison {
  /** Copies that no row speaks of. */
  readonly orphans: readonly string[];
  /** Rows newly marked as missing. */
  readonly missing: number;
  readonly studyIds: readonly number[];
}

/**
 * Names on disk against names in rows, a 256th of both at a time. With `mark`, rows are told what the disk holds; without,
 * whoever looks at each file anyway does that.
 */
export function compare({ database, objects, facts }: RecoveryParts, rowsOfFiles: 'mark' | 'leave'): Comparison {
  return database.transaction(() => {
    const rows = new ObjectRows(database, rowsOfFiles === 'mark');
    const orphans: string[] = [];
    const there = objects.prefixes();
    for (let folder = 0; folder < 256; folder += 1) {
      const prefix = folder.toString(16).padStart(2, '0');
      const names = new Set(there.has(prefix) ? objects.namesIn(prefix) : []);
      rows.tell(prefix, names);
      orphans.push(...[...names].filter((name) => !rows.isSpokenOf(name)));
    }
    facts.recompute([...rows.studies]);
    return { orphans, missing: rows.missing, studyIds: [...rows.studies] };
  });
}

class ObjectRows {
  readonly studies = new Set<number>();
  missing = 0;
  readonly #statements: ReturnType<typeof prepareAll>;
  readonly #aside: ReadonlySet<string>;
  readonly #doomed: ReadonlySet<string>;
  #spokenOf = new Set<string>();

  readonly #isMarking: boolean;

  constructor(database: Database, isMarking: boolean) {
    this.#isMarking = isMarking;
    this.#statements = prepareAll(database);
    this.#aside = namesOf(this.#statements.aside.all());
    this.#doomed = namesOf(this.#statements.doomed.all());
  }

  isSpokenOf(name: string): boolean {
    return this.#spokenOf.has(name) || this.#aside.has(name) || this.#doomed.has(name);
  }

  tell(prefix: string, there: ReadonlySet<string>): void {
    const rows = this.#statements.files.all(prefix, `${prefix}g`);
    this.#spokenOf = namesOf(rows);
    for (const row of this.#isMarking ? rows : []) {
      const isMissing = !there.has(String(row['object']));
      if (isMissing === (row['is_missing'] === 1)) continue;
      this.#statements.setMissing.run(Number(isMissing), row['instance_id'] ?? null);
      if (isMissing) this.missing += 1;
      this.#note(row);
    }
    for (const name of this.#aside) {
      if (!name.startsWith(prefix) || there.has(name)) continue;
      for (const row of this.#statements.removeAside.all(name)) this.#note(row);
    }
  }

  #note(row: Record<string, SQLOutputValue>): void {
    this.studies.add(Number(this.#statements.studyOf.get(row['instance_id'] ?? null)?.['study_id']));
  }
}

function namesOf(rows: readonly Record<string, SQLOutputValue>[]): Set<string> {
  return new Set(rows.map((row) => String(row['object'])));
}

function prepareAll({ handle }: Database) {
  return {
    files: handle.prepare('SELECT instance_id, object, is_missing FROM files WHERE object >= ? AND object < ?'),
    aside: handle.prepare('SELECT DISTINCT object FROM aside WHERE object IS NOT NULL'),
    doomed: handle.prepare('SELECT object FROM doomed_objects'),
    removeAside: handle.prepare('DELETE FROM aside WHERE object = ? RETURNING instance_id'),
    setMissing: handle.prepare('UPDATE files SET is_missing = ? WHERE instance_id = ?'),
    studyOf: handle.prepare(
      'SELECT study_id FROM instances JOIN series ON series.id = instances.series_id WHERE instances.id = ?',
    ),
  };
}
