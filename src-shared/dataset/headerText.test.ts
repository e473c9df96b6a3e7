import { describe, expect, it } from 'vitest';
import { ctElements } from '../../tests/support/elements';
import type { InstanceHeader } from '../dicom/records';
import { readHeader, type TextOptions } from './header';
import { fileFrom, TRANSFER_SYNTAX, type Element } from './write';
import { encodeElements } from './writeElements';

/** The writer of these tests knows Unicode only; bytes are given to it as text. */
const bytes = (tag: number, vr: 'PN' | 'LO', ...value: number[]): Element =>
  ({ tag, vr, value: Uint8Array.from(value) }) as unknown as Element;

const characterSet = (value: string): Element => ({ tag: 0x00080005, vr: 'CS', value });

function header(changed: readonly Element[], options?: TextOptions): InstanceHeader {
  const encoding = { isExplicit: true, isBigEndian: false, hasUndefinedLengths: false };
  const identity = { sopClassUid: '1.2.840.10008.5.1.4.1.1.2', sopInstanceUid: '2.25.12' };
  const elements = encodeElements(ctElements(changed), encoding);
  const file = fileFrom({ ...identity, transferSyntaxUid: TRANSFER_SYNTAX.explicitLittle }, elements);
  const result = readHeader(file, file.length, options);
  if (result.kind !== 'header') throw new Error(result.kind);
  return result.header;
}

const nameAndIssues = ({ patient, instance }: InstanceHeader) => [
  patient.name.alphabetic,
  ...instance.issues.map(({ code }) => code),
];

describe('text of a header', () => {
  const lyu = bytes(0x00100010, 'PN', 0xbb, 0xee);

  it.each<[string, Element[], string | null | undefined, string[]]>([
    ['in the character set of the file', [characterSet('ISO_IR 144'), lyu], undefined, ['Лю']],
    ['in the character set of the file where none is given', [characterSet('ISO_IR 144'), lyu], null, ['Лю']],
    ['in the given one instead', [characterSet('ISO_IR 100'), lyu], 'ISO_IR 144', ['Лю']],
    ['in the given one where the file has none', [lyu], 'ISO_IR 144', ['Лю']],
    ['in the given one where that of the file makes no sense', [characterSet('NONSENSE'), lyu], 'ISO_IR 144', ['Лю']],
    ['as Latin-1, with a doubt, where nothing is declared', [lyu], undefined, ['»î', 'text-undeclared']],
    [
      'as Latin-1, with a doubt, where UTF-8 is declared',
      [characterSet('ISO_IR 192'), lyu],
      undefined,
      ['»î', 'text-wrong'],
    ],
    ['as Latin-1 where nobody knows', [characterSet('NONSENSE'), lyu], undefined, ['»î', 'charset-unknown']],
  ])('is read %s', (_, elements, given, expected) => {
    const options = given === undefined ? {} : { characterSet: given };
    expect(nameAndIssues(header(elements, options))).toEqual(expected);
  });

  it('of plain ASCII leaves no doubt, whatever is declared', () => {
    const plain = bytes(0x00100010, 'PN', 0x41, 0x42);
    expect(
      ['ISO_IR 100', 'ISO_IR 192', '\\ISO 2022 IR 87', ''].map((set) =>
        nameAndIssues(header([characterSet(set), plain])),
      ),
    ).toEqual(Array.from({ length: 4 }, () => ['AB']));
  });

  it('has its doubts in words', () => {
    expect(header([lyu]).instance.issues).toEqual([
      { code: 'text-undeclared', message: 'The object names no character set for its text; names may read wrong.' },
    ]);
  });
});
