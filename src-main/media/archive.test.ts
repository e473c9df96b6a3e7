import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tarGzOf, tarOf, zipOf, type Content } from '../../tests/fixtures/archives';
import { isoOf } from '../../tests/fixtures/isoImage';
import { openArchive } from './archive';
import { sniffArchive } from './sniffArchive';
import type { ArchiveKind, OpenContext, PasswordRequest, Source } from './source';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'isocenter-archive-'));
  mkdirSync(join(root, 'spool'));
});
afterEach(() => rmSync(root, { recursive: true }));

const bytesOf = (length: number, seed = 1) =>
  Uint8Array.from({ length }, (_, index) => (index * 2654435761 * seed) >>> 13);
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex').slice(0, 12);

interface Opened {
  readonly files: Record<string, string>;
  readonly problems: Record<string, string>;
  readonly sources: readonly string[];
  readonly asked: readonly PasswordRequest[];
  readonly unpackedBytes: number;
}

interface Given {
  readonly passwords?: readonly (string | null)[];
  readonly signal?: AbortSignal;
}

async function openBytes(bytes: Uint8Array, { passwords = [], signal }: Given = {}, name = 'x'): Promise<Opened> {
  const path = join(root, name);
  writeFileSync(path, bytes);
  const kind = kindOf(bytes);
  if (kind === null) throw new Error('not recognised as an archive');
  const asked: PasswordRequest[] = [];
  let unpackedBytes = 0;
  const context: OpenContext = {
    signal: signal ?? new AbortController().signal,
    spoolDirectory: join(root, 'spool'),
    askPassword: (request) => {
      asked.push(request);
      return Promise.resolve(passwords[asked.length - 1] ?? null);
    },
    roomFor: () => Promise.resolve(),
    onUnpacked: (count) => (unpackedBytes += count),
  };
  const source: Source = {
    kind: 'zip',
    label: name,
    path,
    pathInParent: '',
    parent: null,
    isRemovable: false,
    canReference: false,
  };
  const files: Record<string, string> = {};
  const problems: Record<string, string> = {};
  const sources: string[] = [];
  for await (const found of openArchive(kind, { path, offset: 0, sizeBytes: null }, source, context)) {
    if (found.kind === 'source') sources.push(`${found.source.kind} ${found.source.pathInParent}`);
    if (found.kind === 'problem') problems[found.problem.path] = found.problem.code;
    if (found.kind !== 'entries') continue;
    for (const entry of found.entries) {
      const { slice } = entry;
      const whole = readFileSync(slice.path);
      files[entry.name] = sha(whole.subarray(slice.offset, slice.offset + (slice.sizeBytes ?? whole.length)));
    }
  }
  return { files, problems, sources, asked, unpackedBytes };
}

function kindOf(bytes: Uint8Array): ArchiveKind | null {
  return sniffArchive(bytes.subarray(0, 1024), bytes.length, (offset, length) =>
    bytes.subarray(offset, offset + length),
  );
}

const content: Content = {
  DICOMDIR: bytesOf(3000),
  'DICOM/IM0001': bytesOf(100_000, 2),
  'DICOM/IM0002': bytesOf(2048, 3),
  'DICOM/deep/er/IM0003': bytesOf(1, 4),
  empty: new Uint8Array(0),
};
const expected = Object.fromEntries(Object.entries(content).map(([name, bytes]) => [name, sha(bytes)]));
/** An archive is told by its first bytes, so content for nesting must not look like one. */
const plain: Content = { a: bytesOf(5000), b: bytesOf(700, 9) };
const plainHashes = { a: sha(bytesOf(5000)), b: sha(bytesOf(700, 9)) };

describe('each kind', () => {
  it.each<[string, (given: Content) => Uint8Array | Promise<Uint8Array>]>([
    ['deflated ZIP', (given) => zipOf(given)],
    ['stored ZIP', (given) => zipOf(given, { level: 0 })],
    ['ZIP64', (given) => zipOf(given, { zip64: true })],
    ['ZIP with data descriptors', (given) => zipOf(given, { dataDescriptor: true })],
    ['TAR', (given) => tarOf(given)],
    ['TAR by gzip', (given) => tarGzOf(given)],
    ['ISO with Joliet names', (given) => isoOf(given, { isJoliet: true })],
  ])('%s: every entry, byte for byte', async (_kind, write) => {
    const opened = await openBytes(await write(content));
    expect(opened).toMatchObject({ files: expected, problems: {}, sources: [], asked: [] });
  });

  it('plain ISO names lose version and trailing dot', async () => {
    const opened = await openBytes(isoOf({ 'dicom/im1': bytesOf(10), 'x.': bytesOf(20) }));
    expect(opened.files).toEqual({ 'DICOM/IM1': sha(bytesOf(10)), X: sha(bytesOf(20)) });
  });

  it('entries of ISO and TAR are slices of the archive: nothing is unpacked', async () => {
    const unpacked = [await openBytes(isoOf(content)), await openBytes(await tarOf(content))];
    expect(unpacked.map((opened) => opened.unpackedBytes)).toEqual([0, 0]);
    expect(readdirSync(join(root, 'spool'))).toEqual([]);
  });

  it('one file by gzip is one file', async () => {
    const bytes = bytesOf(10_000);
    expect((await openBytes(gzipSync(bytes), {}, 'IM1.dcm.gz')).files).toEqual({ 'IM1.dcm': sha(bytes) });
  });

  it('an office document or a Java archive is no medium but one file', async () => {
    const office = await zipOf({ '[Content_Types].xml': bytesOf(10), 'word/document.xml': bytesOf(10) });
    expect((await openBytes(office, {}, 'letter.docx')).files).toEqual({ 'letter.docx': sha(office) });
    const nested = await openBytes(await zipOf({ 'letter.docx': office, a: bytesOf(5) }));
    expect(nested).toMatchObject({ files: { 'letter.docx': sha(office), a: sha(bytesOf(5)) }, sources: [] });
  });
});

describe('archives in archives', () => {
  it('are entered by content, whatever their name, with their path in the names', async () => {
    const inner = await tarGzOf(plain);
    const opened = await openBytes(
      await zipOf({ 'sub/inner.bin': inner, 'disc.img': isoOf(plain, { isJoliet: true }) }),
    );
    expect(opened.files).toEqual({
      'sub/inner.bin/a': plainHashes.a,
      'sub/inner.bin/b': plainHashes.b,
      'disc.img/a': plainHashes.a,
      'disc.img/b': plainHashes.b,
    });
    expect(opened.sources).toEqual(['tar sub/inner.bin', 'iso disc.img']);
  });

  it('are entered four deep and no deeper', async () => {
    let nested = await zipOf(plain);
    for (let depth = 0; depth < 4; depth += 1) nested = await zipOf({ 'n.zip': nested });
    const opened = await openBytes(nested);
    expect([opened.files, opened.problems]).toEqual([{}, { 'n.zip/n.zip/n.zip/n.zip': 'archive/too-large' }]);
  });
});

describe('passwords', () => {
  it.each([{ zipCrypto: true }, { encryptionStrength: 3 as const }])('are asked until they fit: %o', async (way) => {
    const locked = await zipOf(plain, { password: 'sesame', ...way });
    const opened = await openBytes(locked, { passwords: ['open', 'sesame'] });
    expect(opened.files).toEqual(plainHashes);
    expect(opened.asked.map((request) => request.wasWrong)).toEqual([false, true]);
  });

  it('that are not given leave the archive out, said once', async () => {
    const opened = await openBytes(await zipOf(plain, { password: 'sesame' }), { passwords: [null] }, 'locked.zip');
    expect([opened.files, Object.values(opened.problems), opened.asked.length]).toEqual([{}, ['archive/password'], 1]);
  });
});

describe('hostile archives', () => {
  it.each(['../../evil', '/etc/evil', 'C:\\evil', 'a\\..\\..\\evil', 'nul\u0000byte', 'x\u202Egnp'])(
    'the name %j is read, made harmless and told',
    async (name) => {
      const opened = await openBytes(await tarOf({ [name]: bytesOf(600), good: bytesOf(10) }));
      expect(Object.values(opened.files)).toContain(sha(bytesOf(10)));
      expect(Object.keys(opened.files).every((shown) => !/(^|\/)\.\.(\/|$)|^\/|\p{Cc}|\u202e/u.test(shown))).toBe(true);
      // A name may not hold NUL in a TAR: it ends there.
      if (!name.includes('\u0000')) expect(Object.values(opened.problems)).toEqual(['archive/unsafe-name']);
    },
  );

  it('a name that leads outside costs a ZIP nothing but that name', async () => {
    const zip = Buffer.from(await zipOf({ 'xx/xx/evil': bytesOf(600), good: bytesOf(10) }));
    const renamed = Buffer.from(zip.toString('latin1').replaceAll('xx/xx/evil', '../../evil'), 'latin1');
    const opened = await openBytes(renamed);
    expect(opened.files).toEqual({ evil: sha(bytesOf(600)), good: sha(bytesOf(10)) });
    expect(opened.problems).toEqual({ evil: 'archive/unsafe-name' });
  });

  it('an image that contains itself is given up', async () => {
    const image = isoOf(Object.fromEntries(Array.from({ length: 45 }, (_, index) => [`f${index}`, bytesOf(4)])));
    const view = new DataView(image.buffer);
    for (let at = 20 * 2048; (image[at] ?? 0) > 0; at += image[at] ?? 0) {
      if (image[at + 25] !== 0) continue;
      view.setUint32(at + 2, 0, true);
      view.setUint32(at + 10, image.length, true);
    }
    // Each of them is the whole image again.
    const { files, problems } = await openBytes(image);
    expect([files, problems['x']]).toEqual([{}, 'archive/too-large']);
    expect(Object.keys(problems).length).toBeLessThan(250);
  });

  it('links are told and not followed', async () => {
    const opened = await openBytes(await tarOf(plain, [{ name: 'link', target: '/etc/passwd' }]));
    expect([opened.files, opened.problems]).toEqual([plainHashes, { link: 'archive/unsafe-name' }]);
  });

  it('the same name twice is two files', async () => {
    const writer = await tarOf({ a: bytesOf(5), 'A/../a': bytesOf(6) });
    expect(Object.keys((await openBytes(writer)).files).sort()).toEqual(['A/a', 'a']);
    const twice = Buffer.concat([(await tarOf({ a: bytesOf(5) })).subarray(0, 1024), await tarOf({ a: bytesOf(6) })]);
    expect((await openBytes(twice)).files).toEqual({ a: sha(bytesOf(5)), 'a (2)': sha(bytesOf(6)) });
  });

  it('bombs are given up where they pass 200 times their size, and leave nothing behind', async () => {
    const zeros = new Uint8Array(64 * 1024 * 1024);
    const zip = await openBytes(await zipOf({ bomb: zeros, good: bytesOf(50) }));
    expect(zip.problems).toEqual({ bomb: 'archive/too-large' });
    expect(zip.unpackedBytes).toBeLessThan(20 * 1024 * 1024);
    const gzip = await openBytes(gzipSync(zeros), {}, 'bomb.gz');
    expect([gzip.files, Object.values(gzip.problems)]).toEqual([{}, ['archive/too-large']]);
  });

  it('what is whole of a cut ZIP is read, by whatever headers are left', async () => {
    const zip = await zipOf(content);
    const opened = await openBytes(zip.subarray(0, zip.length - 200));
    expect(opened.files).toMatchObject({ DICOMDIR: expected['DICOMDIR'], 'DICOM/IM0001': expected['DICOM/IM0001'] });
    expect(Object.values(opened.problems)).toEqual(['archive/unreadable']);
  });

  it.each<[string, () => Promise<Uint8Array>]>([
    ['TAR', () => tarOf(content)],
    ['TAR by gzip', () => tarGzOf(content)],
  ])('what came before the cut of a %s is read', async (_kind, write) => {
    const whole = await write();
    const opened = await openBytes(whole.subarray(0, Math.floor(whole.length * 0.97) - 2000));
    expect(opened.files).toMatchObject({ DICOMDIR: expected['DICOMDIR'] });
    expect(Object.values(opened.problems)).toEqual(['archive/unreadable']);
  });

  it('a damaged entry costs itself only', async () => {
    const zip = await zipOf(content, { level: 0 });
    zip[3000 + 500] = (zip[3000 + 500] ?? 0) ^ 0xff;
    const opened = await openBytes(zip);
    expect([Object.keys(opened.files).length, Object.values(opened.problems)]).toEqual([4, ['archive/unreadable']]);
  });

  it('folders of an image that lead back to themselves are entered once', async () => {
    const image = isoOf({ 'a/x': bytesOf(9) });
    const view = new DataView(image.buffer);
    const folderA = view.getUint32(20 * 2048 + 68 + 2, true);
    view.setUint32(folderA * 2048 + 68 + 2, 20, true);
    image[folderA * 2048 + 68 + 25] = 2;
    expect(Object.values((await openBytes(image)).problems)).toEqual(['archive/unreadable']);
  });

  it('stop when they are told to', async () => {
    const stop = new AbortController();
    stop.abort();
    expect(await openBytes(await zipOf(content), { signal: stop.signal })).toMatchObject({ files: {}, problems: {} });
  });
});

describe('mutated archives', () => {
  const random = (seed: number) => () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };

  it.each<[string, () => Uint8Array | Promise<Uint8Array>]>([
    ['ZIP', () => zipOf(plain)],
    ['TAR', () => tarOf(plain)],
    ['TAR by gzip', () => tarGzOf(plain)],
    ['ISO', () => isoOf(plain, { isJoliet: true })],
  ])('%s: never throw, never hang', async (_kind, write) => {
    const whole = await write();
    const next = random(20261123);
    for (let round = 0; round < 300; round += 1) {
      const bytes = whole.slice(0, next() < 0.2 ? Math.floor(whole.length * next()) : whole.length);
      const from = _kind === 'ISO' ? 16 * 2048 : 0;
      for (let count = 0; count < 1 + next() * 8; count += 1) {
        bytes[Math.min(bytes.length - 1, from + Math.floor(next() * (bytes.length - from)))] = Math.floor(next() * 256);
      }
      if (kindOf(bytes) !== null) await openBytes(bytes, { passwords: [null, null, null] });
    }
    expect(readdirSync(root).sort()).toEqual(['spool', 'x']);
  });
});
