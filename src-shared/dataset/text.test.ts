import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { bytesOf, codesOf, furtherVectors, repertoires, standardVectors } from '../../tests/fixtures/textVectors';
import { textDecoding, type TextDoubt } from './text';

const ESC = 0x1b;
const latin = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const decode = (set: string, bytes: readonly number[], vr = 'PN'): string =>
  textDecoding(set).decode(Uint8Array.from(bytes), vr);

/** A set with fewer codes in common with the judge is not judged at all. */
const codeCountFloor = (bytes: 1 | 2): number => (bytes === 1 ? 45 : 6000);

/** What is read, and what is doubtful about it. */
function read(set: string, bytes: readonly number[], vr = 'PN'): [string, ...TextDoubt[]] {
  const doubts = new Set<TextDoubt>();
  return [textDecoding(set).decode(Uint8Array.from(bytes), vr, doubts), ...doubts];
}

describe('textDecoding', () => {
  it.each([...standardVectors, ...furtherVectors])('reads $name ($characterSet) without a doubt', (vector) => {
    expect(read(vector.characterSet, [...bytesOf(vector.hex)], vector.vr)).toEqual([vector.text]);
  });

  /** Another library's tables for the same codes; those that it does not have either are left out. */
  const judges: Readonly<Record<string, string>> = {
    'ISO_IR 100': 'iso-8859-1',
    'ISO_IR 101': 'iso-8859-2',
    'ISO_IR 109': 'iso-8859-3',
    'ISO_IR 110': 'iso-8859-4',
    'ISO_IR 144': 'iso-8859-5',
    'ISO_IR 127': 'iso-8859-6',
    'ISO_IR 126': 'iso-8859-7',
    'ISO_IR 138': 'iso-8859-8',
    'ISO_IR 148': 'iso-8859-9',
    'ISO_IR 166': 'tis620',
    'ISO_IR 203': 'iso-8859-15',
    '\\ISO 2022 IR 87': 'eucjp',
    '\\ISO 2022 IR 159': 'eucjp',
    '\\ISO 2022 IR 149': 'euckr',
    '\\ISO 2022 IR 58': 'gb2312',
    GBK: 'gbk',
  };
  /** ISO-IR 149 is KS X 1001 of 1992; the euro and ® came to it later. */
  const LATER = new Set(['€', '®']);

  it.each(repertoires)('reads every code of $characterSet as another library does', (repertoire) => {
    const { characterSet, before } = repertoire;
    const inEucJp = (code: number[]): number[] => [
      ...(before.length === 4 ? [0x8f] : []),
      ...code.map((byte) => byte | 0x80),
    ];
    const isJapanese = judges[characterSet] === 'eucjp';
    const pairs = Array.from(codesOf(repertoire), (bytes) => {
      const code = [...bytes.subarray(before.length)];
      const judged = iconv.decode(Uint8Array.from(isJapanese ? inEucJp(code) : code), judges[characterSet] ?? '');
      return [read(characterSet, [...bytes], 'LO')[0], judged] as const;
    });
    const known = pairs.filter(([, judged]) => !/[\ufffd\ue000-\uf8ff]/.test(judged) && !LATER.has(judged));
    expect(known.length).toBeGreaterThan(codeCountFloor(repertoire.bytes));
    expect(known.filter(([ours, judged]) => ours !== judged)).toEqual([]);
  });

  it.each<[string, string, readonly number[], string]>([
    ['a lone ISO_IR 149', 'ISO_IR 149', [ESC, 0x24, 0x29, 0x43, 0xfb, 0xf3], '洪'],
    ['a lone ISO 2022 IR 87', 'ISO 2022 IR 87', [...latin('A='), ESC, 0x24, 0x42, 0x3b, 0x33, ESC, 0x28, 0x42], 'A=山'],
    ['an empty first value', '\\ISO 2022 IR 100', [...latin('M'), ESC, 0x2d, 0x41, 0xfc], 'Mü'],
    [
      'an escape sequence that is not declared',
      'ISO_IR 100',
      [0xfc, ESC, 0x24, 0x42, 0x3b, 0x33, ESC, 0x28, 0x42],
      'ü山',
    ],
    ['half-width katakana', 'ISO_IR 13', [0xd4, 0xcf, 0xc0, 0xde], 'ﾔﾏﾀﾞ'],
    ['an overline, which ASCII has not', 'ISO_IR 13', [0x7e], '‾'],
  ])('reads %s without a doubt', (_, set, bytes, expected) => {
    expect(read(set, bytes)).toEqual([expected]);
  });

  it.each<[string, string, readonly number[], string, TextDoubt]>([
    ['no character set, UTF-8', '', [0xc3, 0xbc], 'ü', 'undeclared'],
    ['no character set, Latin-1', '', [0xfc], 'ü', 'undeclared'],
    ['no character set, escape sequences', '', [ESC, 0x24, 0x42, 0x3b, 0x33, ESC, 0x28, 0x42], '山', 'undeclared'],
    ['ASCII, but Latin-1', 'ISO_IR 6', [0xfc], 'ü', 'wrong'],
    ['UTF-8, but Latin-1', 'ISO_IR 192', [0x4d, 0xfc, 0x6c], 'Mül', 'wrong'],
    ['UTF-8, but Latin-1 at the end', 'ISO_IR 192', [0x41, 0xe9], 'Aé', 'wrong'],
    ['UTF-8, cut inside a character', 'ISO_IR 192', [0xc3, 0xbc, 0xe5, 0xb0], 'ü\ufffd', 'wrong'],
    ['Latin-1, but UTF-8', 'ISO_IR 100', [0x4d, 0xc3, 0xbc, 0x6c], 'Mül', 'wrong'],
    ['Russian, but UTF-8', 'ISO_IR 144', [0xd0, 0x9b, 0xd1, 0x8e], 'Лю', 'wrong'],
    ['GBK, but UTF-8', 'GBK', [0xc3, 0xbc, 0xe5, 0xb0, 0x8f], 'ü小', 'wrong'],
    ['Korean without its escape sequence', '\\ISO 2022 IR 149', [0xfb, 0xf3], '洪', 'wrong'],
    ['Chinese without its escape sequence', '\\ISO 2022 IR 58', [0xd5, 0xc5], '张', 'wrong'],
    ['Japanese, but UTF-8', '\\ISO 2022 IR 87', [0xe5, 0xb1, 0xb1], '山', 'wrong'],
    ['half a kanji', '\\ISO 2022 IR 159', [ESC, 0x24, 0x28, 0x44, 0x30, 0x21, 0x30], '丂', 'wrong'],
    ['an escape that means nothing', 'ISO_IR 100', [0xfc, ESC, 0x21], 'ü!', 'wrong'],
  ])('guesses where a file declares %s', (_, set, bytes, expected, doubt) => {
    expect(read(set, bytes)).toEqual([expected, doubt]);
  });

  it.each([
    ['ISO_IR_100', [0xfc], 'ü'],
    ['ISO IR 100', [0xfc], 'ü'],
    ['iso-ir 192', [0xc3, 0xbc], 'ü'],
    ['UTF-8', [0xc3, 0xbc], 'ü'],
    ['ISO 2022 IR 192', [0xc3, 0xbc], 'ü'],
    ['latin1', [0xfc], 'ü'],
    ['ISO-IR 100', [0xfc], 'ü'],
    ['ISO 8859-1', [0xfc], 'ü'],
    ['iso_8859-2', [0xa3], 'Ł'],
    ['ISO8859-15', [0xa4], '€'],
    ['LATIN5', [0xfe], 'ş'],
    ['UTF8', [0xc3, 0xbc], 'ü'],
    ['UNICODE', [0xc3, 0xbc], 'ü'],
    ['GB2312', [0xcd, 0xf5], '王'],
    ['ISO_IR 100\\u0000', [0xfc], 'ü'],
    ['ISO-8859-13', [0xe0], 'ą'],
  ])('understands the misspelt %s', (set, bytes, expected) => {
    expect(decode(set, bytes)).toBe(expected);
  });

  it('does not take half of a character for a backslash', () => {
    const character = [0x81, 0x5c];
    expect(decode('GBK', [...latin('a'), ...character, 0x5c, ...latin('b')], 'LO').split('\\')).toEqual(['a乗', 'b']);
  });

  it('guesses UTF-8, else Latin-1, where nothing usable is declared', () => {
    const guesses = ['', 'ISO_IR 6', 'NONSENSE'].map((set) => [decode(set, [0xc3, 0xbc]), decode(set, [0xfc])]);
    expect(guesses).toEqual(Array.from({ length: 3 }, () => ['ü', 'ü']));
    expect([textDecoding('').isKnown, textDecoding('NONSENSE').isKnown]).toEqual([true, false]);
  });

  it('survives escapes that mean nothing', () => {
    expect(decode('\\ISO 2022 IR 87', [...latin('a'), ESC, 0x21, 0x21, ...latin('b')])).toBe('a!!b');
  });

  it('a megabyte of plain text is no matter', () => {
    expect(decode('ISO_IR 100', new Array<number>(1_000_000).fill(0x41), 'UT')).toHaveLength(1_000_000);
  });
});
