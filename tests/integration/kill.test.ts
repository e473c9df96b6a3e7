/**
 * The writing side of the library, ended by SIGKILL at random moments of taking in, emptying the trash, evicting and
 * deciding: whatever was said to be in the library is, and disk and index agree after every start.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sha256Of } from '../support/arrivals';
import { bundleForNode } from '../support/bundle';
import { openTestLibrary } from '../support/writingSide';

const CYCLES = 200;
/** A child lives this long after it has opened the library, milliseconds. */
const MOST_LIFE_MS = 120;

let root: string;
let entry: string;
beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'isocenter-kill-'));
  entry = await bundleForNode(path.resolve(import.meta.dirname, '../support/killChild.ts'), path.join(root, 'bundle'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Digests by what the child said of them last. */
interface Told {
  readonly taken: Set<string>;
  /** About to be ended: there or not. */
  readonly ending: Set<string>;
  readonly ended: Set<string>;
}

function hear(line: string, told: Told): void {
  const [word, ...digests] = line.split(' ');
  for (const digest of digests) {
    if (word === 'took') {
      told.taken.add(digest);
      told.ending.delete(digest);
      told.ended.delete(digest);
    } else if (word === 'ending') {
      told.taken.delete(digest);
      told.ending.add(digest);
    } else if (word === 'ended') {
      told.ending.delete(digest);
      told.ended.add(digest);
    }
  }
}

/** Gives what the child said until it was killed; half a line counts for nothing. */
function runAndKill(library: string, seed: number, lifeMs: number): Promise<string[]> {
  const child = spawn(process.execPath, [entry, library, String(seed)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (output === '') setTimeout(() => child.kill('SIGKILL'), lifeMs);
    output += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (_code, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`the child ended by itself: ${errors}`));
      else resolve(output.split('\n').slice(0, -1));
    });
  });
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => path.join(file.parentPath, file.name));
}

/** What disk and index disagree about after a start; everything empty when all is well. */
function disagreements(library: string, told: Told) {
  const store = openTestLibrary(library);
  try {
    const { handle } = store.database;
    const copies = handle
      .prepare('SELECT object, path, is_missing FROM files UNION ALL SELECT object, path, 0 FROM aside')
      .all()
      .map((row) => ({ object: row['object'], path: String(row['path']), isMissing: row['is_missing'] === 1 }));
    const onDisk = new Map(filesBelow(path.join(library, 'objects')).map((file) => [path.basename(file), file]));
    const inRows = new Set(copies.flatMap(({ object }) => (typeof object === 'string' ? [object] : [])));
    // The name of an original is its digest, too.
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

const agreement = {
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

it(`nothing that was acknowledged is lost in ${String(CYCLES)} kills`, { timeout: 300_000 }, async () => {
  const seed = Math.floor(Math.random() * 1_000_000) + 1;
  console.log(`seed ${String(seed)}`);
  const library = path.join(root, 'library');
  const told: Told = { taken: new Set(), ending: new Set(), ended: new Set() };
  let acknowledged = 0;
  let adopted = 0;
  for (let cycle = 0; cycle < CYCLES; cycle += 1) {
    const lines = await runAndKill(library, seed + cycle, Math.random() * MOST_LIFE_MS);
    for (const line of lines) hear(line, told);
    acknowledged += lines.filter((line) => line.startsWith('took ')).length;
    adopted += lines.filter((line) => line !== 'open 0' && line.startsWith('open ')).length;
    expect({ cycle, ...disagreements(library, told) }).toEqual({ cycle, ...agreement });
  }
  console.log(
    `${String(acknowledged)} acknowledged, ${String(told.ended.size)} ended, ${String(adopted)} starts found something`,
  );
  expect(acknowledged).toBeGreaterThan(CYCLES);
});
