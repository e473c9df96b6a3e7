/** Files made to hurt, by name: what becomes of each at every step. */
import { deflateSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src-shared/base/appError';
import { dumpFile } from '../../../src-shared/dataset/dump';
import { readHeader } from '../../../src-shared/dataset/header';
import { openInstance } from '../../../src-shared/dataset/instance';
import { readDirectory } from '../../../src-shared/dataset/directory';
import { rewriteValues } from '../../../src-shared/dataset/rewrite';
import {
  fileFrom,
  TRANSFER_SYNTAX,
  writePart10,
  type Element,
  type ElementList,
} from '../../../src-shared/dataset/write';
import { encodeElements } from '../../../src-shared/dataset/writeElements';
import type { InstanceHeader } from '../../../src-shared/dicom/records';
import { directoryFile, patientEntry, seriesEntry, studyEntry } from '../../fixtures/directoryFile';
import { ctElements } from '../../support/elements';

type Bytes = Uint8Array<ArrayBuffer>;

const CT = { sopClassUid: '1.2.840.10008.5.1.4.1.1.2', sopInstanceUid: '2.25.12' };
const DEFLATED = '1.2.840.10008.1.2.1.99';

const changed = (...elements: Element[]): Bytes => writePart10(ctElements(elements));
const us = (tag: number, value: number): Element => ({ tag, vr: 'US', value });
const frames = (value: string): Element => ({ tag: 0x00280008, vr: 'IS', value });

const unicode: Element = { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 192' };
const japanese: Element = { tag: 0x00080005, vr: 'CS', value: '\\ISO 2022 IR 87' };

/** As these elements are, character set and all. */
function plainFile(elements: ElementList): Bytes {
  const encoding = { isExplicit: true, isBigEndian: false, hasUndefinedLengths: false };
  return fileFrom({ ...CT, transferSyntaxUid: TRANSFER_SYNTAX.explicitLittle }, encodeElements(elements, encoding));
}

/** What a step says: a header's interesting part, or the code of its refusal. */
function answer<T>(work: () => T): T | string {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.code;
    throw thrown;
  }
}

function headerOf(file: Bytes): InstanceHeader | string {
  return answer(() => {
    const result = readHeader(file, file.length);
    return result.kind === 'header' ? result.header : result.kind;
  });
}

const issues = (header: InstanceHeader | string): readonly string[] | string =>
  typeof header === 'string' ? header : header.instance.issues.map(({ code }) => code);
const frameCount = (header: InstanceHeader | string): number | string | undefined =>
  typeof header === 'string' ? header : header.instance.pixels?.frames;
const firstFrame = (file: Bytes, isPartialAllowed = false): number | string =>
  answer(() => openInstance(file).encodedFrame(0, { isPartialAllowed }).bytes.length);
const rewrite = (file: Bytes): string =>
  answer(() => {
    const bytes = rewriteValues(file, { patientId: 'NEW' }, { atMs: 0, source: '' });
    return openInstance(bytes).header.patient.patientId;
  });

/** Sequences inside sequences, open or with lengths. */
function tower(depth: number, hasUndefinedLengths: boolean): Bytes {
  const encoding = { isExplicit: true, isBigEndian: false, hasUndefinedLengths };
  let content = encodeElements([{ tag: 0x00400007, vr: 'LO', value: 'bottom' }], encoding);
  for (let level = 0; level < depth; level += 1) content = wrapped(content, hasUndefinedLengths);
  const before = encodeElements(
    ctElements([unicode]).filter(({ tag }) => tag < 0x00400275),
    encoding,
  );
  const after = encodeElements(
    ctElements([unicode]).filter(({ tag }) => tag > 0x00400275),
    encoding,
  );
  return fileFrom({ ...CT, transferSyntaxUid: TRANSFER_SYNTAX.explicitLittle }, joined([before, content, after]));
}

/** As the only item of (0040,0275). */
function wrapped(content: Uint8Array, isOpen: boolean): Uint8Array<ArrayBuffer> {
  const head = new DataView(new ArrayBuffer(20));
  const itemBytes = isOpen ? 0xffffffff : content.length;
  head.setUint16(0, 0x0040, true);
  head.setUint16(2, 0x0275, true);
  head.setUint16(4, 0x5153, true);
  head.setUint32(8, isOpen ? 0xffffffff : content.length + 8, true);
  head.setUint32(12, 0xe000fffe, true);
  head.setUint32(16, itemBytes, true);
  const ends = Uint8Array.of(0xfe, 0xff, 0x0d, 0xe0, 0, 0, 0, 0, 0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0);
  return joined([new Uint8Array(head.buffer), content, isOpen ? ends : new Uint8Array(0)]);
}

const joined = (pieces: readonly Uint8Array[]): Bytes => new Uint8Array(Buffer.concat(pieces));

const deflated = (dataSet: Uint8Array): Bytes => fileFrom({ ...CT, transferSyntaxUid: DEFLATED }, deflateSync(dataSet));

/** Text in bytes that are no Unicode. */
const bytesAsText = (tag: number, value: Uint8Array): Element => ({ tag, vr: 'UT', value }) as unknown as Element;

const escapes = (count: number): Uint8Array => new Uint8Array(Buffer.from('\x1b$B0!\x1b(B'.repeat(count), 'latin1'));

describe('files made to hurt', () => {
  it('sequences 2,000 deep and open are refused', () => {
    const file = tower(2000, true);
    expect([headerOf(file), answer(() => openInstance(file)), rewrite(file)]).toEqual(Array(3).fill('file/malformed'));
    expect(answer(() => dumpFile(file).problem)).toBe('The data set is nested too deeply.');
  });

  it('sequences 2,000 deep with lengths are stepped over', () => {
    const file = tower(2000, false);
    expect([issues(headerOf(file)), firstFrame(file), rewrite(file)]).toEqual([[], 32, 'NEW']);
    expect(dumpFile(file).problem).toBeNull();
  });

  it('a name that asks for Unicode in a file with deep sequences is written all the same', () => {
    const file = tower(2000, false);
    const bytes = rewriteValues(file, { patientName: '山田' }, { atMs: 0, source: '' });
    expect(openInstance(bytes).header.patient.name.alphabetic).toBe('山田');
  });

  it('a deflate bomb is refused before it is large', () => {
    const before = process.memoryUsage().external;
    const bomb = deflated(new Uint8Array(200 * 1024 * 1024));
    const answers = [headerOf(bomb), answer(() => openInstance(bomb)), answer(() => dumpFile(bomb)), rewrite(bomb)];
    expect(bomb.length).toBeLessThan(300 * 1024);
    expect(answers).toEqual(Array(4).fill('file/malformed'));
    // Collected or not, what was inflated stays near the limit of one attempt each.
    expect(process.memoryUsage().external - before).toBeLessThan(5 * 256 * bomb.length + 300 * 1024 * 1024);
  });

  it('65,535 × 65,535 pixels without pixels are a picture of which nothing is there', () => {
    const file = changed(us(0x00280010, 65_535), us(0x00280011, 65_535));
    expect(issues(headerOf(file))).toContain('pixels-truncated');
    expect([firstFrame(file), firstFrame(file, true)]).toEqual(['pixels/truncated', 'pixels/truncated']);
  });

  it.each([
    ['2147483647', 1, ['frames-mismatch']],
    ['-1', 1, ['frames-invalid']],
    ['0', 1, ['frames-invalid']],
    ['1e9', 1, ['frames-mismatch']],
    ['two', 1, ['frames-invalid']],
  ] as const)('%s frames are as many as there are pixels for', (written, count, codes) => {
    const header = headerOf(changed(frames(written)));
    expect([frameCount(header), issues(header)]).toEqual([count, codes]);
  });

  it('2,147,483,647 compressed frames are no more than the bytes can hold', () => {
    const file = writePart10(
      ctElements([
        frames('2147483647'),
        { tag: 0x7fe00010, vr: 'OB', value: { frames: [[new Uint8Array(64)]], hasOffsetTable: false } },
      ]),
      { transferSyntaxUid: '1.2.840.10008.1.2.5' },
    );
    expect(frameCount(headerOf(file))).toBeLessThan(20);
    expect(firstFrame(file)).toBe(64);
  });

  it('a flood of escape sequences is read within its limits', () => {
    const file = plainFile(ctElements([japanese, bytesAsText(0x00100010, escapes(100_000))]));
    const start = performance.now();
    const header = headerOf(file);
    expect(typeof header === 'string' ? header : new Set(header.patient.name.alphabetic)).toEqual(new Set('亜'));
    expect([dumpFile(file).problem, rewrite(file)]).toEqual([null, 'NEW']);
    const korean = answer(() => rewriteValues(file, { patientId: '홍' }, { atMs: 0, source: '' }));
    expect(typeof korean === 'string' ? korean : openInstance(korean).header.patient.patientId).toBe('홍');
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('escapes alone are no text', () => {
    const header = headerOf(
      plainFile(ctElements([japanese, bytesAsText(0x00100010, new Uint8Array(4096).fill(0x1b))])),
    );
    expect(typeof header === 'string' ? header : header.patient.name.alphabetic).toBe('');
    expect(issues(header)).toEqual(['text-wrong']);
  });

  it('signs that turn the direction of text never reach a label', () => {
    const header = headerOf(
      changed(
        { tag: 0x00100010, vr: 'PN', value: 'evil\u202egnp.exe^\u2066x\u2069' },
        { tag: 0x00081030, vr: 'LO', value: 'a\u0000b\u001b\u0007c\u2028d' },
      ),
    );
    const words =
      typeof header === 'string' ? header : [header.patient.name.alphabetic, header.study.description].join('|');
    expect(words).not.toMatch(/[\u0000-\u001f\u202a-\u202e\u2066-\u2069\u2028]/);
    expect(words).toContain('evil gnp.exe^');
  });

  it('a DICOMDIR of records that point at themselves is a list', () => {
    const entries = Array.from({ length: 5000 }, (_, index) => ({
      ...patientEntry(`P${index}`, 'A^B'),
      next: index,
      lower: index,
    }));
    const directory = readDirectory(directoryFile(entries).bytes);
    expect([directory.patients.length, directory.issues.map(({ code }) => code)]).toEqual([
      5000,
      ['directory-loop', 'directory-order'],
    ]);
  });

  it('a DICOMDIR 5,000 levels deep keeps every record', () => {
    const chain = Array.from({ length: 5000 }, (_, index) => ({
      ...[patientEntry(`P${index}`, ''), studyEntry(`${index}`), seriesEntry(`${index}`)][index % 3],
      lower: index + 1,
    })) as ReturnType<typeof patientEntry>[];
    const directory = readDirectory(directoryFile(chain).bytes);
    const studies = directory.patients.flatMap((patient) => patient.studies);
    expect([directory.patients.length, studies.length]).toEqual([1667, 1667]);
  });

  it('an object that is its own history of changes is refused or grows by one', () => {
    const history: Element = {
      tag: 0x04000561,
      vr: 'SQ',
      value: Array.from({ length: 20_000 }, (): ElementList => []),
    };
    const file = changed(history);
    expect(rewrite(file)).toBe('NEW');
  });
});
