/** An import report as a table that spreadsheets open: one line for each file. Source: RFC 4180. */
import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { ImportLine, ImportReport } from '../../src-shared/contract';

export interface ReportRows {
  reports(): readonly ImportReport[];
  lines(
    importId: number,
    outcomes: null,
    page: { readonly offset: number; readonly limit: number },
  ): { readonly lines: readonly ImportLine[] };
}

const COLUMNS = ['path', 'outcome', 'code', 'reason', 'detail'] as const;
const PAGE = 1000;

/**
 * Written anew each time it is asked for: an import that still runs has more lines later. `null` for an unknown id.
 * @throws what the system throws when the folder cannot be written
 */
export async function writeReport(rows: ReportRows, importId: number, directory: string): Promise<string | null> {
  if (!rows.reports().some((report) => report.importId === importId)) return null;
  await mkdir(directory, { recursive: true });
  const path = join(directory, `import-report-${importId}.csv`);
  const unfinished = `${path}.part`;
  // With a byte order mark, without which spreadsheets take UTF-8 for the system's old character set.
  const table = stringify({ header: true, columns: [...COLUMNS], bom: true, record_delimiter: 'windows' });
  await pipeline(Readable.from(cellsOf(rows, importId)), table, createWriteStream(unfinished));
  await rename(unfinished, path);
  return path;
}

function* cellsOf(rows: ReportRows, importId: number): Generator<readonly string[]> {
  for (let offset = 0; ; offset += PAGE) {
    const { lines } = rows.lines(importId, null, { offset, limit: PAGE });
    for (const line of lines) yield COLUMNS.map((column) => safeCell(line[column] ?? ''));
    if (lines.length < PAGE) return;
  }
}

/** Spreadsheets run what looks like a formula, and file names come from strangers: an apostrophe makes it text. */
export function safeCell(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
