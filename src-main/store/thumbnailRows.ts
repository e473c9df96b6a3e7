/** How far each series' thumbnail is. The picture itself is a file; its maker is a service. */
import type { Database } from './database';
import type { ThumbnailState } from './libraryQueries';

export interface PendingThumbnail {
  readonly seriesId: number;
  readonly studyId: number;
}

export class ThumbnailRows {
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(database: Database) {
    this.#statements = prepareAll(database);
  }

  state(seriesId: number): ThumbnailState | null {
    const row = this.#statements.state.get(seriesId);
    return row ? (String(row['thumbnail']) as ThumbnailState) : null;
  }

  set(seriesId: number, state: ThumbnailState): void {
    this.#statements.set.run(state, seriesId);
  }

  /** Makes those of a study that could not be pictured pending again. */
  retry(studyId: number): void {
    this.#statements.retry.run(studyId);
  }

  /** Series with images and no thumbnail yet, of one study or of all, newest study first. */
  pending(studyId?: number): PendingThumbnail[] {
    return this.#statements.pending
      .all(studyId ?? null, studyId ?? null)
      .map((row) => ({ seriesId: Number(row['id']), studyId: Number(row['study_id']) }));
  }
}

function prepareAll({ handle }: Database) {
  return {
    state: handle.prepare('SELECT thumbnail FROM series WHERE id = ?'),
    set: handle.prepare('UPDATE series SET thumbnail = ? WHERE id = ?'),
    retry: handle.prepare("UPDATE series SET thumbnail = 'pending' WHERE study_id = ? AND thumbnail = 'none'"),
    pending: handle.prepare(
      `SELECT id, study_id FROM series
       WHERE thumbnail = 'pending' AND (? IS NULL OR study_id = ?)
         AND EXISTS (SELECT 1 FROM instances WHERE series_id = series.id AND has_image = 1)
       ORDER BY study_id DESC, id`,
    ),
  };
}
