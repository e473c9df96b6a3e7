/** How many bytes the library holds, and of what. Rows are asked, never the disk: they say what was written. */
import type { SourceKind, SourceUsage } from '../../src-shared/contract';
import type { Database } from './database';

export interface LibraryUsage {
  readonly copiedBytes: number;
  readonly evictableBytes: number;
  readonly trashBytes: number;
  readonly asideBytes: number;
  readonly bySource: readonly SourceUsage[];
}

/**
 * A copy that can be fetched again: its bytes are those that arrived, from a plain file on a disk that stays in place, and
 * nobody pinned the study. Whether that file is still there unchanged is looked at when it comes to evicting.
 */
export const EVICTABLE = `files.object IS NOT NULL AND files.path <> '' AND files.origin_sha256 = files.object
  AND files.is_missing = 0 AND studies.is_pinned = 0 AND sources.is_removable = 0`;

export class UsageQueries {
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(database: Database) {
    this.#statements = prepareAll(database);
  }

  /** Of the library's own copies, those kept aside included. */
  copiedBytes(): number {
    return sumOf(this.#statements.copied.get()) + this.#asideBytes();
  }

  all(): LibraryUsage {
    return {
      copiedBytes: this.copiedBytes(),
      evictableBytes: sumOf(this.#statements.evictable.get()),
      trashBytes: sumOf(this.#statements.trash.get()),
      asideBytes: this.#asideBytes(),
      bySource: this.#statements.bySource.all().map((row) => ({
        sourceId: Number(row['id']),
        kind: String(row['kind']) as SourceKind,
        label: String(row['label']),
        studies: Number(row['studies']),
        instances: Number(row['instances']),
        copiedBytes: Number(row['copied']),
        referencedBytes: Number(row['referenced']),
      })),
    };
  }

  #asideBytes(): number {
    return sumOf(this.#statements.aside.get());
  }
}

function sumOf(row: Record<string, unknown> | undefined): number {
  return Number(row?.['bytes'] ?? 0);
}

function prepareAll({ handle }: Database) {
  return {
    copied: handle.prepare('SELECT sum(copied_bytes) AS bytes FROM studies'),
    evictable: handle.prepare(
      `SELECT sum(files.size_bytes) AS bytes FROM files JOIN sources ON sources.id = files.source_id
       JOIN instances ON instances.id = instance_id JOIN series ON series.id = series_id
       JOIN studies ON studies.id = study_id WHERE ${EVICTABLE}`,
    ),
    trash: handle.prepare('SELECT sum(copied_bytes) AS bytes FROM studies WHERE trashed_at_ms IS NOT NULL'),
    aside: handle.prepare('SELECT sum(size_bytes) AS bytes FROM aside WHERE object IS NOT NULL'),
    bySource: handle.prepare(
      `SELECT sources.id, kind, label,
              (SELECT count(*) FROM studies WHERE source_id = sources.id) AS studies, count(*) AS instances,
              sum(iif(object IS NULL, 0, size_bytes)) AS copied, sum(iif(object IS NULL, size_bytes, 0)) AS referenced
       FROM files JOIN sources ON sources.id = files.source_id GROUP BY sources.id ORDER BY copied + referenced DESC`,
    ),
  };
}
