import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ctElements } from '../../tests/support/elements';
import {
  contentOf,
  DEFLATED,
  dumped,
  history,
  itemsOf,
  latin,
  latinFile,
  untouched,
} from '../../tests/support/fileContent';
import { AppError } from '../base/appError';
import { encodeElements } from './writeElements';
import { walkElements } from './elements';
import { readHeader } from './header';
import { openInstance } from './instance';
import { locateDataSet } from './part10';
import { readRawElements } from './rawElements';
import { rewriteValues, type NewValues } from './rewrite';
import { TRANSFER_SYNTAX, writePart10, type Element, type ElementList } from './write';

type Bytes = Uint8Array<ArrayBuffer>;

const AT_MS = Date.UTC(2026, 0, 5, 9, 30, 1, 250);
const RLE = '1.2.840.10008.1.2.5';

const rewrite = (file: Bytes, values: NewValues, source = 'Other Hospital'): Bytes =>
  rewriteValues(file, values, { atMs: AT_MS, source });

const encapsulated: Element = {
  tag: 0x7fe00010,
  vr: 'OB',
  value: { frames: [[new Uint8Array(40).fill(7)]], hasOffsetTable: true },
};

const elements = ctElements([
  { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 100' },
  { tag: 0x00080050, vr: 'SH', value: 'A-1' },
  { tag: 0x00090010, vr: 'LO', value: 'ACME' },
  { tag: 0x00091001, vr: 'OB', value: Uint8Array.of(1, 2, 3, 4) },
  { tag: 0x00100010, vr: 'PN', value: 'Old^Name' },
  { tag: 0x00400275, vr: 'SQ', value: [[{ tag: 0x00400007, vr: 'LO', value: 'Requested' }]] },
  { tag: 0x7fe00010, vr: 'OW', value: Uint8Array.from({ length: 32 }, (_, index) => index) },
]);

const patientOf = (file: Bytes) => openInstance(file).header.patient;

const values = { patientName: 'New^Person', patientId: 'LOCAL-7', issuerOfPatientId: 'HERE', accessionNumber: 'B-22' };

describe('rewriteValues', () => {
  const files: [string, Bytes][] = [
    ...Object.entries(TRANSFER_SYNTAX).flatMap(([name, uid]): [string, Bytes][] => [
      [name, latinFile(elements, uid)],
      [`${name}, undefined lengths`, latinFile(elements, uid, true)],
    ]),
    ['deflated', latinFile(elements, DEFLATED)],
    ['encapsulated', latinFile([...elements.slice(0, -1), encapsulated], RLE)],
  ];

  it.each(files)('changes values and nothing else: %s', (_, file) => {
    const changed = rewrite(file, values);
    const { header } = openInstance(changed);
    expect(header.patient).toMatchObject({
      name: { alphabetic: 'New^Person' },
      patientId: 'LOCAL-7',
      issuerOfPatientId: 'HERE',
    });
    expect(header.study.accessionNumber).toBe('B-22');
    expect(untouched(changed)).toEqual(untouched(file));
    expect(contentOf(changed).byTag.get(0x00080005)).toBe(contentOf(file).byTag.get(0x00080005));
    expect(openInstance(changed).encodedFrame(0)).toEqual(openInstance(file).encodedFrame(0));
  });

  it('keeps the old values, absent ones as empty ones', () => {
    expect(history(rewrite(latinFile(elements, TRANSFER_SYNTAX.explicitLittle), values))).toEqual([
      {
        ModifiedAttributesSequence: [
          { AccessionNumber: 'A-1', PatientName: 'Old^Name', PatientID: 'T-1', IssuerOfPatientID: '' },
        ],
        AttributeModificationDateTime: '20260105093001.250000+0000',
        ModifyingSystem: 'Isocenter',
        SourceOfPreviousValues: 'Other Hospital',
        ReasonForTheAttributeModification: 'COERCE',
      },
    ]);
  });

  it.each(
    Object.entries(TRANSFER_SYNTAX).flatMap(([name, uid]) => [false, true].map((open) => [name, open, uid] as const)),
  )('adds to earlier changes in %s, undefined lengths %s', (_, hasUndefinedLengths, uid) => {
    const earlier: Element = {
      tag: 0x04000561,
      vr: 'SQ',
      value: [[{ tag: 0x04000563, vr: 'LO', value: 'Another system' }]],
    };
    const changed = rewrite(latinFile([...elements, earlier], uid, hasUndefinedLengths), { patientId: 'X' });
    expect(history(changed).map(({ ModifyingSystem }) => ModifyingSystem)).toEqual(['Another system', 'Isocenter']);
  });

  it('gives back the same bytes where nothing changes', () => {
    const file = latinFile(elements, TRANSFER_SYNTAX.explicitLittle);
    expect(rewrite(file, {})).toBe(file);
    expect(rewrite(file, { patientName: 'Old^Name', patientId: 'T-1' })).toBe(file);
  });

  it('records only what changes', () => {
    const changed = rewrite(latinFile(elements, TRANSFER_SYNTAX.explicitLittle), { ...values, patientId: 'T-1' });
    expect(history(changed)[0]?.['ModifiedAttributesSequence']).toEqual([
      { AccessionNumber: 'A-1', PatientName: 'Old^Name', IssuerOfPatientID: '' },
    ]);
  });

  it('writes a name in the character set of the file where that can hold it', () => {
    const changed = rewrite(latinFile(elements, TRANSFER_SYNTAX.explicitLittle), { patientName: 'Müller^Jürgen' });
    expect(dumped(changed, '00080005')?.values).toEqual(['ISO_IR 100']);
    expect(contentOf(changed).byTag.get(0x00100010)).toContain(Buffer.from('Müller^Jürgen', 'latin1').toString('hex'));
    expect(patientOf(changed).name.alphabetic).toBe('Müller^Jürgen');
  });

  it.each([
    ['\\ISO 2022 IR 87', 'Yamada^Tarou=山田^太郎=やまだ^たろう'],
    ['ISO 2022 IR 13\\ISO 2022 IR 87', 'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう'],
    ['\\ISO 2022 IR 149', 'Hong^Gildong=洪^吉洞=홍^길동'],
    ['\\ISO 2022 IR 58', 'Zhang^XiaoDong=张^小东'],
    ['ISO 2022 IR 100\\ISO 2022 IR 144', 'Luk^Ü=Люк^ü'],
    ['GB18030', 'Wang^XiaoDong=王^小东'],
    ['GBK', 'Wang^XiaoDong=王^小东'],
    ['ISO_IR 144', 'Люк^Анна'],
    ['ISO_IR 166', 'สมชาย^ใจดี'],
    ['ISO_IR 203', 'Œuvre^€'],
    ['ISO_IR 192', 'Wang^XiaoDong=王^小東'],
  ])('keeps %s', (characterSet, name) => {
    const file = latinFile(
      ctElements([{ tag: 0x00080005, vr: 'CS', value: characterSet }]).filter(({ tag }) => tag !== 0x00100010),
      TRANSFER_SYNTAX.explicitLittle,
    );
    const changed = rewrite(file, { patientName: name });
    const { alphabetic, ideographic, phonetic } = patientOf(changed).name;
    expect([alphabetic, ideographic, phonetic].join('=').replace(/=+$/, '')).toBe(name);
    expect(dumped(changed, '00080005')?.values).toEqual(characterSet.split('\\'));
    expect(openInstance(changed).header.instance.issues.map(({ code }) => code)).toEqual([]);
  });

  describe('where the character set cannot hold a name', () => {
    const nested = (open: boolean, uid: string): Bytes => {
      const inner: ElementList = [
        latin(0x00400007, 'Schädel'),
        { tag: 0x00400275, vr: 'SQ', value: [[latin(0x00400007, 'Hüfte')]] },
      ];
      const own: ElementList = [{ tag: 0x00080005, vr: 'CS', value: 'ISO_IR 144' }, latin(0x00400007, '\u00bb\u00ee')];
      return latinFile(
        ctElements([
          { tag: 0x00080005, vr: 'CS', value: 'ISO_IR 100' },
          latin(0x00081030, 'Schädel'),
          latin(0x00100010, 'Müller^Jörg'),
          { tag: 0x00091001, vr: 'OB', value: Uint8Array.of(0xfc, 0xfc) },
          { tag: 0x00400275, vr: 'SQ', value: [inner, own] },
        ]),
        uid,
        open,
      );
    };

    it.each(Object.values(TRANSFER_SYNTAX).flatMap((uid) => [false, true].map((open) => [uid, open] as const)))(
      'all text of the data set becomes UTF-8 (%s, undefined lengths %s)',
      (uid, open) => {
        const file = nested(open, uid);
        const changed = rewrite(file, { patientName: 'Müller^Jörg=山田^太郎' });
        expect(openInstance(changed).header.study.description).toBe('Schädel');
        expect(dumped(changed, '00080005')?.values).toEqual(['ISO_IR 192']);
        expect(itemsOf(dumped(changed, '00400275'))).toEqual(itemsOf(dumped(file, '00400275')));
        expect(Buffer.from(changed).includes(Buffer.from('Hüfte', 'utf8'))).toBe(true);
        expect(patientOf(changed).name.ideographic).toBe('山田^太郎');
        expect(contentOf(changed).byTag.get(0x00091001)).toBe(contentOf(file).byTag.get(0x00091001));
        expect(contentOf(changed).tail).toBe(contentOf(file).tail);
        expect(history(changed)[0]?.['ModifiedAttributesSequence']).toEqual([
          { SpecificCharacterSet: 'ISO_IR 100', PatientName: 'Müller^Jörg' },
        ]);
      },
    );
  });

  it('takes the text to be in the character set that it is told, and says so in the file', () => {
    const undeclared = ctElements([latin(0x00081030, '\u00bb\u00ee')]).filter(({ tag }) => tag !== 0x00080005);
    const file = latinFile(undeclared, TRANSFER_SYNTAX.explicitLittle);
    const told = { characterSet: 'ISO_IR 144' };
    const provenance = { atMs: AT_MS, source: '' };
    const same = openInstance(rewriteValues(file, { patientName: 'Юлия' }, provenance, told)).header;
    const other = openInstance(rewriteValues(file, { patientName: '山田' }, provenance, told)).header;
    expect([same.study.description, same.patient.name.alphabetic]).toEqual(['Лю', 'Юлия']);
    expect([other.study.description, other.patient.name.alphabetic]).toEqual(['Лю', '山田']);
  });

  it('gives a bare data set a preamble and a meta header', () => {
    const file = latinFile(elements, TRANSFER_SYNTAX.explicitLittle);
    const changed = rewrite(file.slice(locateDataSet(file)?.start ?? 0), values);
    expect(Buffer.from(changed.subarray(128, 132)).toString()).toBe('DICM');
    expect(locateDataSet(changed)?.meta.uid(0x00020010)).toBe(TRANSFER_SYNTAX.explicitLittle);
    expect(untouched(changed)).toEqual(untouched(file));
  });

  it('makes group lengths true again', () => {
    const groupLength = (tag: number, bytes: number): Element => ({ tag, vr: 'UL', value: bytes });
    const group = elements.filter(({ tag }) => tag >>> 16 === 0x0010);
    const encoding = { isExplicit: true, isBigEndian: false, hasUndefinedLengths: false };
    const before = encodeElements(group, encoding).length;
    const file = latinFile([...elements, groupLength(0x00100000, before)], TRANSFER_SYNTAX.explicitLittle);
    const changed = rewrite(file, values);
    const after = readRawElements(
      changed,
      { start: locateDataSet(changed)?.start ?? 0, end: changed.length },
      {
        isExplicit: true,
        isLittleEndian: true,
      },
    );
    const size = after
      .filter(({ tag }) => tag >>> 16 === 0x0010 && tag !== 0x00100000)
      .reduce((sum, { start, end }) => sum + end - start, 0);
    expect(dumped(changed, '00100000')?.values).toEqual([size]);
  });

  it('never lets one value become two', () => {
    expect(
      patientOf(rewrite(latinFile(elements, TRANSFER_SYNTAX.explicitLittle), { patientId: 'A\\B\n' })).patientId,
    ).toBe('A B');
  });

  it.each<[string, Bytes, string]>([
    ['nothing', new Uint8Array(0), 'file/empty'],
    ['a text', new TextEncoder().encode('text '.repeat(100)), 'file/not-dicom'],
    ['a file cut in its header', latinFile(elements, TRANSFER_SYNTAX.explicitLittle).slice(0, 420), 'file/truncated'],
    [
      'a file whose earlier changes are damaged',
      latinFile(
        [...elements, { tag: 0x04000561, vr: 'UN', value: Uint8Array.of(9, 9, 9, 9) }],
        TRANSFER_SYNTAX.explicitLittle,
      ),
      'file/malformed',
    ],
  ])('refuses %s', (_, file, code) => {
    let thrown: unknown;
    try {
      rewrite(file, values);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(AppError);
    expect(thrown).toMatchObject({ code });
  });

  it('rewriting back restores the values; unknown private elements stay byte for byte', () => {
    const name = fc.stringMatching(/^[A-Za-zÀ-ÿ山田太郎]{1,12}(\^[A-Za-zÀ-ÿ山田太郎]{1,12})?$/);
    const id = fc.stringMatching(/^[A-Z0-9-]{1,20}$/);
    const privates = fc.uniqueArray(
      fc.record({ element: fc.integer({ min: 0x1001, max: 0x10ff }), value: fc.uint8Array({ maxLength: 64 }) }),
      { selector: ({ element }) => element, maxLength: 8 },
    );
    const syntax = fc.constantFrom(...Object.values(TRANSFER_SYNTAX));
    fc.assert(
      fc.property(name, id, privates, syntax, fc.boolean(), (patientName, patientId, unknown, uid, open) => {
        const file = writePart10(
          [
            ...elements,
            ...unknown.map(({ element, value }): Element => ({
              tag: 0x00110000 + element,
              vr: 'UN',
              value: Uint8Array.from(value),
            })),
          ],
          { transferSyntaxUid: uid, hasUndefinedLengths: open },
        );
        const there = rewrite(file, { patientName, patientId });
        const back = rewrite(there, { patientName: 'Old^Name', patientId: 'T-1' });
        expect(patientOf(there)).toMatchObject({ name: { alphabetic: patientName }, patientId });
        expect(patientOf(back)).toEqual(patientOf(file));
        expect(untouched(back)).toEqual(untouched(file));
        expect(back.length).toBeGreaterThanOrEqual(file.length);
      }),
      { numRuns: 60 },
    );
  });

  it('is read from a prefix as any other file', () => {
    const changed = rewrite(latinFile(elements, TRANSFER_SYNTAX.explicitLittle), values);
    expect(readHeader(changed.slice(0, 2000), changed.length).kind).toBe('header');
    expect(
      walkElements(changed, locateDataSet(changed)?.start ?? 0, { isExplicit: true, isLittleEndian: true }).stop,
    ).toBe('pixels');
  });
});
