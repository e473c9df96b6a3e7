/** Archives that other programs wrote: every file that went in comes out under its name, byte for byte. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openArchive } from '../../src-main/media/archive';
import { sniffArchive } from '../../src-main/media/sniffArchive';
import type { OpenContext, Source } from '../../src-main/media/source';
import { objectBytes } from '../support/arrivals';
import { hasProgram } from '../support/programs';
import { skipUnless } from '../support/skip';

let root: string;
let expected: Record<string, string>;

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'isocenter-archives-'));
  const deep = Array.from({ length: 12 }, (_, level) => `level${level}`).join('/');
  for (const folder of ['DICOM', 'Müller & Söhne', deep]) mkdirSync(join(root, 'in', folder), { recursive: true });
  const put = (name: string, variant: number) => {
    writeFileSync(join(root, 'in', name), objectBytes({ patientName: `Test^${variant}` }, variant));
  };
  put('DICOM/IM000001', 1);
  put('Müller & Söhne/a very long name with spaces and ümlauts, longer than sixty-four letters.dcm', 2);
  put(`${deep}/IM1`, 3);
  writeFileSync(join(root, 'in', 'large.bin'), new Uint8Array(3_000_000).fill(7));
  const files = readdirSync(join(root, 'in'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const paths = files.map((one) => join(one.parentPath, one.name));
  expected = Object.fromEntries(
    paths.map((path) => [relative(join(root, 'in'), path).normalize('NFC'), sha(readFileSync(path))]),
  );
});
afterAll(() => rmSync(root, { recursive: true }));

async function contentOf(path: string, passwords: readonly string[] = []): Promise<Record<string, string>> {
  const spoolDirectory = mkdtempSync(join(root, 'spool-'));
  const waiting = [...passwords];
  const context: OpenContext = {
    signal: new AbortController().signal,
    spoolDirectory,
    askPassword: () => Promise.resolve(waiting.shift() ?? null),
    roomFor: () => Promise.resolve(),
    onUnpacked: () => undefined,
  };
  const bytes = readFileSync(path);
  const kind = sniffArchive(bytes, bytes.length, (offset, length) => bytes.subarray(offset, offset + length));
  if (kind === null) throw new Error('not recognised');
  const source: Source = {
    kind: 'zip',
    label: 'given',
    path,
    pathInParent: '',
    parent: null,
    isRemovable: false,
    canReference: false,
  };
  const content: Record<string, string> = {};
  for await (const found of openArchive(kind, { path, offset: 0, sizeBytes: null }, source, context)) {
    if (found.kind === 'problem') content[found.problem.path] = found.problem.reason;
    for (const { name, slice } of found.kind === 'entries' ? found.entries : []) {
      const whole = readFileSync(slice.path);
      content[name.normalize('NFC')] = sha(whole.subarray(slice.offset, slice.offset + (slice.sizeBytes ?? Infinity)));
    }
  }
  return content;
}

type Write = (output: string) => readonly string[];

/** Programs, how they write, and what they are asked when the archive is locked. */
const WRITERS: readonly (readonly [what: string, program: string, write: Write, passwords?: readonly string[]])[] = [
  ['ISO with Rock Ridge', 'xorriso', (out) => ['-as', 'mkisofs', '-quiet', '-R', '-o', out, 'in']],
  ['ISO with Rock Ridge and Joliet', 'genisoimage', (out) => ['-quiet', '-R', '-J', '-joliet-long', '-o', out, 'in']],
  ['ISO with Joliet only', 'genisoimage', (out) => ['-quiet', '-J', '-joliet-long', '-D', '-o', out, 'in']],
  ['ZIP', 'zip', (out) => ['-q', '-r', out, '.']],
  ['stored ZIP', 'zip', (out) => ['-q', '-0', '-r', out, '.']],
  ['ZIP with the old encryption', 'zip', (out) => ['-q', '-P', 'sesame', '-r', out, '.'], ['wrong', 'sesame']],
  ['ZIP with AES', '7z', (out) => ['a', '-tzip', '-mem=AES256', '-psesame', out, '.'], ['sesame']],
  ['GNU TAR', 'tar', (out) => ['--format=gnu', '-cf', out, '-C', 'in', '.']],
  ['POSIX TAR by gzip', 'tar', (out) => ['--format=posix', '-czf', out, '-C', 'in', '.']],
  ['old TAR', 'bsdtar', (out) => ['--format=gnutar', '-cf', out, '-C', 'in', '.']],
];

for (const [what, program, write, passwords] of WRITERS) {
  skipUnless(hasProgram(program), `${program} is not installed`)(`${what} by ${program}`, () => {
    it('gives back every file under its name', async () => {
      const output = join(root, `${what}.bin`.replaceAll(' ', '-'));
      const isInside = program === 'zip' || program === '7z';
      execFileSync(program, write(output), { cwd: isInside ? join(root, 'in') : root, stdio: 'ignore' });
      expect(await contentOf(output, passwords)).toEqual(expected);
    });
  });
}
