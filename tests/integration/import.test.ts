/** Opening folders through the built command line: every file accounted for, nothing crashes, nothing added twice. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dcm, dcmJson } from '../support/dcm';
import { filesBelow, hasSharedData, withSharedData } from '../support/sharedData';
import { smallCt } from '../support/smallCt';

interface ImportResult {
  readonly seen: number;
  readonly dicom: number;
  readonly notDicom: number;
  readonly failed: readonly { readonly path: string; readonly reason: string }[];
  readonly added: number;
  readonly duplicates: number;
  readonly patients: number;
  readonly studies: number;
  readonly series: number;
  readonly instances: number;
  readonly seconds: number;
  readonly warnings: readonly { readonly path: string; readonly reason: string }[];
}

interface Listed {
  readonly patients: readonly {
    readonly name: string;
    readonly studies: readonly {
      readonly missingCount: number;
      readonly series: readonly {
        readonly orientation: string | null;
        readonly spacing: unknown;
        readonly instances: readonly { readonly sopInstanceUid: string; readonly path: string }[];
      }[];
    }[];
  }[];
}

let root: string;
let library: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'isocenter-it-'));
  library = path.join(root, 'library');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const input = (...parts: string[]) => path.join(root, 'in', ...parts);

function put(file: string, bytes: Uint8Array | string): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return file;
}

const open = (...paths: string[]) => dcmJson<ImportResult>(['import', ...paths, '--library', library]);
const list = () => dcmJson<Listed>(['list', '--library', library]);

const data = path.resolve(import.meta.dirname, '../../../shared/data');

describe.skipIf(!hasSharedData)(`the shared data${withSharedData}`, () => {
  it('is read whole, and adds nothing the second time', async () => {
    const files = filesBelow('.').length;

    const first = await open(data);
    expect(first.seen).toBe(files);
    // Every file that is not added says why: duplicate, DICOMDIR, not DICOM or failed.
    const directories = first.dicom - first.added - first.duplicates - first.failed.length;
    expect(directories).toBeGreaterThanOrEqual(0);
    expect(first.seen).toBe(first.dicom + first.notDicom);
    expect(first.failed.filter(({ reason }) => reason === '')).toEqual([]);
    expect(first.instances).toBe(first.added);
    // Outside the folder of broken files only those fail that do not say which object they are.
    const elsewhere = first.failed.filter((failure) => !failure.path.startsWith(path.join(data, 'broken')));
    expect(elsewhere.filter(({ reason }) => !/^The object has no .* UID\.$/.test(reason))).toEqual([]);

    const second = await open(data);
    const { seen, dicom, notDicom, failed, instances, studies } = first;
    const duplicates = first.added + first.duplicates;
    expect(second).toMatchObject({ seen, dicom, notDicom, failed, instances, studies, added: 0, duplicates });
  });
});

describe('bad input gives its line, and the rest loads', () => {
  const whole = smallCt();

  it('one of each in one folder', async () => {
    const lines = {
      empty: put(input('0 bytes'), ''),
      header: put(input('cut in the header'), whole.subarray(0, 300)),
      meta: put(input('cut in the meta header'), whole.subarray(0, 150)),
    };
    const pixels = put(input('cut in the pixels'), smallCt({ sopUid: '2.25.20' }).subarray(0, -8));
    const unknown = put(
      input('unknown syntax'),
      smallCt({ sopUid: '2.25.21' }, { transferSyntaxUid: '1.2.840.10008.1.9.9' }),
    );
    put(input('Bilder für 患者 Ω', 'a name.jpg'), whole);
    put(input('readme.txt'), 'A text, long enough to be looked at. '.repeat(20));
    symlinkSync(input(), input('Bilder für 患者 Ω', 'back'));

    const result = await open(input());
    expect(result).toMatchObject({ seen: 7, dicom: 5, notDicom: 1, added: 3, duplicates: 0, instances: 3 });
    expect(new Map(result.failed.map((failure) => [failure.path, failure.reason]))).toEqual(
      new Map([
        [lines.empty, 'The file is empty.'],
        [lines.header, expect.stringContaining('ends early')],
        [lines.meta, expect.stringContaining('ends early')],
        [input('Bilder für 患者 Ω', 'back'), expect.stringContaining('leads back')],
      ]),
    );
    expect(result.warnings).toMatchObject([
      { path: pixels, reason: expect.stringContaining('end early') as string },
      { path: unknown, reason: expect.stringContaining('is not known') as string },
    ]);
  });

  it('an empty folder and a path that is not there', async () => {
    mkdirSync(input(), { recursive: true });
    const { status } = await dcm(['import', input(), '--library', library]);
    const { failed, seen } = await open(input(), input('absent'));
    expect({ status, seen, reasons: failed.map(({ reason }) => reason) }).toEqual({
      status: 1,
      seen: 0,
      reasons: ['No files were found in this folder.', 'There is no such file or folder.'],
    });
  });

  it.skipIf(process.platform === 'win32')('a folder and a file without permission', async () => {
    const isRoot = process.getuid?.() === 0;
    put(input('good'), whole);
    put(input('locked', 'x'), whole);
    chmodSync(put(input('secret'), whole), 0);
    chmodSync(input('locked'), 0);
    for (const folder of [root, input()]) chmodSync(folder, 0o777);
    const who = isRoot ? { uid: 65_534 } : {};
    const result = await dcmJson<ImportResult>(['import', input(), '--library', library], who);
    chmodSync(input('locked'), 0o755);
    expect(result).toMatchObject({ added: 1, seen: 2 });
    expect(result.failed).toMatchObject([
      { path: input('locked'), reason: 'The folder cannot be read: permission was denied.' },
      { path: input('secret'), reason: 'The file cannot be read: permission was denied.' },
    ]);
  });

  it('twenty thousand files that are not DICOM', async () => {
    for (let index = 0; index < 20_000; index += 1)
      put(input(String(index % 20), `note ${index}.txt`), 'no picture here');
    put(input('19', 'zz'), whole);
    expect(await open(input())).toMatchObject({ seen: 20_001, notDicom: 20_000, dicom: 1, added: 1, failed: [] });
  });
});

describe('the library on disk', () => {
  it('lists series in reading order with orientation and spacing, and what is missing', async () => {
    const slices = [3, 1, 2].map((z) => ({ sopUid: `2.25.3${z}`, instanceNumber: 4 - z, zMm: z * 2.5 }));
    const files = slices.map((slice) => put(input(slice.sopUid), smallCt(slice)));
    await open(input());
    rmSync(files[0] ?? '');
    const { patients } = await list();
    const study = patients[0]?.studies[0];
    const series = study?.series[0];
    expect({ name: patients[0]?.name, missing: study?.missingCount }).toEqual({ name: 'Test^Tilda', missing: 1 });
    expect(series).toMatchObject({
      orientation: 'AXIAL',
      spacing: { rowMm: 0.5, columnMm: 0.25, sliceMinMm: 2.5, sliceMaxMm: 2.5, isUniform: true },
    });
    expect(series?.instances.map((instance) => instance.sopInstanceUid)).toEqual(['2.25.31', '2.25.32', '2.25.33']);
  });

  it('follows a file that was moved', async () => {
    const first = put(input('a'), smallCt());
    await open(input());
    rmSync(first);
    const moved = put(path.join(root, 'elsewhere', 'b'), smallCt());
    expect(await open(path.dirname(moved))).toMatchObject({ added: 0, duplicates: 1, instances: 1 });
    expect((await list()).patients[0]?.studies[0]?.series[0]?.instances[0]?.path).toBe(moved);
  });

  it('is written by one process at a time, and read by others meanwhile', async () => {
    put(input('a'), smallCt());
    await open(input());
    const lock = new DatabaseSync(path.join(library, 'library.lock'));
    lock.exec('BEGIN EXCLUSIVE');
    const refused = await dcm(['import', input(), '--library', library, '--json']);
    const listed = await dcm(['list', '--library', library]);
    lock.close();
    expect({ status: refused.status, stdout: refused.stdout }).toEqual({ status: 1, stdout: '' });
    expect(refused.stderr).toContain('(store/');
    expect(listed.status).toBe(0);
    expect((await dcm(['import', input(), '--library', library])).status).toBe(0);
  });

  it('stays whole however an import is killed, and the next one completes it', async () => {
    const count = 2000;
    for (let index = 0; index < count; index += 1) put(input(`${index}`), smallCt({ sopUid: `2.25.4${index}` }));
    for (const delayMs of [150, 250, 350]) {
      await dcm(['import', input(), '--library', library], { killAfterMs: delayMs });
      if (!existsSync(path.join(library, 'index.sqlite'))) continue;
      const index = new DatabaseSync(path.join(library, 'index.sqlite'));
      expect(index.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
      index.close();
    }
    const { added, duplicates, instances } = await open(input());
    expect({ sum: added + duplicates, instances }).toEqual({ sum: count, instances: count });
  });
});

describe('the command line', () => {
  it.each([[[]], [['fly']], [['import']], [['import', '--fast', 'x']], [['list', 'extra']], [['dump']]])(
    '%j prints its usage on standard error and ends with 2',
    async (args) => {
      const { status, stdout, stderr } = await dcm(args);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain('usage:');
    },
  );

  it('dumps a file as text and as JSON', async () => {
    const file = put(input('a'), smallCt());
    const { status, stdout } = await dcm(['dump', file]);
    expect(status).toBe(0);
    expect(stdout).toContain('(0010,0010) PN PatientName: Test^Tilda\n');
    const { elements } = await dcmJson<{ elements: readonly { tag: string; value?: unknown }[] }>(['dump', file]);
    expect(elements.find((element) => element.tag === '00280030')).toEqual({
      tag: '00280030',
      vr: 'DS',
      keyword: 'PixelSpacing',
      length: '0.5\\0.25'.length,
      value: ['0.5', '0.25'],
    });
  });

  it('refuses to dump what is not DICOM', async () => {
    const { status, stdout, stderr } = await dcm(['dump', put(input('a'), 'no picture here')]);
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: 'dcm: This file is not DICOM. (file/not-dicom)\n',
    });
  });
});
