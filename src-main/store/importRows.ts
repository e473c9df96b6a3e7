/** Import reports, kept with the library. */
import type { ImportReport } from '../../src-shared/contract';
import type { Database } from './database';

/** A report without its id, which the index gives. */
export type NewReport = Omit<ImportReport, 'importId'>;

const KEPT_REPORTS = 50;
const KEPT_LINES = 10_000;

export class ImportRows {
  readonly #database: Database;
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(database: Database) {
    this.#database = database;
    this.#statements = prepareAll(database);
  }

  /** Keeps the report's totals whole and its first 10,000 failures and warnings; forgets all but the last 50 reports. */
  add(report: NewReport): ImportReport {
    const { failures, warnings } = report;
    const kept = {
      ...report,
      failures: failures.slice(0, KEPT_LINES),
      warnings: warnings.slice(0, KEPT_LINES),
    };
    const importId = this.#database.transaction(() => {
      const { lastInsertRowid } = this.#statements.add.run(report.startedAtMs, JSON.stringify(kept));
      this.#statements.forget.run(KEPT_REPORTS);
      return Number(lastInsertRowid);
    });
    return { importId, ...report };
  }

  /** Newest first. */
  all(): ImportReport[] {
    return this.#statements.all.all().map((row) => ({
      ...(JSON.parse(String(row['report'])) as NewReport),
      importId: Number(row['id']),
    }));
  }
}

function prepareAll({ handle }: Database) {
  return {
    add: handle.prepare('INSERT INTO imports (started_at_ms, report) VALUES (?, ?)'),
    all: handle.prepare('SELECT id, report FROM imports ORDER BY id DESC'),
    forget: handle.prepare('DELETE FROM imports WHERE id NOT IN (SELECT id FROM imports ORDER BY id DESC LIMIT ?)'),
  };
}
