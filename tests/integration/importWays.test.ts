/** The ways in which an import can go, through the built command line: copies, choices, new values, archives, media, cancelling. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportLine, ImportReport, MediaReconciliation } from '../../src-shared/contract';
import { tarGzOf, zipOf } from '../fixtures/archives';
import { dcm, dcmJson } from '../support/dcm';
import { hasSharedData, sharedTable, withSharedData } from '../support/sharedData';
import { smallCt } from '../support/smallCt';

interface Result extends Omit<ImportReport, 'added'> {
  readonly added: number;
  readonly duplicates: number;
  readonly instances: number;
}

let root: string;
let library: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'isocenter-ways-'));
  library = path.join(root, 'library');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const input = (...parts: string[]) => path.join(root, 'in', ...parts);
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function put(file: string, bytes: Uint8Array | string): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return file;
}

const open = (...args: string[]) => dcmJson<Result>(['import', ...args, '--library', library]);
const reportOf = (importId: number) =>
  dcmJson<ImportReport & { readonly lines: readonly ImportLine[] }>(['report', String(importId), '--library', library]);

const outcomes = (lines: readonly ImportLine[]) => Object.fromEntries(lines.map((line) => [line.path, line.outcome]));

/** Copies of the library, by their digest. */
function copies(): Map<string, Uint8Array> {
  const folder = path.join(library, 'objects');
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  const found = files.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(found.map((file) => [path.basename(file), readFileSync(file)]));
}

/** What is being written while an import runs, and must be gone after it. */
const leftovers = () => readdirSync(path.join(library, 'incoming'));

const ct = (sop: number, changes: Parameters<typeof smallCt>[0] = {}) =>
  smallCt({ sopUid: `2.25.9${sop}`, ...changes });

describe('copies', () => {
  it('are the files byte for byte, under names that come from no file', async () => {
    const files = [1, 2, 3].map((sop) => ct(sop));
    files.forEach((bytes, index) => put(input(`IM${index}`), bytes));
    put(input('readme'), 'no picture here');
    expect(await open(input(), '--copy')).toMatchObject({ seen: 4, added: 3, notDicom: 1, placement: 'copy' });
    expect([...copies().keys()].sort()).toEqual(files.map(sha).sort());
    expect([...copies()].every(([name, bytes]) => sha(bytes) === name)).toBe(true);
    expect(leftovers()).toEqual([]);
  });

  it('of what is known are not made twice, and another content under the same UID is kept aside', async () => {
    put(input('a'), ct(1));
    await open(input(), '--copy');
    put(input('b'), ct(1, { patientName: 'Test^Tilda', zMm: 5 }));
    expect(await open(input(), '--copy')).toMatchObject({ added: 0, known: 1, aside: 1 });
    expect([...copies().keys()].sort()).toEqual([sha(ct(1)), sha(ct(1, { zMm: 5 }))].sort());
  });
});

describe('a choice', () => {
  it('leaves out a series, which the report says', async () => {
    put(input('a'), ct(1, { seriesUid: '2.25.1001' }));
    put(input('b'), ct(2, { seriesUid: '2.25.1002' }));
    const result = await open(input(), '--exclude-series', '2.25.1002');
    expect(result).toMatchObject({ seen: 2, added: 1, notChosen: 1, instances: 1 });
    expect(outcomes((await reportOf(result.importId)).lines)).toEqual({ a: 'added', b: 'not-chosen' });
  });

  it('gives a patient the local ID, in copies that keep the old one', async () => {
    const foreign = ct(1, { patientId: 'FOREIGN-7' });
    put(input('a'), foreign);
    put(
      input('b'),
      ct(2, { patientId: 'OTHER', patientName: 'Other^Otto', studyUid: '2.25.2000', seriesUid: '2.25.2001' }),
    );
    expect(await open(input(), '--map-id', 'FOREIGN-7=LOCAL-1', '--reference')).toMatchObject({ added: 2 });
    const { patients } = await dcmJson<{ patients: readonly { patientId: string }[] }>(['list', '--library', library]);
    expect(patients.map(({ patientId }) => patientId).sort()).toEqual(['LOCAL-1', 'OTHER']);
    const [copy] = [...copies()];
    const { stdout } = await dcm(['dump', path.join(library, 'objects', copy?.[0].slice(0, 2) ?? '', copy?.[0] ?? '')]);
    expect(stdout).toMatch(/\(0010,0020\) LO PatientID: LOCAL-1\n/);
    expect(stdout).toMatch(/\(0400,0561\)[^]*FOREIGN-7/);
    // Met again as it was, it is known: its bytes are those that were changed.
    expect(await open(input('a'), '--copy')).toMatchObject({ added: 0, duplicates: 1 });
  });
});

describe('archives', () => {
  it('are opened by content wherever they lie, nested ones too, and leave nothing unpacked', async () => {
    const inner = await zipOf({ IM3: ct(3), 'readme.txt': Buffer.from('no picture here') });
    put(input('disc', 'study.dat'), await zipOf({ 'A/IM1': ct(1), 'A/IM2': ct(2), 'inner.bin': inner }));
    put(input('disc', 'plain'), ct(4));
    put(input('more.tgz'), await tarGzOf({ IM5: ct(5) }));
    const result = await open(input('disc'), input('more.tgz'));
    expect(result).toMatchObject({ seen: 6, added: 5, notDicom: 1, rejected: 0 });
    expect([...copies().keys()].sort()).toEqual([1, 2, 3, 5].map((sop) => sha(ct(sop))).sort());
    const { lines } = await reportOf(result.importId);
    expect(lines.map((line) => line.path).sort()).toEqual([
      'disc/plain',
      'disc/study.dat/A/IM1',
      'disc/study.dat/A/IM2',
      'disc/study.dat/inner.bin/IM3',
      'disc/study.dat/inner.bin/readme.txt',
      'more.tgz/IM5',
    ]);
    expect(leftovers()).toEqual([]);
  });

  it('with a password open with one of those that are given, and are left out without', async () => {
    const archive = put(input('secret.zip'), await zipOf({ IM1: ct(1) }, { password: 'pass', zipCrypto: true }));
    const without = await open(archive);
    expect(without).toMatchObject({ seen: 0, added: 0 });
    expect((await reportOf(without.importId)).lines).toMatchObject([
      { outcome: 'unreachable', code: 'archive/password' },
    ]);
    expect(await open(archive, '--password', 'wrong', '--password', 'pass')).toMatchObject({ seen: 1, added: 1 });
  });
});

describe.skipIf(!hasSharedData)(`DICOM media${withSharedData}`, () => {
  const media = [...new Set(sharedTable('MEDIA_TRUTH.csv').map((row) => row['dicomdir']?.split('/')[1] ?? ''))];

  it.each(media)('%s: each DICOMDIR is compared with what is there as other tools do', async (medium) => {
    const folder = path.resolve(import.meta.dirname, '../../../shared/data/media', medium);
    const { media: found } = await dcmJson<{ media: readonly MediaReconciliation[] }>(['media', folder]);
    const truth = sharedTable('MEDIA_TRUTH.csv').filter((row) => row['dicomdir']?.startsWith(`media/${medium}/`));
    const counts = truth.map((row) => {
      const name = row['dicomdir']?.slice(`media/${medium}/`.length);
      const one = found.find((reconciled) => reconciled.path === name);
      return [name, one?.announced, (one?.found ?? 0) + (one?.unreadable ?? 0), one?.missing, one?.unlisted];
    });
    const told = ['referenced', 'found_at_reference', 'missing', 'unreferenced_in_folder'] as const;
    expect(counts).toEqual(
      truth.map((row) => [row['dicomdir']?.slice(`media/${medium}/`.length), ...told.map((key) => Number(row[key]))]),
    );
  });
});

describe('reports', () => {
  it('are kept, listed, and given as a table', async () => {
    put(input('a'), ct(1));
    put(input('=1+1'), 'no picture here');
    const { importId } = await open(input());
    const { stdout } = await dcm(['report', String(importId), '--csv', '--library', library]);
    expect(stdout.trim().split(/\r?\n/).sort()).toEqual([
      "'=1+1,not-dicom,,,",
      'a,added,,,',
      'path,outcome,code,reason,detail',
    ]);
    expect((await dcm(['report', '--library', library])).stdout).toContain('2 seen, 1 added, 0 rejected');
    expect((await dcm(['report', '999', '--library', library])).status).toBe(1);
  });
});

/** The built command line as a process that can be told to stop. */
function start(...args: string[]) {
  const entry = path.resolve(import.meta.dirname, '../../out/main/dcm.js');
  const child = spawn(process.execPath, [entry, ...args, '--library', library, '--json'], { stdio: 'pipe' });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const said = async (text: string) => {
    while (!stderr.includes(text)) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  return { child, ended, said, result: () => JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Result };
}

describe.skipIf(process.platform === 'win32')('an import that is interrupted', () => {
  it('by Ctrl-C keeps what was taken and writes its report', async () => {
    for (let index = 0; index < 3000; index += 1) put(input(String(index)), ct(10_000 + index));
    const importing = start('import', input(), '--copy');
    while (!existsSync(path.join(library, 'objects')) || copies().size === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    importing.child.kill('SIGINT');
    expect(await importing.ended).toBe(1);
    const result = importing.result();
    expect(result.wasCancelled).toBe(true);
    const { lines, added } = await reportOf(result.importId);
    expect([lines.length, added]).toEqual([result.seen, copies().size]);
    expect(leftovers()).toEqual([]);
    expect(await open(input(), '--copy')).toMatchObject({ seen: 3000, instances: 3000 });
  }, 60_000);

  it('by a folder that goes away waits for it, and loses nothing', async () => {
    for (let index = 0; index < 3000; index += 1) put(input(`d${index % 30}`, String(index)), ct(10_000 + index));
    const importing = start('import', input(), '--copy');
    while (!existsSync(path.join(library, 'objects')) || copies().size === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    renameSync(input(), path.join(root, 'away'));
    await importing.said('is gone');
    renameSync(path.join(root, 'away'), input());
    expect(await importing.ended).toBe(0);
    expect(importing.result()).toMatchObject({ seen: 3000, added: 3000, rejected: 0, unreachable: 0, instances: 3000 });
    expect(copies().size).toBe(3000);
  }, 60_000);
});
