/** The real files beside the repository and the tables of what is true of them. Tests that need them say so when they are not there. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

export const sharedFolder = path.resolve(import.meta.dirname, '../../../shared/data');

/** For the title of tests that are skipped without the data. */
export const hasSharedData = existsSync(path.join(sharedFolder, 'TRUTH.csv'));
export const withSharedData = hasSharedData ? '' : ' (skipped: ../shared/data is not there)';

/** Every file below a path of the data, relative to the data's folder, sorted. */
export function filesBelow(relative: string): string[] {
  const absolute = path.join(sharedFolder, relative);
  if (!statSync(absolute).isDirectory()) return [relative];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(sharedFolder, path.join(entry.parentPath, entry.name)))
    .sort();
}

export function readShared(relative: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(path.join(sharedFolder, relative)));
}

export type Row = Readonly<Record<string, string>>;

function cellsOf(line: string): string[] {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  );
}

/** A table of the data by its headings; an absent cell is `''`. */
export function sharedTable(name: string): Row[] {
  const lines = readFileSync(path.join(sharedFolder, name), 'utf8').trim().split(/\r?\n/);
  const keys = cellsOf(lines[0] ?? '');
  return lines.slice(1).map((line) => {
    const cells = cellsOf(line);
    return Object.fromEntries(keys.map((key, index) => [key, cells[index] ?? '']));
  });
}
