/** Where studies came from. */
import type { SourceKind } from '../../src-shared/contract';
import type { Database } from './database';
import type { NewSource } from './types';

export interface StoredSource {
  readonly sourceId: number;
  readonly kind: SourceKind;
  readonly label: string;
  /** Root folder, mount point or archive; `''` for one that an earlier version wrote. */
  readonly path: string;
  readonly characterSet: string | null;
}

export class SourceRows {
  readonly #database: Database;
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(database: Database) {
    this.#database = database;
    this.#statements = prepareAll(database);
  }

  /** One that is known by kind, path and label keeps its row; the character set is the newest choice. */
  put({ kind, label, path, isRemovable, characterSet, addedAtMs }: NewSource): number {
    return this.#database.transaction(() => {
      const row = this.#statements.put.get(kind, label, path, Number(isRemovable), characterSet, addedAtMs);
      return Number(row?.['id']);
    });
  }

  of(sourceId: number): StoredSource | null {
    const row = this.#statements.one.get(sourceId);
    if (!row) return null;
    return {
      sourceId,
      kind: String(row['kind']) as SourceKind,
      label: String(row['label']),
      path: String(row['path']),
      characterSet: typeof row['character_set'] === 'string' ? row['character_set'] : null,
    };
  }

  /** What a reader chose for what lies there, whatever it was opened as. */
  characterSetAt(path: string): string | null {
    const value = this.#statements.characterSetAt.get(path)?.['character_set'];
    return typeof value === 'string' ? value : null;
  }

  setCharacterSet(sourceId: number, characterSet: string | null): void {
    this.#database.transaction(() => this.#statements.setCharacterSet.run(characterSet, sourceId));
  }
}

function prepareAll({ handle }: Database) {
  return {
    put: handle.prepare(
      `INSERT INTO sources (kind, label, path, is_removable, character_set, added_at_ms) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (kind, path, label) DO UPDATE
       SET is_removable = excluded.is_removable, character_set = excluded.character_set RETURNING id`,
    ),
    one: handle.prepare('SELECT kind, label, path, character_set FROM sources WHERE id = ?'),
    characterSetAt: handle.prepare(
      'SELECT character_set FROM sources WHERE path = ? AND character_set IS NOT NULL ORDER BY id DESC LIMIT 1',
    ),
    setCharacterSet: handle.prepare('UPDATE sources SET character_set = ? WHERE id = ?'),
  };
}
