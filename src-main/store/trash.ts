/** Ends what lies in the trash: rows and the library's own copies. Files that were only referenced are nobody's to remove. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from './database';
import type { DoomedObjects } from './doomedObjects';
import type { GivenIds } from './givenIds';
import type { FactKeeper } from './factKeeper';

export interface EndedSeries {
  readonly patientKey: string;
  readonly studyUid: string;
  readonly seriesUid: string;
}

export interface EmptiedTrash {
  readonly studyIds: readonly number[];
  readonly series: readonly EndedSeries[];
  readonly freedBytes: number;
}

export interface TrashParts {
  readonly database: Database;
  readonly doomed: DoomedObjects;
  readonly facts: FactKeeper;
  readonly ids: GivenIds;
  /** Rows went: what was remembered of them must not be used again. */
  onRemoved(): void;
}

export class Trash {
  readonly #parts: TrashParts;
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(parts: TrashParts) {
    this.#parts = parts;
    this.#statements = prepareAll(parts.database);
  }

  /** All that lies there, or those of the given studies that do. Each study goes whole; others wait their turn. */
  async empty(studyIds?: readonly number[]): Promise<EmptiedTrash> {
    return this.#end(studyIds ?? this.#idsBefore(Infinity));
  }

  /** Those that were thrown away before `beforeMs`. A clock that was set back ends nothing early. */
  async purge(beforeMs: number): Promise<EmptiedTrash> {
    return this.#end(this.#idsBefore(beforeMs));
  }

  async #end(studyIds: readonly number[]): Promise<EmptiedTrash> {
    const ended: number[] = [];
    const series: EndedSeries[] = [];
    let freedBytes = 0;
    for (const studyId of studyIds) {
      const ending = this.#statements.series.all(studyId).map(endedSeriesOf);
      const freed = this.#endStudy(studyId);
      if (freed === null) continue;
      ended.push(studyId);
      series.push(...ending);
      freedBytes += freed;
      await nextTurn();
    }
    return { studyIds: ended, series, freedBytes };
  }

  /** Gives the bytes of its copies; `null` when it is not in the trash. */
  #endStudy(studyId: number): number | null {
    const { database, doomed, facts, ids } = this.#parts;
    const freed = database.transaction(() => {
      if (this.#statements.isTrashed.get(studyId) === undefined) return null;
      const copies = this.#statements.copies.all(studyId, studyId);
      facts.removing([studyId]);
      ids.remember();
      for (const statement of this.#statements.removals) statement.run(studyId);
      this.#statements.emptyPatients.run();
      return copies.reduce((sum, row) => sum + (doomed.doom(String(row['object'])) ? Number(row['size_bytes']) : 0), 0);
    });
    if (freed === null) return null;
    this.#parts.onRemoved();
    doomed.sweep();
    return freed;
  }

  #idsBefore(beforeMs: number): number[] {
    return this.#statements.before.all(Math.min(beforeMs, Number.MAX_SAFE_INTEGER)).map((row) => Number(row['id']));
  }
}

function endedSeriesOf(row: Record<string, unknown>): EndedSeries {
  return { patientKey: String(row['key']), studyUid: String(row['study_uid']), seriesUid: String(row['uid']) };
}

function prepareAll({ handle }: Database) {
  const instances = 'SELECT instances.id FROM instances JOIN series ON series.id = series_id WHERE study_id = ?';
  return {
    before: handle.prepare('SELECT id FROM studies WHERE trashed_at_ms < ? ORDER BY id'),
    series: handle.prepare(
      `SELECT key, studies.uid AS study_uid, series.uid FROM series JOIN studies ON studies.id = study_id
       JOIN patients ON patients.id = patient_id WHERE study_id = ?`,
    ),
    isTrashed: handle.prepare('SELECT 1 FROM studies WHERE id = ? AND trashed_at_ms IS NOT NULL'),
    copies: handle.prepare(
      `SELECT object, size_bytes FROM files WHERE object IS NOT NULL AND instance_id IN (${instances})
       UNION ALL SELECT object, size_bytes FROM aside WHERE object IS NOT NULL AND instance_id IN (${instances})`,
    ),
    removals: [
      handle.prepare(`DELETE FROM aside WHERE instance_id IN (${instances})`),
      handle.prepare(`DELETE FROM files WHERE instance_id IN (${instances})`),
      handle.prepare('DELETE FROM instances WHERE series_id IN (SELECT id FROM series WHERE study_id = ?)'),
      handle.prepare('DELETE FROM series WHERE study_id = ?'),
      handle.prepare('DELETE FROM study_tags WHERE study_id = ?'),
      handle.prepare('DELETE FROM studies WHERE id = ?'),
    ],
    emptyPatients: handle.prepare(
      'DELETE FROM patients WHERE NOT EXISTS (SELECT 1 FROM studies WHERE patient_id = patients.id)',
    ),
  };
}
