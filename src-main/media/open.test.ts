import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { zipOf } from '../../tests/fixtures/archives';
import { describeSource, openPaths } from './open';
import type { OpenContext } from './source';
import type { Volume, VolumeKind } from './volumes';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'isocenter-open-'));
  mkdirSync(join(base, 'spool'));
});
afterEach(() => rmSync(base, { recursive: true }));

const at = (...parts: string[]) => join(base, ...parts);

function put(path: string, content: string | Uint8Array = path): string {
  mkdirSync(join(at(path), '..'), { recursive: true });
  writeFileSync(at(path), content);
  return at(path);
}

const volumes = (...kinds: readonly [path: string, kind: VolumeKind][]) => ({
  listVolumes: (): Promise<readonly Volume[]> =>
    Promise.resolve(kinds.map(([path, kind]) => ({ path: at(path), device: '', label: `label of ${path}`, kind }))),
});

function contextOf(signal = new AbortController().signal): OpenContext {
  return {
    ...{ signal, spoolDirectory: at('spool') },
    askPassword: () => Promise.resolve(null),
    roomFor: () => Promise.resolve(),
    onUnpacked: () => undefined,
  };
}

/** Sources as `kind label:`, entries by name, problems as `code name`. */
async function told(paths: readonly string[], options = volumes()): Promise<string[]> {
  const lines: string[] = [];
  for await (const found of openPaths(paths, contextOf(), options)) {
    if (found.kind === 'source') lines.push(`${found.source.kind} ${found.source.label}:`);
    else if (found.kind === 'entries') lines.push(...found.entries.map(({ name }) => name));
    else if (found.kind === 'special') lines.push(`special ${found.name}`);
    else lines.push(`${found.problem.code} ${found.problem.path.replace(base, '*')}`);
  }
  return lines;
}

describe('what a path stands for', () => {
  it.each<[string, VolumeKind | null, object]>([
    ['a local folder', null, { kind: 'folder', isRemovable: false, defaultPlacement: 'reference' }],
    ['a folder on a network share', 'network', { kind: 'folder', isRemovable: false, defaultPlacement: 'copy' }],
    ['a folder on a stick', 'removable', { kind: 'folder', isRemovable: true, defaultPlacement: 'copy' }],
    ['a folder on a disc', 'optical', { kind: 'folder', isRemovable: true, defaultPlacement: 'copy' }],
  ])('%s', async (_what, kind, expected) => {
    put('volume/folder/x');
    const options = kind ? volumes(['volume', kind]) : volumes();
    const source = { path: at('volume/folder'), label: 'folder', canReference: true };
    expect(await describeSource(at('volume/folder'), options)).toEqual({ ...source, ...expected });
  });

  it('a folder with a DICOMDIR, by the folder or by the DICOMDIR itself', async () => {
    const directory = put('disc/dicomdir.;1');
    const described = await Promise.all([at('disc'), directory].map((path) => describeSource(path, volumes())));
    const medium = { path: at('disc'), kind: 'dicom-media', label: 'disc', isRemovable: false, canReference: true };
    expect(described).toEqual(Array(2).fill({ ...medium, defaultPlacement: 'reference' }));
  });

  it('a medium without a DICOMDIR, by its label', async () => {
    put('stick/x');
    expect(await describeSource(at('stick'), volumes(['stick', 'removable']))).toMatchObject({
      ...{ kind: 'dicom-media', label: 'label of stick', isRemovable: true, defaultPlacement: 'copy' },
    });
  });

  it('an archive, by what is in it and not by its name', async () => {
    const zip = put('download', await zipOf({ a: new Uint8Array([1]) }));
    const text = put('not.zip', 'text');
    expect(await describeSource(zip, volumes())).toEqual({
      ...{ path: zip, kind: 'zip', label: 'download', isRemovable: false },
      ...{ defaultPlacement: 'copy', canReference: false },
    });
    expect(await describeSource(text, volumes())).toMatchObject({ kind: 'files', path: base });
  });

  it('DICOM whose preamble looks like an archive', async () => {
    const bytes = new Uint8Array(200);
    bytes.set([0x50, 0x4b, 3, 4]);
    bytes.set(new TextEncoder().encode('DICM'), 128);
    expect(await describeSource(put('x', bytes), volumes())).toMatchObject({ kind: 'files' });
  });

  it('what was dropped onto a page goes again', async () => {
    const drop = `data/drops/${'0123456789abcdef'.repeat(2)}`;
    put(`${drop}/CD/x`);
    const described = await Promise.all([drop, `${drop}/CD`].map((path) => describeSource(at(path), volumes())));
    const goes = { isRemovable: true, canReference: false, defaultPlacement: 'copy' };
    expect(described).toMatchObject([
      { ...goes, label: 'Dropped files' },
      { ...goes, label: 'CD' },
    ]);
  });

  it('nothing is there', async () => {
    await expect(describeSource(at('absent'), volumes())).rejects.toThrow('ENOENT');
  });
});

describe('opening paths', () => {
  it('gives a DICOMDIR first and the whole medium after it, also when the DICOMDIR alone is given', async () => {
    for (const name of ['A/1', 'DICOMDIR', 'B']) put(`disc/${name}`);
    expect(await told([at('disc/DICOMDIR'), at('disc')])).toEqual(['dicom-media disc:', 'DICOMDIR', 'B', 'A/1']);
  });

  it('begins names with their source where there are several', async () => {
    for (const name of ['one/CD/x', 'two/CD/x', 'three/y']) put(name);
    expect(await told([at('one/CD'), at('two/CD'), at('three')])).toEqual([
      ...['folder CD:', 'CD/x'],
      ...['folder CD:', 'CD (2)/x'],
      ...['folder three:', 'three/y'],
    ]);
  });

  it('takes files of one folder together, and those that come with a folder once', async () => {
    for (const name of ['loose/a', 'loose/b', 'loose/c', 'whole/d']) put(name);
    expect(await told([at('loose/a'), at('whole/d'), at('loose/b'), at('whole'), at('loose/a')])).toEqual([
      ...['files loose:', 'loose/a', 'loose/b'],
      ...['folder whole:', 'whole/d'],
    ]);
  });

  it('opens an archive that was given', async () => {
    const zip = put('x.zip', await zipOf({ 'DICOM/1': new Uint8Array(3), IM2: new Uint8Array(4) }));
    put('folder/y');
    expect(await told([zip])).toEqual(['zip x.zip:', 'DICOM/1', 'IM2']);
    expect(await told([at('folder'), zip])).toEqual([
      ...['folder folder:', 'folder/y'],
      ...['zip x.zip:', 'x.zip/DICOM/1', 'x.zip/IM2'],
    ]);
  });

  it('says of a path that is not there by the path that was given', async () => {
    put('folder/y');
    expect(await told([at('absent'), at('folder'), at('folder/none/x')])).toEqual([
      ...['file/not-found */absent', 'file/not-found */folder/none/x'],
      ...['folder folder:', 'y'],
    ]);
  });

  it('says of an empty folder among others by its path', async () => {
    mkdirSync(at('empty'));
    put('folder/y');
    expect(await told([at('empty'), at('folder')])).toEqual([
      ...['folder empty:', 'file/not-found */empty'],
      ...['folder folder:', 'folder/y'],
    ]);
  });

  it.skipIf(process.platform === 'win32')('does not read from a pipe', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    expect(await told([at('pipe')])).toEqual([`files ${base.split('/').at(-1) ?? ''}:`, 'special pipe']);
  });

  it('follows a link that was given', async () => {
    put('real/x');
    symlinkSync(at('real'), at('link'));
    expect(await told([at('link')])).toEqual(['folder link:', 'x']);
  });

  it('stops when it is cancelled', async () => {
    put('folder/y');
    const found: unknown[] = [];
    for await (const one of openPaths([at('folder')], contextOf(AbortSignal.abort()), volumes())) found.push(one);
    expect(found).toEqual([]);
  });
});
