/** Whether the index itself is sound: SQLite's own checks, rows that contradict each other, facts that were counted wrongly. */
import type { SQLOutputValue } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../src-shared/base/appError';
import type { Database } from './database';
import type { FactKeeper } from './factKeeper';

export class RowCheck {
  readonly #database: Database;
  readonly #facts: FactKeeper;
  readonly #onDamaged: () => void;

  constructor(parts: { database: Database; facts: FactKeeper; onDamaged: () => void }) {
    this.#database = parts.database;
    this.#facts = parts.facts;
    this.#onDamaged = parts.onDamaged;
  }

  /** @throws `store/failed` for a database that has to be built anew, as the next opening will */
  requireSound(isDeep: boolean): void {
    const cause = this.#damage(isDeep);
    if (cause === null) return;
    this.#onDamaged();
    const reason = 'The index of this library is damaged. It is built anew from the files at the next start.';
    throw new AppError('store/failed', reason, { isDamaged: true }, cause);
  }

  #damage(isDeep: boolean): unknown {
    try {
      const check = this.#database.handle.prepare(isDeep ? 'PRAGMA integrity_check(1)' : 'PRAGMA quick_check(1)').get();
      const [answer] = Object.values(check ?? {});
      return answer === 'ok' ? null : answer;
    } catch (thrown) {
      return thrown;
    }
  }

  /** Gives how many rows were put right; facts are counted again a few studies at a time. */
  async correct(signal: AbortSignal): Promise<number> {
    const { handle } = this.#database;
    let corrected = this.#database.transaction(() => {
      const empty = handle.prepare('SELECT id FROM studies WHERE id NOT IN (SELECT study_id FROM series)').all();
      this.#facts.removing(empty.map((row) => Number(row['id'])));
      return REPAIRS.reduce((sum, statement) => sum + Number(handle.prepare(statement).run().changes), 0);
    });
    const page = handle.prepare(`SELECT ${FACTS} FROM studies WHERE id > ? ORDER BY id LIMIT ${STUDIES_AT_ONCE}`);
    for (let after = 0; !signal.aborted;) {
      const rows = page.all(after);
      const last = rows.at(-1);
      if (!last) break;
      this.#database.transaction(() => this.#facts.recompute(rows.map((row) => Number(row['id']))));
      const counted = page.all(after);
      corrected += rows.filter((row, index) => textOf(row) !== textOf(counted[index])).length;
      after = Number(last['id']);
      await nextTurn();
    }
    return corrected;
  }
}

function textOf(row: Record<string, SQLOutputValue> | undefined): string {
  return row === undefined ? '' : Object.values(row).join();
}

const STUDIES_AT_ONCE = 100;
const FACTS = 'id, series_count, instance_count, missing_count, aside_count, size_bytes, copied_bytes, modalities';

/** From the leaves to the root: what has no parent or no child says nothing that could be shown. */
const REPAIRS = [
  'DELETE FROM aside WHERE instance_id NOT IN (SELECT instance_id FROM files)',
  'DELETE FROM instances WHERE id NOT IN (SELECT instance_id FROM files)',
  'DELETE FROM series WHERE id NOT IN (SELECT series_id FROM instances)',
  'DELETE FROM study_tags WHERE study_id NOT IN (SELECT study_id FROM series)',
  'DELETE FROM studies WHERE id NOT IN (SELECT study_id FROM series)',
  'DELETE FROM patients WHERE id NOT IN (SELECT patient_id FROM studies)',
] as const;
