import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RootMarks } from './rootMarks';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'isocenter-marks-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const medium = () => join(root, 'cd');

function burn(path: string, atSeconds: number): void {
  mkdirSync(path, { recursive: true });
  for (const name of ['DICOMDIR', 'IM1']) {
    writeFileSync(join(path, name), name);
    utimesSync(join(path, name), atSeconds, atSeconds);
  }
}

describe('a place that files come from', () => {
  it('is gone when nothing is at its path, and back when it is', async () => {
    burn(medium(), 1000);
    const marks = await RootMarks.of(medium());
    renameSync(medium(), join(root, 'away'));
    const without = await marks.isThere();
    renameSync(join(root, 'away'), medium());
    expect([without, await marks.isThere()]).toEqual([false, true]);
  });

  it('is gone when its mount point is an empty folder, or holds another disc with files of the same names', async () => {
    burn(medium(), 1000);
    const marks = await RootMarks.of(medium());
    rmSync(medium(), { recursive: true });
    mkdirSync(medium());
    const empty = await marks.isThere();
    burn(medium(), 2000);
    expect([empty, await marks.isThere()]).toEqual([false, false]);
  });

  it('is there while only some of it changes', async () => {
    burn(medium(), 1000);
    const marks = await RootMarks.of(medium());
    rmSync(join(medium(), 'IM1'));
    writeFileSync(join(medium(), 'new'), '');
    expect(await marks.isThere()).toBe(true);
  });

  it('may be a file or an empty folder', async () => {
    const file = join(root, 'a.zip');
    writeFileSync(file, 'PK');
    mkdirSync(medium());
    const [ofFile, ofFolder] = [await RootMarks.of(file), await RootMarks.of(medium())];
    const before = [await ofFile.isThere(), await ofFolder.isThere()];
    writeFileSync(file, 'another archive');
    expect([...before, await ofFile.isThere()]).toEqual([true, true, false]);
  });
});
