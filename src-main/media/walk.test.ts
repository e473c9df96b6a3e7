import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { walk, type Found, type WalkOptions } from './walk';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'isocenter-walk-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function put(...parts: string[]): void {
  const path = join(root, ...parts);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, '');
}

async function found(paths: readonly string[], options?: WalkOptions): Promise<Found[]> {
  const all: Found[] = [];
  for await (const one of walk(paths, options)) all.push(one);
  return all;
}

/** Paths below the root with `/`, problems as `code path`. */
async function told(paths: readonly string[]): Promise<string[]> {
  const short = (path: string) => path.slice(root.length + 1).replaceAll('\\', '/');
  return (await found(paths)).flatMap((one) => {
    if (one.kind === 'files') return one.paths.map(short);
    return one.kind === 'problem' ? [`${one.problem.code} ${short(one.problem.path)}`] : [`special ${short(one.path)}`];
  });
}

describe('walk', () => {
  it('finds every file in name order, whatever the names', async () => {
    put('b', 'Ünïcode 患者', '2');
    put('b', 'with space', '1.jpg');
    put('a');
    put('b', 'z');
    expect(await told([root])).toEqual(['a', 'b/z', 'b/with space/1.jpg', 'b/Ünïcode 患者/2']);
  });

  it('names the source as the folder that was opened, or the one the file is in', async () => {
    put('disc', 'sub', 'x');
    const sources = await found([join(root, 'disc'), join(root, 'disc', 'sub', 'x')]);
    expect(sources.map((one) => one.kind === 'files' && one.source)).toEqual(['disc', 'sub']);
  });

  it('reports a loop once and goes on', async () => {
    put('sub', 'x');
    symlinkSync(root, join(root, 'sub', 'back'));
    expect(await told([root])).toEqual(['sub/x', 'folder/loop sub/back']);
  });

  it('enters a folder once, however many links lead to it', async () => {
    put('zeal', 'x');
    symlinkSync(join(root, 'zeal'), join(root, 'alias'));
    symlinkSync(join(root, 'zeal'), join(root, 'beta'));
    expect(await told([root, root, join(root, 'zeal')])).toEqual(['alias/x']);
  });

  it('follows a link to a file and reports one to nothing', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'isocenter-walk-'));
    writeFileSync(join(outside, 'x'), '');
    symlinkSync(join(outside, 'x'), join(root, 'good'));
    symlinkSync(join(outside, 'nothing'), join(root, 'bad'));
    expect(await told([root])).toEqual(['good', 'file/not-found bad']);
    rmSync(outside, { recursive: true });
  });

  it('says that an empty folder is empty and that a path is not there', async () => {
    mkdirSync(join(root, 'empty', 'inner'), { recursive: true });
    expect(await told([join(root, 'empty'), join(root, 'absent')])).toEqual([
      'file/not-found empty',
      'file/not-found absent',
    ]);
  });

  it('reports a folder that cannot be listed and goes on', async () => {
    put('file');
    put('good', 'x');
    expect(await told([join(root, 'file', 'below'), join(root, 'good')])).toEqual([
      'folder/unreadable file/below',
      'good/x',
    ]);
  });

  it.skipIf(process.platform === 'win32')('does not take a pipe for a file, which would hang the reader', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')]);
    expect(await told([root])).toEqual(['special pipe']);
  });

  it('gives batches of the size asked for', async () => {
    for (let index = 0; index < 5; index += 1) put(String(index));
    const batches = await found([root], { batchSize: 2 });
    expect(batches.map((one) => one.kind === 'files' && one.paths.map((path) => basename(path)))).toEqual([
      ['0', '1'],
      ['2', '3'],
      ['4'],
    ]);
  });

  it('stops when it is cancelled', async () => {
    put('x');
    expect(await found([root], { signal: AbortSignal.abort() })).toEqual([]);
  });
});
