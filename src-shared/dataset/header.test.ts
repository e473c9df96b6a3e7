import { describe, expect, it } from 'vitest';
import { ctElements } from '../../tests/support/elements';
import { AppError } from '../base/appError';
import type { InstanceRecord } from '../dicom/records';
import { readHeader, recogniseDicom, type HeaderResult } from './header';
import { openInstance } from './instance';
import { TRANSFER_SYNTAX, writeDataSet, writePart10, type Element, type ElementList } from './write';

type Bytes = Uint8Array<ArrayBuffer>;

const PREAMBLE = 128;

const read = (file: Bytes): HeaderResult => readHeader(file, file.length);

function instanceOf(file: Bytes): InstanceRecord {
  const result = read(file);
  if (result.kind !== 'header') throw new Error(result.kind);
  return result.header.instance;
}

function refusal(attempt: () => unknown): unknown {
  try {
    return attempt();
  } catch (error) {
    return error instanceof AppError ? [error.code, error.message] : error;
  }
}

const ct = (changed: readonly Element[] = []): Bytes => writePart10(ctElements(changed));
const ds = (tag: number, ...value: string[]): Element => ({ tag, vr: 'DS', value });
const issueCodes = (file: Bytes): string[] => instanceOf(file).issues.map(({ code }) => code);

describe('recognition', () => {
  const whole = ct();
  const noPreamble = whole.slice(PREAMBLE + 4);
  const encodings = Object.entries(TRANSFER_SYNTAX).map(([name, transferSyntaxUid]) => {
    return [name, writeDataSet(ctElements(), { transferSyntaxUid })] as const;
  });

  it.each<[string, Uint8Array]>([
    ['a file of the Standard', whole],
    ['a file without preamble and DICM', noPreamble],
    [
      'a file without DICM after its preamble',
      whole.map((byte, at) => (at >= PREAMBLE && at < PREAMBLE + 4 ? 0 : byte)),
    ],
    ...encodings.map(([name, bytes]): [string, Uint8Array] => [`a bare data set, ${name}`, bytes]),
  ])('[FIL1] takes %s for DICOM', (_, file) => {
    expect(recogniseDicom(file)).toBe('dicom');
  });

  const text = (words: string): Bytes => new TextEncoder().encode(words.padEnd(400));
  it.each<[string, Uint8Array]>([
    ['a text', text('Patient name: nobody')],
    ['a JPEG picture', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, ...new Uint8Array(400))],
    ['zeros', new Uint8Array(400)],
    ['a ZIP archive', text('PK\u0003\u0004')],
    ['DICM in the wrong place', text(`${' '.repeat(64)}DICM`)],
    [
      'a start like group 0008 and then noise',
      Uint8Array.of(8, 0, 5, 0, 0x43, 0x53, 2, 0, 65, 66, 200, 99, 3, 1, 9, 9, 9, 9, 9, 9),
    ],
    ['a few bytes', Uint8Array.of(8, 0)],
  ])('[FIL1] does not take %s for DICOM', (_, file) => {
    expect([recogniseDicom(file), refusal(() => read(file.slice()))]).toEqual([
      'not-dicom',
      ['file/not-dicom', 'The file is not DICOM.'],
    ]);
  });

  it('says that a file is empty', () => {
    expect(refusal(() => read(new Uint8Array(0)))).toEqual(['file/empty', 'The file is empty.']);
  });
});

describe('readHeader', () => {
  it('reads the records of patient, study, series and instance', () => {
    const result = read(ct());
    expect(result).toMatchObject({
      kind: 'header',
      header: {
        patient: { name: { alphabetic: 'Yamada^Tarou', ideographic: '山田^太郎', phonetic: '' }, patientId: 'T-1' },
        study: { studyInstanceUid: '2.25.10' },
        series: { seriesInstanceUid: '2.25.11', modality: 'CT' },
        instance: {
          sopInstanceUid: '2.25.12',
          transferSyntaxUid: TRANSFER_SYNTAX.explicitLittle,
          instanceNumber: 1,
          plane: { position: [0, 0, 12.5], rowDirection: [1, 0, 0], columnDirection: [0, 1, 0] },
          spacing: { rowMm: 0.5, columnMm: 0.25, source: 'pixel-spacing' },
          pixels: { rows: 4, columns: 4, bitsAllocated: 16, isSigned: true, frames: 1 },
          issues: [],
        },
      },
    });
  });

  it.each(Object.values(TRANSFER_SYNTAX))('[FIL2] reads the same from a bare data set of %s', (transferSyntaxUid) => {
    const bare = instanceOf(writeDataSet(ctElements(), { transferSyntaxUid }));
    expect({ ...bare, transferSyntaxUid: '' }).toEqual({ ...instanceOf(ct()), transferSyntaxUid: '' });
  });

  it('[FIL2] believes the elements when the meta header says otherwise', () => {
    const meta = writePart10(ctElements(), { transferSyntaxUid: TRANSFER_SYNTAX.implicitLittle });
    const implicit = writeDataSet(ctElements(), { transferSyntaxUid: TRANSFER_SYNTAX.implicitLittle });
    const explicit = writeDataSet(ctElements());
    const lying = new Uint8Array(meta.length - implicit.length + explicit.length);
    lying.set(meta.subarray(0, meta.length - implicit.length));
    lying.set(explicit, meta.length - implicit.length);
    expect(instanceOf(lying)).toEqual(instanceOf(ct()));
  });

  it('asks for more until the pixel data begin, and then needs no more', () => {
    const file = ct();
    const pixelData = file.length - 32;
    for (let length = 0; length < file.length; length += 1) {
      const result = readHeader(file.slice(0, length), file.length);
      if (length < pixelData) expect(result).toEqual({ kind: 'need-more', bytes: file.length });
      else expect(result.kind).toBe('header');
    }
  });

  it('[FIL3] refuses a file cut in its header, says where, and lists one cut in its pixel data', () => {
    const file = ct();
    expect(refusal(() => read(file.slice(0, file.length - 60)))).toEqual([
      'file/truncated',
      expect.stringMatching(/^The file ends early: it stops in its header/),
    ]);
    expect(instanceOf(file.slice(0, file.length - 2)).issues).toEqual([
      { code: 'pixels-truncated', message: 'The pixel data end early: 0 of 1 frames are whole.' },
    ]);
  });

  it.each([
    [0x0020000d, 'Study Instance UID'],
    [0x0020000e, 'Series Instance UID'],
  ])('[PAT3] says which UID is missing, and derives another, the same each time', (tag, name) => {
    const file = writePart10(ctElements([], [tag]));
    const result = read(file);
    if (result.kind !== 'header') throw new Error(`no header but ${result.kind}`);
    const { study, series, instance } = result.header;
    const uids = [study.studyInstanceUid, series.seriesInstanceUid, instance.sopInstanceUid];
    expect(uids.every((uid) => /^[0-9.]{3,64}$/.test(uid))).toBe(true);
    expect(instance.issues).toContainEqual({
      code: 'uid-missing',
      message: `The object has no ${name}: it is listed under one derived from its other values.`,
    });
    const opened = openInstance(file).header;
    expect([opened.study.studyInstanceUid, opened.series.seriesInstanceUid, opened.instance.sopInstanceUid]).toEqual(
      uids,
    );
  });

  it('[PAT3] takes the SOP Instance UID of the meta header when the data set has none', () => {
    const file = ct();
    const tag = [0x08, 0x00, 0x18, 0x00];
    const at = file.findIndex((_, index) => tag.every((byte, offset) => file[index + offset] === byte));
    file[at + 2] = 0x19;
    expect(instanceOf(file).sopInstanceUid).toBe('2.25.12');
  });

  it('tells a DICOMDIR from an instance, however much of it is there', () => {
    const directory = writePart10([
      { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.1.3.10' },
      { tag: 0x00080018, vr: 'UI', value: '2.25.1' },
      { tag: 0x00041220, vr: 'SQ', value: [[{ tag: 0x00041430, vr: 'CS', value: 'PATIENT' }]] },
    ]);
    expect([read(directory), readHeader(directory.slice(0, -10), directory.length)]).toEqual([
      { kind: 'directory' },
      { kind: 'directory' },
    ]);
  });
});

describe('what cannot be trusted', () => {
  it.each<[string, string, readonly Element[], Partial<InstanceRecord>]>([
    ['[GEO2] zero spacing', 'spacing-invalid', [ds(0x00280030, '0', '0')], { spacing: null }],
    ['[GEO2] negative spacing', 'spacing-invalid', [ds(0x00280030, '-1', '1')], { spacing: null }],
    ['[GEO2] spacing that is no number', 'spacing-invalid', [ds(0x00280030, 'NaN', '1')], { spacing: null }],
    ['[GEO2] a single spacing', 'spacing-invalid', [ds(0x00280030, '1')], { spacing: null }],
    ['[GEO1] a position of two numbers', 'position-invalid', [ds(0x00200032, '1', '2')], { plane: null }],
    ['[GEO1] an infinite position', 'position-invalid', [ds(0x00200032, '1', '2', '1e999')], { plane: null }],
    [
      '[GEO1] parallel directions',
      'orientation-invalid',
      [ds(0x00200037, '1', '0', '0', '1', '0', '0')],
      { plane: null },
    ],
    [
      '[GEO1] directions that are not unit',
      'orientation-invalid',
      [ds(0x00200037, '2', '0', '0', '0', '2', '0')],
      { plane: null },
    ],
    [
      '[GEO1] directions of zero',
      'orientation-invalid',
      [ds(0x00200037, '0', '0', '0', '0', '0', '0')],
      { plane: null },
    ],
    ['a slope of zero', 'rescale-invalid', [ds(0x00281052, '0'), ds(0x00281053, '0')], { rescale: null }],
    ['an intercept alone', 'rescale-invalid', [ds(0x00281052, '-1024')], { rescale: null }],
    ['a window of no width', 'window-invalid', [ds(0x00281050, '40'), ds(0x00281051, '0')], { windows: [] }],
    ['no frames', 'frames-invalid', [{ tag: 0x00280008, vr: 'IS', value: '-1' }], {}],
    ['more frames than bytes', 'frames-mismatch', [{ tag: 0x00280008, vr: 'IS', value: '2147483647' }], {}],
    ['no rows', 'pixels-undescribed', [{ tag: 0x00280010, vr: 'US', value: 0 }], { pixels: null }],
    ['an invalid UID', 'uid-invalid', [{ tag: 0x0020000d, vr: 'UI', value: '../../etc' }], {}],
  ])('%s is reported and not used', (_, code, changes, expected) => {
    const file = ct(changes);
    expect(issueCodes(file)).toEqual([code]);
    expect(instanceOf(file)).toMatchObject(expected);
    expect(instanceOf(file).pixels?.frames ?? 1).toBe(1);
  });

  it('keeps good windows beside a bad one', () => {
    const file = ct([ds(0x00281050, '40', 'x', '600'), ds(0x00281051, '400', '1', '1500')]);
    expect(instanceOf(file).windows).toEqual([
      { center: 40, width: 400, explanation: '' },
      { center: 600, width: 1500, explanation: '' },
    ]);
  });

  it('a CT without Rescale Type is in Hounsfield units', () => {
    const file = ct([ds(0x00281052, '-1024'), ds(0x00281053, '1')]);
    expect(instanceOf(file).rescale).toEqual({ slope: 1, intercept: -1024, unit: 'HU' });
  });
});

describe('nesting', () => {
  /** Sequences in sequences, the way an attack writes them. */
  function nested(depth: number): ElementList {
    let inner: ElementList = [{ tag: 0x00080050, vr: 'SH', value: 'deep' }];
    for (let level = 0; level < depth; level += 1) inner = [{ tag: 0x00081140, vr: 'SQ', value: [inner] }];
    return ctElements(inner);
  }

  it('of a hundred levels reads, of a thousand is refused', () => {
    const file = (depth: number): Bytes => writePart10(nested(depth), { hasUndefinedLengths: true });
    expect(instanceOf(file(100)).sopInstanceUid).toBe('2.25.12');
    expect(refusal(() => read(file(1000)))).toEqual(['file/malformed', 'The data set is nested too deeply.']);
  });
});
