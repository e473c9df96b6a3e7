/** The library's folder through the built command line: checked, built anew, counted, shared, and killed while it grows. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StorageUsage, VerifyReport } from '../../src-shared/contract';
import { objectBytes, sha256Of, type Bytes } from '../support/arrivals';
import { dcm, dcmJson } from '../support/dcm';
import { agreement, disagreements, filesBelow, Told } from '../support/libraryTruth';

let root: string;
let library: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'isocenter-storage-'));
  library = path.join(root, 'library');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A folder of small CTs, a hundred to a study. */
function folderOf(count: number): { readonly folder: string; readonly objects: readonly Bytes[] } {
  const folder = path.join(root, 'in');
  mkdirSync(folder);
  const objects = Array.from({ length: count }, (_, n) => {
    const study = String(Math.floor(n / 100));
    return objectBytes({ studyUid: `2.25.1${study}`, seriesUid: `2.25.2${study}`, sopUid: `2.25.3${String(n)}` });
  });
  objects.forEach((bytes, n) => writeFileSync(path.join(folder, `IM${String(n)}`), bytes));
  return { folder, objects };
}

const into = (...args: string[]) => [...args, '--library', library];
const verify = (...args: string[]) => dcmJson<VerifyReport>(into('verify', ...args));
const copies = () => filesBelow(path.join(library, 'objects'));

function flip(file: string): void {
  const bytes = readFileSync(file);
  bytes[200] = (bytes[200] ?? 0) ^ 0xff;
  writeFileSync(file, bytes);
}

describe('a library of copies', () => {
  it('is found sound; a deep check finds exactly the copies with other bytes', async () => {
    const { folder } = folderOf(300);
    await dcm(into('import', folder, '--copy'));
    expect(await verify('--deep')).toMatchObject({ checked: 300, missing: 0, damaged: 0 });
    rmSync(folder, { recursive: true });
    const flipped = copies().filter((_, n) => n % 7 === 0);
    for (const file of flipped) flip(file);
    expect(await verify()).toMatchObject({ damaged: 0 });
    expect(await verify('--deep')).toMatchObject({ checked: 300, damaged: flipped.length, restored: 0 });
    expect(readdirSync(path.join(library, 'damaged')).sort()).toEqual(
      flipped.map((file) => path.basename(file)).sort(),
    );
    const { status, stdout } = await dcm(into('verify'));
    expect([status, stdout]).toEqual([1, expect.stringContaining(`${String(flipped.length)} not where`)]);
  });

  it('gets damaged copies back from where they came', async () => {
    const { folder } = folderOf(100);
    await dcm(into('import', folder, '--copy'));
    for (const file of copies().slice(0, 10)) flip(file);
    expect(await verify('--deep')).toMatchObject({ damaged: 10, restored: 10, missing: 0 });
    expect(await verify('--deep')).toMatchObject({ damaged: 0, missing: 0 });
  });

  it('comes back whole from its files when the index is gone or damaged', async () => {
    const { folder } = folderOf(300);
    await dcm(into('import', folder, '--copy'));
    const index = path.join(library, 'index.sqlite');
    const counts = () => dcmJson<{ instanceCount: number; studyCount: number }>(into('list'));
    const whole = { instanceCount: 300, studyCount: 3 };
    rmSync(index);
    expect(await dcmJson<VerifyReport>(into('rebuild'))).toMatchObject({ adopted: 300, unreadable: 0 });
    expect(await counts()).toMatchObject(whole);
    rmSync(index);
    expect(await counts()).toMatchObject(whole);
    writeFileSync(index, Buffer.alloc(100_000, 0x41));
    expect(await counts()).toMatchObject(whole);
    expect(readdirSync(library).filter((name) => name.startsWith('index.damaged-'))).not.toEqual([]);
  });

  it('is counted by source', async () => {
    const { folder, objects } = folderOf(5);
    const bytes = objects.reduce((sum, object) => sum + object.length, 0);
    await dcm(into('import', folder, '--copy'));
    expect(await dcmJson<StorageUsage>(into('usage'))).toMatchObject({
      directory: library,
      copiedBytes: bytes,
      evictableBytes: bytes,
      quotaBytes: null,
      bySource: [{ kind: 'folder', label: 'in', studies: 1, instances: 5, copiedBytes: bytes }],
    });
  });
});

describe('the command line killed while it copies', () => {
  const CYCLES = 12;

  it('leaves a library that agrees with its disk, and an import goes on from there', async () => {
    const { folder, objects } = folderOf(400);
    for (let cycle = 0; cycle < CYCLES; cycle += 1) {
      // From before the first copy to after the last, whatever the machine's speed: what must hold holds at any moment.
      await dcm(into('import', folder, '--copy'), { killAfterMs: 60 + (cycle / CYCLES) * 700 });
      expect({ cycle, ...disagreements(library, new Told()) }).toEqual({ cycle, ...agreement });
    }
    const { status } = await dcm(into('import', folder, '--copy'));
    expect(status).toBe(0);
    expect(
      copies()
        .map((file) => path.basename(file))
        .sort(),
    ).toEqual(objects.map(sha256Of).sort());
  });
});

describe('a library that another process holds', () => {
  it('is read, never written, and is whole afterwards', async () => {
    const { folder } = folderOf(50);
    await dcm(into('import', folder, '--copy'));
    const holder = spawn(
      process.execPath,
      [
        '--eval',
        `const { DatabaseSync } = require('node:sqlite');
         const lock = new DatabaseSync(process.argv[1]); lock.exec('BEGIN EXCLUSIVE');
         console.log('held'); setInterval(() => lock.isOpen, 1000);`,
        path.join(library, 'library.lock'),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    try {
      await new Promise((resolve) => holder.stdout.once('data', resolve));
      expect(await dcmJson(into('list'))).toMatchObject({ instanceCount: 50 });
      const commands = [into('import', folder, '--copy'), into('verify'), into('rebuild')];
      for (const command of commands) {
        const { status, stderr } = await dcm(command);
        expect([command[0], status, stderr]).toEqual([
          command[0],
          1,
          expect.stringMatching(/store\/(read-only|locked)/) as string,
        ]);
      }
    } finally {
      holder.kill('SIGKILL');
    }
    expect(await verify('--deep')).toMatchObject({ checked: 50, missing: 0, damaged: 0, adopted: 0, leftovers: 0 });
  });
});
