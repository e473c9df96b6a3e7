import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceKind } from '../../src-shared/contract';
import { SpoolLinks } from './diskNames';
import type { Found, Source } from './source';
import { walk, type WalkOptions } from './walk';

let base: string;
let root: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'isocenter-walk-'));
  root = join(base, 'root');
  mkdirSync(root);
  mkdirSync(join(base, 'spool'));
});
afterEach(() => rmSync(base, { recursive: true }));

function put(...parts: string[]): void {
  const path = join(root, ...parts);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, parts.join('/'));
}

function sourceOf(path: string, kind: SourceKind = 'folder'): Source {
  return { kind, label: '', path, pathInParent: '', parent: null, isRemovable: false, canReference: true };
}

function optionsOf(given: Partial<WalkOptions> = {}): WalkOptions {
  const links = new SpoolLinks(join(base, 'spool'));
  return { signal: new AbortController().signal, links, visited: new Set(), ...given };
}

async function found(source: Source, options = optionsOf()): Promise<Found[]> {
  const all: Found[] = [];
  for await (const one of walk(source, options)) all.push(one);
  return all;
}

/** Names, problems as `code name`. */
async function told(source = sourceOf(root), options = optionsOf()): Promise<string[]> {
  return (await found(source, options)).flatMap((one) => {
    if (one.kind === 'entries') return one.entries.map(({ name }) => name);
    if (one.kind === 'problem') return [`${one.problem.code} ${one.problem.path.replace(root, '*')}`];
    return one.kind === 'special' ? [`special ${one.name}`] : [];
  });
}

async function batches(options: WalkOptions): Promise<string[][]> {
  const all = await found(sourceOf(root), options);
  return all.flatMap((one) => (one.kind === 'entries' ? [one.entries.map(({ name }) => name)] : []));
}

describe('walk', () => {
  it('finds every file in name order, whatever the names', async () => {
    put('b', 'Ünïcode 患者', '2');
    put('b', 'with space', '1.jpg');
    put('a');
    put('b', 'z');
    expect(await told()).toEqual(['a', 'b/z', 'b/with space/1.jpg', 'b/Ünïcode 患者/2']);
  });

  it('says where each file is and which source it belongs to', async () => {
    put('b', '1');
    const source = sourceOf(root);
    const slice = { path: join(root, 'b', '1'), offset: 0, sizeBytes: null };
    expect(await found(source)).toEqual([{ kind: 'entries', entries: [{ name: 'b/1', slice, source }] }]);
  });

  it('gives the DICOMDIRs of a folder before its other files, whatever their case and version', async () => {
    for (const name of ['A', 'DICOMDIR.;1', 'Z', 'dicomdir', 'DICOMDIR2']) put(name);
    expect(await batches(optionsOf())).toEqual([
      ['DICOMDIR.;1', 'dicomdir'],
      ['A', 'DICOMDIR2', 'Z'],
    ]);
  });

  it('reports a loop once and goes on', async () => {
    put('sub', 'x');
    symlinkSync(root, join(root, 'sub', 'back'));
    expect(await told()).toEqual(['sub/x', 'folder/loop sub/back']);
  });

  it('enters a folder once, by its own name where it has one', async () => {
    put('zeal', 'x');
    symlinkSync(join(root, 'zeal'), join(root, 'alias'));
    symlinkSync(join(root, 'zeal'), join(root, 'beta'));
    expect(await told()).toEqual(['zeal/x']);
  });

  it('does not enter what another walk of the import has entered', async () => {
    put('sub', 'x');
    const options = optionsOf();
    await told(sourceOf(join(root, 'sub')), options);
    expect(await told(sourceOf(root), options)).toEqual([]);
  });

  it('follows links out of a local folder', async () => {
    const outside = join(base, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'x'), '');
    symlinkSync(join(outside, 'x'), join(root, 'file'));
    symlinkSync(outside, join(root, 'folder'));
    symlinkSync(join(outside, 'nothing'), join(root, 'nothing'));
    expect(await told()).toEqual(['file', 'file/not-found nothing', 'folder/x']);
  });

  it('follows no link out of a medium', async () => {
    put('in', 'x');
    symlinkSync(join(root, 'in', 'x'), join(root, 'a'));
    symlinkSync('/etc/hostname', join(root, 'b'));
    symlinkSync('../../../../../../etc', join(root, 'c'));
    symlinkSync(base, join(root, 'd'));
    expect(await told(sourceOf(root, 'dicom-media'))).toEqual([
      'a',
      'media/link-outside b',
      'media/link-outside c',
      'media/link-outside d',
      'in/x',
    ]);
  });

  it('says that an empty folder is empty and that a path is not there', async () => {
    mkdirSync(join(root, 'empty', 'inner'), { recursive: true });
    expect(await told(sourceOf(join(root, 'empty')))).toEqual(['file/not-found */empty']);
    expect(await told(sourceOf(join(root, 'absent')))).toEqual(['file/not-found */absent']);
  });

  it.skipIf(process.platform === 'win32')('does not take a pipe for a file, which would hang the reader', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')]);
    expect(await told()).toEqual(['special pipe']);
  });

  it('gives batches of the size asked for', async () => {
    for (let index = 0; index < 5; index += 1) put(String(index));
    expect(await batches(optionsOf({ batchSize: 2 }))).toEqual([['0', '1'], ['2', '3'], ['4']]);
  });

  it('stops when it is cancelled', async () => {
    put('x');
    expect(await told(sourceOf(root), optionsOf({ signal: AbortSignal.abort() }))).toEqual([]);
  });
});

/** Only Linux takes any bytes for a name. */
describe.skipIf(process.platform !== 'linux')('names that are no UTF-8', () => {
  const bytes = (...names: string[]) => Buffer.from([root, ...names].join('/'), 'latin1');

  it('shows them readably, tells them apart, and lets them be opened', async () => {
    mkdirSync(bytes('Universit\xE4t'));
    writeFileSync(bytes('Universit\xE4t', 'M\xFCller'), 'one');
    writeFileSync(bytes('Universit\xE4t', 'plain'), 'two');
    put('Ä');
    writeFileSync(bytes('\xC4'), 'three');
    const all = (await found(sourceOf(root))).flatMap((one) => (one.kind === 'entries' ? one.entries : []));
    expect(all.map(({ name, slice }) => [name, readFileSync(slice.path, 'utf8')])).toEqual([
      ['Ä', 'Ä'],
      ['Ä (2)', 'three'],
      ['Universität/Müller', 'one'],
      ['Universität/plain', 'two'],
    ]);
  });

  it('opens paths longer than the system takes', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `${index}`.padEnd(200, 'x'));
    let folder = root;
    for (const name of names) {
      execFileSync('mkdir', [name], { cwd: folder });
      const link = join(base, 'spool', `deep-${name}`);
      symlinkSync(join(folder, name), link);
      folder = link;
    }
    writeFileSync(join(folder, 'x'), 'deep');
    const all = (await found(sourceOf(root))).flatMap((one) => (one.kind === 'entries' ? one.entries : []));
    expect(all.map(({ name, slice }) => [name, readFileSync(slice.path, 'utf8')])).toEqual([
      [[...names, 'x'].join('/'), 'deep'],
    ]);
  });
});
