/** Import reports, kept with the library: totals as one record, and a line for each file. */
import type { ImportLine, ImportReport, LineOutcome } from '../../src-shared/contract';
import type { Database } from './database';

const KEPT_REPORTS = 50;

/** An import that has begun: what is known of one that was ended by force. */
type Unfinished = Pick<ImportReport, 'startedAtMs' | 'paths'>;

type Kept = ({ readonly isFinished: true } & ImportReport) | ({ readonly isFinished: false } & Unfinished);

export class ImportRows {
  readonly #database: Database;
  readonly #statements: ReturnType<typeof prepareAll>;
  readonly #nextOrdinal = new Map<number, number>();

  constructor(database: Database) {
    this.#database = database;
    this.#statements = prepareAll(database);
  }

  /** Forgets all but the last 50 imports. */
  begin(startedAtMs: number, paths: readonly string[]): number {
    return this.#database.transaction(() => {
      const kept: Kept = { isFinished: false, startedAtMs, paths };
      const importId = Number(this.#statements.add.run(startedAtMs, JSON.stringify(kept)).lastInsertRowid);
      this.#statements.forgetLines.run(KEPT_REPORTS);
      this.#statements.forget.run(KEPT_REPORTS);
      return importId;
    });
  }

  addLines(importId: number, lines: readonly ImportLine[]): void {
    if (lines.length === 0) return;
    const first = this.#nextOrdinal.get(importId) ?? this.#ordinalAfter(importId);
    this.#database.transaction(() => {
      lines.forEach(({ path, outcome, code, reason, detail }, index) => {
        this.#statements.addLine.run(importId, first + index, path, outcome, code, reason, detail);
      });
    });
    this.#nextOrdinal.set(importId, first + lines.length);
  }

  finish(report: ImportReport): void {
    const kept: Kept = { isFinished: true, ...report };
    this.#database.transaction(() => this.#statements.finish.run(JSON.stringify(kept), report.importId));
    this.#nextOrdinal.delete(report.importId);
  }

  /** Newest first. One that never finished has the totals of the lines it wrote, and counts as cancelled. */
  reports(): ImportReport[] {
    return this.#statements.all.all().map((row) => {
      const kept = JSON.parse(String(row['report'])) as Kept;
      const importId = Number(row['id']);
      if (!kept.isFinished) return this.#interrupted(importId, kept);
      const { isFinished: _finished, ...report } = kept;
      return { ...report, importId };
    });
  }

  /** `null`: of all outcomes. In the order in which files were met. */
  lines(
    importId: number,
    outcomes: readonly LineOutcome[] | null,
    { offset, limit }: { readonly offset: number; readonly limit: number },
  ): { total: number; lines: ImportLine[] } {
    const wanted = outcomes === null ? null : JSON.stringify(outcomes);
    const total = Number(this.#statements.countLines.get(importId, wanted, wanted)?.['count'] ?? 0);
    const lines = this.#statements.lines.all(importId, wanted, wanted, limit, offset).map(lineOf);
    return { total, lines };
  }

  #ordinalAfter(importId: number): number {
    return Number(this.#statements.lastOrdinal.get(importId)?.['ordinal'] ?? -1) + 1;
  }

  #interrupted(importId: number, { startedAtMs, paths }: Unfinished): ImportReport {
    const counts = new Map(
      this.#statements.outcomes.all(importId).map((row) => [String(row['outcome']), Number(row['count'])]),
    );
    const count = (outcome: LineOutcome): number => counts.get(outcome) ?? 0;
    const unreachable = count('unreachable');
    const announcedMissing = count('announced-missing');
    return {
      importId,
      paths,
      sources: [],
      placement: 'reference',
      startedAtMs,
      seconds: 0,
      wasCancelled: true,
      wasInterrupted: true,
      media: [],
      unreachable,
      announcedMissing,
      warnings: Number(this.#statements.warnings.get(importId)?.['count'] ?? 0),
      studyIds: [],
      seen: [...counts.values()].reduce((sum, value) => sum + value, 0) - unreachable - announcedMissing,
      added: count('added'),
      partial: count('partial'),
      known: count('known'),
      aside: count('aside'),
      directories: count('directory'),
      notDicom: count('not-dicom'),
      rejected: count('rejected'),
      notChosen: count('not-chosen'),
    };
  }
}

function lineOf(row: Record<string, unknown>): ImportLine {
  return {
    path: String(row['path']),
    outcome: String(row['outcome']) as LineOutcome,
    code: typeof row['code'] === 'string' ? (row['code'] as ImportLine['code']) : null,
    reason: String(row['reason']),
    detail: String(row['detail']),
  };
}

function prepareAll({ handle }: Database) {
  const chosen = 'import_id = ? AND (? IS NULL OR outcome IN (SELECT value FROM json_each(?)))';
  const old = 'SELECT id FROM imports ORDER BY id DESC LIMIT -1 OFFSET ?';
  return {
    add: handle.prepare('INSERT INTO imports (started_at_ms, report) VALUES (?, ?)'),
    finish: handle.prepare('UPDATE imports SET report = ? WHERE id = ?'),
    all: handle.prepare('SELECT id, report FROM imports ORDER BY id DESC'),
    forgetLines: handle.prepare(`DELETE FROM import_lines WHERE import_id IN (${old})`),
    forget: handle.prepare(`DELETE FROM imports WHERE id IN (${old})`),
    addLine: handle.prepare(
      'INSERT INTO import_lines (import_id, ordinal, path, outcome, code, reason, detail) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    lastOrdinal: handle.prepare('SELECT max(ordinal) AS ordinal FROM import_lines WHERE import_id = ?'),
    countLines: handle.prepare(`SELECT count(*) AS count FROM import_lines WHERE ${chosen}`),
    lines: handle.prepare(`SELECT * FROM import_lines WHERE ${chosen} ORDER BY ordinal LIMIT ? OFFSET ?`),
    outcomes: handle.prepare(
      'SELECT outcome, count(*) AS count FROM import_lines WHERE import_id = ? GROUP BY outcome',
    ),
    warnings: handle.prepare(
      "SELECT count(*) AS count FROM import_lines WHERE import_id = ? AND outcome = 'added' AND reason <> ''",
    ),
  };
}
