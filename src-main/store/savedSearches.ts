/** Searches that people keep, by name. */
import { savedSearchSchema, type SavedSearch } from '../../src-shared/contract';
import type { Database } from './database';

export class SavedSearches {
  readonly #database: Database;
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(database: Database) {
    this.#database = database;
    this.#statements = prepareAll(database);
  }

  /** By name. One that another version wrote and this one cannot ask is left out. */
  all(): SavedSearch[] {
    return this.#statements.all.all().flatMap((row) => {
      const parsed = savedSearchSchema.safeParse(JSON.parse(String(row['search'])));
      return parsed.success ? [parsed.data] : [];
    });
  }

  /** Adds, or replaces the one of this name. */
  put(search: SavedSearch): void {
    this.#database.transaction(() => this.#statements.put.run(search.name, JSON.stringify(search)));
  }

  remove(name: string): void {
    this.#database.transaction(() => this.#statements.remove.run(name));
  }
}

function prepareAll({ handle }: Database) {
  return {
    all: handle.prepare('SELECT search FROM saved_searches ORDER BY lower(name), name'),
    put: handle.prepare('INSERT OR REPLACE INTO saved_searches (name, search) VALUES (?, ?)'),
    remove: handle.prepare('DELETE FROM saved_searches WHERE name = ?'),
  };
}
