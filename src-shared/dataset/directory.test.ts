import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  directoryFile,
  imageEntry,
  linkedInOrder,
  patientEntry,
  seriesEntry,
  studyEntry,
  type DirectoryEntry,
  type DirectoryOptions,
} from '../../tests/fixtures/directoryFile';
import { smallCt } from '../../tests/support/smallCt';
import { AppError } from '../base/appError';
import type { MediaDirectory } from '../dicom/mediaDirectory';
import { readDirectory } from './directory';
import { TRANSFER_SYNTAX } from './write';

/** Patients by ID, with what each study and series holds: `P1: [[A1 A2]]`. */
function outline({ patients }: MediaDirectory): string[] {
  return patients.map(({ patient, studies }) => {
    const inner = studies.map(({ series }) => {
      const files = series.map(({ instances }) => instances.map(({ fileId }) => fileId.join('/')).join(' '));
      return `[${files.map((names) => `[${names}]`).join('')}]`;
    });
    return `${patient.patientId}: ${inner.join('')}`;
  });
}

const codes = ({ issues }: MediaDirectory): string[] => issues.map(({ code }) => code);

const tree = linkedInOrder([
  patientEntry('P1', 'Muñoz^Ana'),
  studyEntry('1'),
  seriesEntry('1.1'),
  imageEntry('A', '1'),
  imageEntry('A', '2'),
  seriesEntry('1.2'),
  imageEntry('B', '1'),
  patientEntry('P2', '山田^太郎'),
  studyEntry('2'),
  seriesEntry('2.1'),
  imageEntry('C', '1'),
]);
const whole = ['P1: [[A/1 A/2][B/1]]', 'P2: [[C/1]]'];

const read = (entries: readonly DirectoryEntry[], options?: DirectoryOptions): MediaDirectory =>
  readDirectory(directoryFile(entries, options).bytes);

/** The same records elsewhere in the file: `order` lists indices of `entries`. */
function reordered(entries: readonly DirectoryEntry[], order: readonly number[]): DirectoryEntry[] {
  const placeOf = (index: number | undefined) => (index === undefined ? {} : order.indexOf(index));
  return order.flatMap((index) => {
    const entry = entries[index];
    if (!entry) return [];
    const { next, lower, ...rest } = entry;
    return [
      {
        ...rest,
        ...(next === undefined ? {} : { next: placeOf(next) as number }),
        ...(lower === undefined ? {} : { lower: placeOf(lower) as number }),
      },
    ];
  });
}

const withoutLinks = (entries: readonly DirectoryEntry[]): DirectoryEntry[] =>
  entries.map(({ type, elements }) => ({ type, elements }));

describe('a DICOMDIR', () => {
  const syntaxes = Object.entries(TRANSFER_SYNTAX);
  it.each(syntaxes.flatMap(([name, uid]) => [false, true].map((open) => [name, open, uid] as const)))(
    'reads in %s, undefined lengths %s',
    (_, hasUndefinedLengths, transferSyntaxUid) => {
      const directory = read(tree, { transferSyntaxUid, hasUndefinedLengths });
      expect(outline(directory)).toEqual(whole);
      expect(directory.patients.map(({ patient }) => patient.name.alphabetic)).toEqual(['Muñoz^Ana', '山田^太郎']);
      expect(directory).toMatchObject({ fileSetId: 'TESTSET', issues: [] });
      expect(Object.fromEntries(directory.recordCounts)).toEqual({ PATIENT: 2, STUDY: 2, SERIES: 3, IMAGE: 4 });
      expect(directory.references.map(({ fileId }) => fileId)).toEqual([
        ['A', '1'],
        ['A', '2'],
        ['B', '1'],
        ['C', '1'],
      ]);
    },
  );

  it('gives the same tree whatever the order of its records', () => {
    const indices = tree.map((_, index) => index);
    const orders = fc.shuffledSubarray(indices, { minLength: indices.length });
    fc.assert(
      fc.property(orders, (order) => {
        const directory = read(reordered(tree, order), { root: order.indexOf(0) });
        expect([outline(directory), codes(directory)]).toEqual([whole, []]);
      }),
      { numRuns: 60 },
    );
  });

  it('is read in file order where nothing is linked', () => {
    const directory = read(withoutLinks(tree), { root: null });
    expect([outline(directory), codes(directory)]).toEqual([whole, ['directory-order']]);
  });

  it('is read whole where only the way to the first record is missing', () => {
    const directory = read(tree, { root: null });
    expect([outline(directory), codes(directory)]).toEqual([whole, ['directory-order']]);
  });

  it('is read where every offset is wrong by the same number', () => {
    const directory = read(tree, { shift: -132 });
    expect([outline(directory), codes(directory)]).toEqual([whole, []]);
  });

  it('takes each record once where they lead in a circle', () => {
    const looping = tree.map((entry, index) => (index === 4 ? { ...entry, next: 3 } : entry));
    const directory = read(looping);
    expect([outline(directory), codes(directory)]).toEqual([whole, ['directory-loop']]);
  });

  it('finds what a broken link leads away from', () => {
    const { next: _gone, ...first } = tree[0] ?? patientEntry('', '');
    const directory = read([first, ...tree.slice(1)]);
    expect([outline(directory), codes(directory)]).toEqual([whole, ['directory-order']]);
  });

  it('leaves out records that are not in use', () => {
    const directory = read(tree.map((entry, index) => (index === 3 ? { ...entry, isInactive: true } : entry)));
    expect(outline(directory)).toEqual(['P1: [[A/2][B/1]]', 'P2: [[C/1]]']);
    expect([directory.references.length, directory.recordCounts.get('IMAGE')]).toEqual([3, 4]);
  });

  it('has studies without patients under the patient that they repeat', () => {
    const patient = [
      { tag: 0x00100010, vr: 'PN', value: 'Sola^Marta' },
      { tag: 0x00100020, vr: 'LO', value: 'P9' },
    ] as const;
    const directory = read(
      linkedInOrder([
        studyEntry('1', patient),
        seriesEntry('1'),
        imageEntry('A'),
        studyEntry('2', patient),
        seriesEntry('2'),
      ]),
    );
    expect([outline(directory), codes(directory)]).toEqual([['P9: [[A]][[]]'], ['directory-orphans']]);
  });

  it('is read as far as it goes when it is cut', () => {
    const { bytes, offsets } = directoryFile(tree);
    const directory = readDirectory(bytes.slice(0, (offsets[6] ?? 0) + 20));
    expect([outline(directory), codes(directory)]).toEqual([
      ['P1: [[A/1 A/2][]]'],
      // The character set of these files comes after the records.
      ['directory-cut', 'directory-offsets', 'text-undeclared'],
    ]);
  });

  it('goes on after a record whose content is damaged', () => {
    const { bytes, offsets } = directoryFile(tree);
    // The length of the first element of the record of A/2.
    bytes.set([0xff, 0xff], (offsets[4] ?? 0) + 8 + 6);
    const directory = readDirectory(bytes);
    expect(outline(directory)[1]).toBe('P2: [[C/1]]');
    expect(codes(directory)).toContain('directory-cut');
  });

  it('has no records', () => {
    expect(read([])).toMatchObject({ patients: [], references: [], issues: [] });
  });

  it('takes the character set that it is told', () => {
    const { bytes } = directoryFile(tree);
    const directory = readDirectory(bytes, { characterSet: 'ISO_IR 144' });
    const utf8 = new TextEncoder().encode('ñ');
    expect(utf8).toEqual(Uint8Array.of(0xc3, 0xb1));
    // Read as ISO 8859-5, where the two bytes are letters.
    expect(directory.patients[0]?.patient.name.alphabetic).toBe('MuУБoz^Ana');
  });

  it.each<[string, Uint8Array<ArrayBuffer>, string]>([
    ['an image', smallCt(), 'file/malformed'],
    ['nothing', new Uint8Array(0), 'file/empty'],
    ['a text', new TextEncoder().encode('DICOMDIR '.repeat(40)), 'file/not-dicom'],
    ['a directory that is cut before its records', directoryFile(tree).bytes.slice(0, 320), 'file/truncated'],
  ])('is not %s', (_, bytes, code) => {
    let thrown: unknown;
    try {
      readDirectory(bytes);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(AppError);
    expect(thrown).toMatchObject({ code });
  });

  it('lists ten thousand patients', () => {
    const entries = Array.from({ length: 10_000 }, (_, index) => patientEntry(`P${index}`, 'A^B'));
    const directory = read(linkedInOrder(entries));
    expect([directory.patients.length, directory.patients.at(-1)?.patient.patientId, directory.issues]).toEqual([
      10_000,
      'P9999',
      [],
    ]);
  });
});
