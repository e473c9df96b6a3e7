/** Brings what an old index knew into a new one: files with where they came from, and everything that no file says. */
import { join } from 'node:path';
import type { SQLInputValue } from 'node:sqlite';
import { recoveredSource } from './adoption';
import type { Database } from './database';
import type { FactKeeper } from './factKeeper';
import type { FileRows } from './fileRows';
import type { StoreIntake } from './intake';
import { applyMarks, markLineOf, type MarkLine } from './marks';
import { readObjectHeader } from './objectHeader';
import type { ObjectFiles } from './objects';
import type { OldFile, OldIndex, Row } from './oldIndex';
import type { SourceRows } from './sourceRows';
import type { Arrival, Incoming } from './types';

export interface SalvageParts {
  readonly database: Database;
  readonly objects: ObjectFiles;
  readonly intake: StoreIntake;
  readonly files: FileRows;
  readonly facts: FactKeeper;
  readonly sources: Pick<SourceRows, 'put'>;
  readonly old: OldIndex;
}

/** Tables that are copied as they are, in this order. */
const COPIED = ['sources', 'saved_searches', 'imports', 'import_lines'] as const;

export class Salvage {
  readonly #parts: SalvageParts;

  readonly #sourceIds: ReadonlySet<number>;

  constructor(parts: SalvageParts) {
    this.#parts = parts;
    this.#copyTables();
    this.#sourceIds = new Set(
      parts.database.handle
        .prepare('SELECT id FROM sources')
        .all()
        .map((row) => Number(row['id'])),
    );
  }

  /** Gives how many of the files are not there. */
  take(page: readonly OldFile[]): number {
    const { intake, files } = this.#parts;
    const there = page.map((old) => this.#isThere(old));
    const arrivals = page.map((old, index) => this.#incomingOf(old, there[index] === true));
    const atMs = page[0]?.addedAtMs ?? 0;
    const outcomes = intake.take(arrivals, atMs).map((outcome, index) => {
      const arrival = arrivals[index];
      // Kept aside by reference, as long as what has its place: the old index knew that they differ.
      return outcome.kind === 'unsettled' && arrival ? intake.settle(arrival, false, atMs) : outcome;
    });
    const missing = outcomes.filter((outcome, index) => there[index] === false && outcome.kind !== 'aside');
    files.setMissing(missing.map(({ instanceId }) => ({ instanceId, isMissing: true })));
    return missing.length;
  }

  /** What people wrote: from the file beside the copies, then from the old index, which knew last. */
  finish(lines: ReadonlyMap<string, MarkLine>): void {
    const { database, facts, old } = this.#parts;
    database.transaction(() => {
      applyMarks(database, lines);
      const found = applyMarks(
        database,
        new Map([...old.studyMarks()].map((row, index) => [String(index), markLineOf(row)])),
      );
      for (const row of old.studyMarks()) this.#putUse(row);
      facts.recompute(found);
    });
  }

  #unknownSource(): number {
    return this.#parts.sources.put(recoveredSource(this.#parts.objects.directory, 0));
  }

  #copyTables(): void {
    const { database, old } = this.#parts;
    database.transaction(() => {
      for (const table of COPIED) {
        for (const row of old.rows(`SELECT * FROM ${table}`)) this.#copyRow(table, row);
      }
    });
  }

  #copyRow(table: (typeof COPIED)[number], row: Row): void {
    const names = Object.keys(row);
    const values: SQLInputValue[] = Object.values(row);
    this.#parts.database.handle
      .prepare(`INSERT OR IGNORE INTO ${table} (${names.join()}) VALUES (${names.map(() => '?').join()})`)
      .run(...values);
  }

  #putUse(row: Row): void {
    this.#parts.database.handle
      .prepare(
        `UPDATE studies SET last_opened_at_ms = ?, use_order = ?, added_at_ms = ?
         WHERE uid = ? AND patient_id = (SELECT id FROM patients WHERE key = ?)`,
      )
      .run(
        ...[row['last_opened_at_ms'] ?? null, row['use_order'] ?? 0, row['added_at_ms'] ?? 0],
        ...[row['uid'] ?? '', row['patient_key'] ?? ''],
      );
  }

  #isThere({ file }: OldFile): boolean {
    const { objects } = this.#parts;
    if (file.object !== null) return objects.has(file.object, file.sizeBytes);
    return file.path !== '' && objects.calls.facts(file.path)?.sizeBytes === file.sizeBytes;
  }

  #incomingOf({ header, file, characterSet }: OldFile, isThere: boolean): Incoming {
    const { objects } = this.#parts;
    const path = file.object === null ? file.path : objects.pathOf(file.object);
    const read = isThere ? readObjectHeader(objects.calls, path, characterSet) : null;
    const { origin } = file;
    const sourceId = this.#sourceIds.has(file.sourceId) ? file.sourceId : this.#unknownSource();
    return { header: read?.header ?? header, sourceId, origin, arrival: this.#arrivalOf(file, isThere) };
  }

  /** A copy that is gone becomes a reference to where it came from: that is all that is left of it. */
  #arrivalOf({ path, object, originSha256, sizeBytes, mtimeMs }: OldFile['file'], isThere: boolean): Arrival {
    if (object === null || !isThere) return { kind: 'reference', path, sizeBytes, mtimeMs };
    return {
      kind: 'copy',
      // It has its name already: nothing lies here, and nothing is moved.
      partPath: join(this.#parts.objects.incomingDirectory, object),
      sha256: object,
      originSha256: originSha256 ?? object,
      sizeBytes,
      copiedFrom: path === '' ? null : { path, sizeBytes, mtimeMs },
    };
  }
}
