import { describe, expect, it } from 'vitest';
import { textDecoding } from './text';

const ESC = 0x1b;
const latin = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const decode = (set: string, bytes: readonly number[], vr = 'PN'): string =>
  textDecoding(set).decode(Uint8Array.from(bytes), vr);

describe('textDecoding', () => {
  // PS3.5 annexes H, I and K: the Standard's own examples, byte by byte.
  const yamada = [
    ...latin('Yamada^Tarou='),
    ...[ESC, 0x24, 0x42, 0x3b, 0x33, 0x45, 0x44, ESC, 0x28, 0x42],
    0x5e,
    ...[ESC, 0x24, 0x42, 0x42, 0x40, 0x4f, 0x3a, ESC, 0x28, 0x42],
  ];
  const hong = [...latin('Hong='), ESC, 0x24, 0x29, 0x43, 0xfb, 0xf3];

  it.each<[string, readonly number[], string]>([
    ['ISO_IR 100', [0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72], 'Müller'],
    ['ISO_IR 144', [0xbb, 0xee, 0xda], 'Люк'],
    ['ISO_IR 192', [0xe7, 0x8e, 0x8b], '王'],
    ['GB18030', [0xcd, 0xf5], '王'],
    ['\\ISO 2022 IR 87', yamada, 'Yamada^Tarou=山田^太郎'],
    ['\\ISO 2022 IR 149', hong, 'Hong=洪'],
    ['ISO_IR 149', [ESC, 0x24, 0x29, 0x43, 0xfb, 0xf3], '洪'],
    ['ISO_IR 203', [0xa4], '€'],
    ['ISO_IR 13', [0xd4, 0xcf, 0xc0, 0xde], 'ﾔﾏﾀﾞ'],
  ])('%s', (set, bytes, expected) => {
    expect(decode(set, bytes)).toBe(expected);
  });

  it.each([
    ['ISO_IR_100', [0xfc], 'ü'],
    ['ISO IR 100', [0xfc], 'ü'],
    ['iso-ir 192', [0xc3, 0xbc], 'ü'],
    ['UTF-8', [0xc3, 0xbc], 'ü'],
    ['ISO 2022 IR 192', [0xc3, 0xbc], 'ü'],
    ['latin1', [0xfc], 'ü'],
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
