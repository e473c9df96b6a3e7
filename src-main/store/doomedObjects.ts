/**
 * Copies whose rows are gone. They are written down in the transaction that removes the rows, removed from the disk after
 * it, and forgotten last: whenever the process ends in between, the next opening goes on here and adopts nothing.
 */
import type { Database } from './database';
import type { ObjectFiles } from './objects';

export class DoomedObjects {
  readonly #database: Database;
  readonly #objects: ObjectFiles;
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(database: Database, objects: ObjectFiles) {
    this.#database = database;
    this.#objects = objects;
    this.#statements = prepareAll(database);
  }

  /** In the transaction that removed the rows; a copy that another row still speaks of stays. Gives whether it is doomed. */
  doom(sha256: string): boolean {
    return this.#statements.doom.run(sha256, sha256, sha256).changes === 1;
  }

  /** In the transaction that gives a row to a copy that may have been doomed. */
  spare(sha256: string): void {
    this.#statements.forget.run(sha256);
  }

  /** After the transaction. What cannot be removed now, because someone reads it or the disk is full, goes another time. */
  sweep(): void {
    const names = this.#statements.all.all().map((row) => String(row['object']));
    if (names.length === 0) return;
    try {
      // The rows must be gone from the disk before the files are, or a power cut would bring rows without files back.
      this.#database.handle.exec('PRAGMA wal_checkpoint(PASSIVE)');
      const removed = names.filter((name) => this.#objects.remove(name));
      this.#database.transaction(() => {
        for (const name of removed) this.#statements.forget.run(name);
      });
    } catch {
      // They are written down: the next sweep, or the next opening, goes on with them.
    }
  }
}

function prepareAll({ handle }: Database) {
  return {
    doom: handle.prepare(
      `INSERT OR IGNORE INTO doomed_objects (object)
       SELECT ? WHERE NOT EXISTS (SELECT 1 FROM files WHERE object = ?) AND NOT EXISTS (SELECT 1 FROM aside WHERE object = ?)`,
    ),
    forget: handle.prepare('DELETE FROM doomed_objects WHERE object = ?'),
    all: handle.prepare('SELECT object FROM doomed_objects'),
  };
}
