import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uidFromSeed, TRANSFER_SYNTAX, writeDataSet, writePart10, type Element, type ElementList } from './write';

const identity: ElementList = [
  { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.7' },
  { tag: 0x00080018, vr: 'UI', value: '2.25.1' },
];

const ordinary: ElementList = [
  ...identity,
  { tag: 0x00100010, vr: 'PN', value: 'Müller^Zoë=山田^太郎' },
  { tag: 0x00080008, vr: 'CS', value: ['ORIGINAL', 'PRIMARY', 'AXIAL'] },
  { tag: 0x00280010, vr: 'US', value: 2 },
  { tag: 0x00280011, vr: 'US', value: 2 },
  { tag: 0x00280009, vr: 'AT', value: 0x00181063 },
  { tag: 0x00189087, vr: 'FD', value: 800.5 },
  { tag: 0x00180050, vr: 'DS', value: '2.5' },
  {
    tag: 0x00081140,
    vr: 'SQ',
    value: [
      [
        { tag: 0x00081150, vr: 'UI', value: '1.2.3' },
        { tag: 0x00081155, vr: 'UI', value: '1.2.3.4' },
      ],
      [],
    ],
  },
];

const hasDcmtk = spawnSync('dcm2json', ['--version']).status === 0;
const hasDciodvfy = spawnSync('dciodvfy', ['-h']).error === undefined;
let folder = '';
beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), 'isocenter-write-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(bytes: Uint8Array): string {
  const file = path.join(folder, 'object.dcm');
  writeFileSync(file, bytes);
  return file;
}

/** What DCMTK reads: keyed by tag, the group 0002 left out. */
function readByDcmtk(bytes: Uint8Array): Record<string, { vr: string; Value?: unknown[]; InlineBinary?: string }> {
  const json = execFileSync('dcm2json', [fileOf(bytes)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return JSON.parse(json) as Record<string, { vr: string; Value?: unknown[]; InlineBinary?: string }>;
}

describe('writeDataSet', () => {
  it('sorts by tag, pads text with a space and a UID with NUL', () => {
    const bytes = writeDataSet([
      { tag: 0x00100020, vr: 'LO', value: 'A' },
      { tag: 0x00080018, vr: 'UI', value: '1.2.3' },
    ]);
    const expected = '\x08\0\x05\0CS\x0a\0ISO_IR 192\x08\0\x18\0UI\x06\x001.2.3\0\x10\0\x20\0LO\x02\0A ';
    expect(Buffer.from(bytes).toString('latin1')).toBe(expected);
  });

  it('writes the words of OW in the order of the transfer syntax', () => {
    const pixels: Element = { tag: 0x7fe00010, vr: 'OW', value: Uint8Array.of(1, 2, 3, 4) };
    const last = (bytes: Uint8Array) => [...bytes.subarray(-4)];
    const big = writeDataSet([pixels], { transferSyntaxUid: TRANSFER_SYNTAX.explicitBig });
    expect([last(writeDataSet([pixels])), last(big)]).toEqual([
      [1, 2, 3, 4],
      [2, 1, 4, 3],
    ]);
  });

  it('always has an even length', () => {
    const element = fc.record({
      tag: fc.integer({ min: 0x00090010, max: 0x7fe00000 }),
      vr: fc.constantFrom('LO' as const, 'UI' as const),
      value: fc.string(),
    });
    fc.assert(fc.property(fc.array(element), (elements) => writeDataSet(elements).length % 2 === 0));
  });

  it('puts offsets of encapsulated frames from the first fragment on', () => {
    const frames = [[new Uint8Array(3), new Uint8Array(2)], [new Uint8Array(6)]];
    const bytes = writeDataSet([{ tag: 0x7fe00010, vr: 'OB', value: { frames, hasOffsetTable: true } }]);
    const tail = 8 + 8 + 12 + 10 + 14 + 8;
    const view = new DataView(bytes.buffer, bytes.length - tail);
    const offsets = [view.getUint32(8, true), view.getUint32(12, true)];
    const first = 8 + 4;
    expect(offsets).toEqual([0, first + 8 + 2]);
  });
});

describe('uidFromSeed', () => {
  it('is valid, stable and different for different seeds', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(uidFromSeed(a)).toMatch(/^2\.25\.[1-9]\d{0,38}$/);
        expect(uidFromSeed(a) === uidFromSeed(b)).toBe(a === b);
      }),
    );
  });

  it('gives tomorrow what it gives today', () => {
    expect(uidFromSeed('isocenter')).toBe('2.25.321263612727559753632567688412567068635');
  });
});

describe.skipIf(!hasDcmtk)('writePart10, read by DCMTK (skipped without dcm2json)', () => {
  const expected = {
    '00080005': { vr: 'CS', Value: ['ISO_IR 192'] },
    '00080008': { vr: 'CS', Value: ['ORIGINAL', 'PRIMARY', 'AXIAL'] },
    '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Müller^Zoë', Ideographic: '山田^太郎' }] },
    '00180050': { vr: 'DS', Value: [2.5] },
    '00189087': { vr: 'FD', Value: [800.5] },
    '00280009': { vr: 'AT', Value: ['00181063'] },
    '00280010': { vr: 'US', Value: [2] },
    '00081140': {
      vr: 'SQ',
      Value: [{ '00081150': { vr: 'UI', Value: ['1.2.3'] }, '00081155': { vr: 'UI', Value: ['1.2.3.4'] } }, {}],
    },
  };

  it.each([
    ['explicit little', TRANSFER_SYNTAX.explicitLittle, false],
    ['explicit little, undefined lengths', TRANSFER_SYNTAX.explicitLittle, true],
    ['implicit little', TRANSFER_SYNTAX.implicitLittle, false],
    ['implicit little, undefined lengths', TRANSFER_SYNTAX.implicitLittle, true],
    ['explicit big', TRANSFER_SYNTAX.explicitBig, false],
    ['explicit big, undefined lengths', TRANSFER_SYNTAX.explicitBig, true],
  ])('%s: every value comes back', (_name, transferSyntaxUid, hasUndefinedLengths) => {
    expect(readByDcmtk(writePart10(ordinary, { transferSyntaxUid, hasUndefinedLengths }))).toMatchObject(expected);
  });

  it('has a meta header that DCMTK has nothing to say about', () => {
    const dump = spawnSync('dcmdump', ['+fo', fileOf(writePart10(ordinary))], { encoding: 'utf8' });
    expect({ status: dump.status, stderr: dump.stderr }).toEqual({ status: 0, stderr: '' });
    expect(dump.stdout).toMatch(/\(0002,0013\) SH \[ISOCENTER_0\.1\]/);
  });
});

describe.skipIf(!hasDciodvfy)('writePart10, judged by dciodvfy (skipped where it is not installed)', () => {
  it('breaks no rule of encoding', () => {
    const verdict = spawnSync('dciodvfy', [fileOf(writePart10(ordinary))], { encoding: 'utf8' });
    expect(verdict.stderr).not.toMatch(/Error - (Bad|Illegal|Incorrect)/);
  });
});
