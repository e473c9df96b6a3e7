/**
 * Ids of rows that other processes remember. None is ever given twice, also after the highest row went: a page that still
 * holds what was removed would show another patient's image under it.
 */
import type { Database } from './database';

/** Where ids start when nothing says which were given: an index that counts its rows does not get there. */
export const FAR_ID = 1_000_000_000;

const TABLES = ['studies', 'series', 'instances', 'aside'] as const;
export type GivenTable = (typeof TABLES)[number];

export class GivenIds {
  readonly #database: Database;
  readonly #highest = new Map<GivenTable, number>();

  constructor(database: Database) {
    this.#database = database;
  }

  next(table: GivenTable): number {
    const id = this.#highestOf(table) + 1;
    this.#highest.set(table, id);
    return id;
  }

  /** To be called in the transaction that removes rows. */
  remember(): void {
    const put = this.#database.handle.prepare('INSERT OR REPLACE INTO given_ids (name, highest) VALUES (?, ?)');
    for (const table of TABLES) put.run(table, this.#highestOf(table));
  }

  /** Ids start above `highest` from now on. */
  startAbove(highest: number): void {
    for (const table of TABLES) this.#highest.set(table, Math.max(highest, this.#highestOf(table)));
    this.remember();
  }

  #highestOf(table: GivenTable): number {
    const known = this.#highest.get(table);
    if (known !== undefined) return known;
    const row = this.#database.handle
      .prepare(
        `SELECT max((SELECT ifnull(max(id), 0) FROM ${table}),
                ifnull((SELECT highest FROM given_ids WHERE name = ?), 0)) AS highest`,
      )
      .get(table);
    const highest = Number(row?.['highest'] ?? 0);
    this.#highest.set(table, highest);
    return highest;
  }
}
