/** What disk and index of a library say of each other, and of what was acknowledged. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sha256Of } from './arrivals';
import { openTestLibrary } from './writingSide';

/** Digests by what was said of them last. */
export class Told {
  readonly taken = new Set<string>();
  /** About to be ended: there or not. */
  readonly ending = new Set<string>();
  readonly ended = new Set<string>();
  /** What openings had to put right: shows that kills hit where it matters. */
  repairs = 0;

  take(digests: Iterable<string>): void {
    for (const digest of digests) {
      this.taken.add(digest);
      this.ending.delete(digest);
      this.ended.delete(digest);
    }
  }

  startEnding(digests: Iterable<string>): void {
    for (const digest of digests) {
      this.taken.delete(digest);
      this.ending.add(digest);
    }
  }

  end(digests: Iterable<string>): void {
    for (const digest of digests) {
      this.ending.delete(digest);
      this.ended.add(digest);
    }
  }
}

export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => path.join(file.parentPath, file.name));
}

/** After a start; everything empty when all is well. Files that are only referenced are named by their digest. */
export function disagreements(library: string, told: Told) {
  const store = openTestLibrary(library);
  try {
    const { adopted, leftovers } = store.recovery;
    told.repairs += Number(adopted + leftovers > 0);
    const { handle } = store.database;
    const copies = handle
      .prepare('SELECT object, path, is_missing FROM files UNION ALL SELECT object, path, 0 FROM aside')
      .all()
      .map((row) => ({ object: row['object'], path: String(row['path']), isMissing: row['is_missing'] === 1 }));
    const onDisk = new Map(filesBelow(path.join(library, 'objects')).map((file) => [path.basename(file), file]));
    const inRows = new Set(copies.flatMap(({ object }) => (typeof object === 'string' ? [object] : [])));
    const referred = new Set(copies.filter(({ object }) => object === null).map((copy) => path.basename(copy.path)));
    return {
      lost: [...told.taken].filter((digest) => !inRows.has(digest) && !referred.has(digest)),
      notEnded: [...told.ended].filter((digest) => inRows.has(digest) || onDisk.has(digest)),
      rowsWithoutFile: [...inRows].filter((digest) => !onDisk.has(digest)),
      markedMissing: copies.filter(({ isMissing }) => isMissing),
      filesWithoutRow: [...onDisk.keys()].filter((name) => !inRows.has(name)),
      wrongHash: [...onDisk].filter(([name, file]) => sha256Of(readFileSync(file)) !== name).map(([name]) => name),
      leftovers: filesBelow(path.join(library, 'incoming')),
      damaged: filesBelow(path.join(library, 'damaged')),
      doomed: handle.prepare('SELECT object FROM doomed_objects').all(),
      integrity: handle.prepare('PRAGMA integrity_check').all(),
      foreignKeys: handle.prepare('PRAGMA foreign_key_check').all(),
    };
  } finally {
    store.crash();
  }
}

export const agreement: ReturnType<typeof disagreements> = {
  lost: [],
  notEnded: [],
  rowsWithoutFile: [],
  markedMissing: [],
  filesWithoutRow: [],
  wrongHash: [],
  leftovers: [],
  damaged: [],
  doomed: [],
  integrity: [{ integrity_check: 'ok' }],
  foreignKeys: [],
};
