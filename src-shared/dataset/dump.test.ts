import { describe, expect, it } from 'vitest';
import { AppError } from '../base/appError';
import { dumpFile, type DumpedElement } from './dump';
import { TRANSFER_SYNTAX, writePart10, type ElementList } from './write';

const elements: ElementList = [
  { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.7' },
  { tag: 0x00080018, vr: 'UI', value: '2.25.1' },
  { tag: 0x00081140, vr: 'SQ', value: [[{ tag: 0x00081150, vr: 'UI', value: '1.2.3' }], []] },
  { tag: 0x00090010, vr: 'LO', value: 'ISOCENTER TEST' },
  { tag: 0x00091001, vr: 'UN', value: new Uint8Array(6) },
  { tag: 0x00100010, vr: 'PN', value: 'Müller^Zoë=山田^太郎' },
  { tag: 0x00280009, vr: 'AT', value: 0x00181063 },
  { tag: 0x00280010, vr: 'US', value: 2 },
  { tag: 0x00280030, vr: 'DS', value: ['0.5', '0.25'] },
  { tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(8) },
  { tag: 0xfffcfffc, vr: 'OB', value: new Uint8Array(4) },
];

function bodyOf(bytes: Uint8Array<ArrayBuffer>): readonly DumpedElement[] {
  const dump = dumpFile(bytes);
  expect(dump.problem).toBeNull();
  return dump.elements.filter((element) => !element.tag.startsWith('0002'));
}

const inExplicit: readonly DumpedElement[] = [
  { tag: '00080005', vr: 'CS', keyword: 'SpecificCharacterSet', length: 10, values: ['ISO_IR 192'] },
  { tag: '00080016', vr: 'UI', keyword: 'SOPClassUID', length: 26, values: ['1.2.840.10008.5.1.4.1.1.7'] },
  { tag: '00080018', vr: 'UI', keyword: 'SOPInstanceUID', length: 6, values: ['2.25.1'] },
  {
    tag: '00081140',
    vr: 'SQ',
    keyword: 'ReferencedImageSequence',
    length: expect.any(Number) as number,
    items: [[{ tag: '00081150', vr: 'UI', keyword: 'ReferencedSOPClassUID', length: 6, values: ['1.2.3'] }], []],
  },
  { tag: '00090010', vr: 'LO', keyword: 'PrivateCreator', length: 14, values: ['ISOCENTER TEST'] },
  { tag: '00091001', vr: 'UN', keyword: '', length: 6 },
  { tag: '00100010', vr: 'PN', keyword: 'PatientName', length: 26, values: ['Müller^Zoë=山田^太郎'] },
  { tag: '00280009', vr: 'AT', keyword: 'FrameIncrementPointer', length: 4, values: ['(0018,1063)'] },
  { tag: '00280010', vr: 'US', keyword: 'Rows', length: 2, values: [2] },
  { tag: '00280030', vr: 'DS', keyword: 'PixelSpacing', length: 8, values: ['0.5', '0.25'] },
  { tag: '7fe00010', vr: 'OW', keyword: 'PixelData', length: 8 },
  { tag: 'fffcfffc', vr: 'OB', keyword: 'DataSetTrailingPadding', length: 4 },
];

describe('dump', () => {
  it('gives every element of an explicit file, those after the pixels too', () => {
    expect(bodyOf(writePart10(elements))).toEqual(inExplicit);
  });

  it('takes the VR from the dictionary where the file is implicit', () => {
    const unknownPrivate = { vr: '', keyword: '' };
    const expected = inExplicit.map((element) => {
      return element.tag === '00091001' ? { ...element, ...unknownPrivate } : element;
    });
    const transferSyntaxUid = TRANSFER_SYNTAX.implicitLittle;
    expect(bodyOf(writePart10(elements, { transferSyntaxUid }))).toEqual(expected);
  });

  it('gives the same values in big endian and with undefined lengths', () => {
    const options = { transferSyntaxUid: TRANSFER_SYNTAX.explicitBig, hasUndefinedLengths: true };
    const expected = inExplicit.map((element) => (element.vr === 'SQ' ? { ...element, length: null } : element));
    expect(bodyOf(writePart10(elements, options))).toEqual(expected);
  });

  it('skips the fragments of compressed pixels', () => {
    const frames = { frames: [[new Uint8Array(6)]], hasOffsetTable: true };
    const compressed: ElementList = [
      ...elements.slice(0, 2),
      { tag: 0x7fe00010, vr: 'OB', value: frames },
      { tag: 0xfffcfffc, vr: 'OB', value: new Uint8Array(2) },
    ];
    const body = bodyOf(writePart10(compressed, { transferSyntaxUid: '1.2.840.10008.1.2.5' }));
    expect(body.slice(-2)).toEqual([
      { tag: '7fe00010', vr: 'OB', keyword: 'PixelData', length: null },
      { tag: 'fffcfffc', vr: 'OB', keyword: 'DataSetTrailingPadding', length: 2 },
    ]);
  });

  it('says where a cut file ends and keeps what came before', () => {
    const whole = writePart10(elements.slice(0, -1));
    const { elements: read, problem } = dumpFile(whole.subarray(0, whole.length - 2));
    expect(problem).toBe('The file ends inside its pixel data.');
    expect(read.at(-1)?.keyword).toBe('PixelData');
  });

  it('never crashes or hangs on a cut or changed file', () => {
    const whole = writePart10(elements, { hasUndefinedLengths: true });
    const outcomes = new Set<string>();
    for (let at = 132; at < whole.length; at += 1) {
      for (const changed of [whole.subarray(0, at), whole.with(at, 0xff), whole.with(at, 0)]) {
        try {
          outcomes.add(dumpFile(Uint8Array.from(changed)).problem === null ? 'whole' : 'partial');
        } catch (thrown) {
          outcomes.add(thrown instanceof AppError ? 'refused' : String(thrown));
        }
      }
    }
    expect([...outcomes].sort()).toEqual(['partial', 'refused', 'whole']);
  });
});
