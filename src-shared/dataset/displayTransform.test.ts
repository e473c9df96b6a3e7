import { describe, expect, it } from 'vitest';
import { ctElements } from '../../tests/support/elements';
import type { DisplayTransform } from '../dicom/display';
import { openInstance } from './instance';
import { writePart10, type Element, type ElementList } from './write';

function displayWith(added: readonly Element[]): DisplayTransform {
  return openInstance(writePart10(ctElements(added))).display;
}

const words = (...values: number[]): Uint8Array => new Uint8Array(Uint16Array.from(values).buffer);
const descriptor = (tag: number, ...value: number[]): Element => ({
  tag,
  vr: 'US',
  value: value.map((word) => word & 0xffff),
});
const lutItem = (count: number, first: number, bits: number, data: Uint8Array): ElementList => [
  descriptor(0x00283002, count, first, bits),
  { tag: 0x00283006, vr: 'OW', value: data },
];

describe('display transform', () => {
  it('reads a Modality LUT in the place of a rescale, its first value signed as the pixels are', () => {
    const item = [...lutItem(3, -1, 16, words(10, 20, 30)), { tag: 0x00283004, vr: 'LO', value: 'OD' } as const];
    const { modality } = displayWith([{ tag: 0x00283000, vr: 'SQ', value: [item] }]);
    expect(modality).toEqual({
      kind: 'table',
      unit: 'OD',
      table: { firstMapped: -1, bits: 16, entries: Uint16Array.of(10, 20, 30), explanation: '' },
    });
  });

  it('reads every VOI LUT, packed bytes too, and leaves out a damaged one', () => {
    const items = [
      lutItem(2, 0, 12, words(0, 4095)),
      lutItem(4, 0, 8, Uint8Array.of(0, 85, 170, 255)),
      lutItem(9, 0, 16, words(1)),
    ];
    const { voiTables } = displayWith([{ tag: 0x00283010, vr: 'SQ', value: items }]);
    expect(voiTables.map(({ bits, entries }) => [bits, ...entries])).toEqual([
      [12, 0, 4095],
      [8, 0, 85, 170, 255],
    ]);
  });

  it.each<[string, number[], number[], number, DisplayTransform['padding']]>([
    ['one value', [63536], [], 1, { min: -2000, max: -2000 }],
    ['a range in either order', [63536], [63436], 1, { min: -2100, max: -2000 }],
    ['an unsigned value', [63536], [], 0, { min: 63536, max: 63536 }],
  ])('reads padding: %s', (_, value, limit, representation, expected) => {
    const { padding } = displayWith([
      { tag: 0x00280103, vr: 'US', value: representation },
      { tag: 0x00280120, vr: 'US', value },
      ...(limit.length > 0 ? [{ tag: 0x00280121, vr: 'US', value: limit } as const] : []),
    ]);
    expect(padding).toEqual(expected);
  });

  it('reads a palette of discrete, linear and repeated segments', () => {
    const count = 8;
    const discrete = [0, 2, 100, 200];
    const linear = [1, 2, 600];
    // Repeats the first segment (two entries), then two more steps.
    const segments = words(...discrete, ...linear, 2, 1, 0, 0, 1, 2, 0);
    const table = [0x0028, 0x0028, 0x0028].flatMap((_, channel): Element[] => [
      descriptor(0x00281101 + channel, count, 0, 16),
      { tag: 0x00281221 + channel, vr: 'OW', value: segments },
    ]);
    const { palette } = displayWith([{ tag: 0x00280004, vr: 'CS', value: 'PALETTE COLOR' }, ...table]);
    expect(palette && [...palette.green.entries]).toEqual([100, 200, 400, 600, 100, 200, 100, 0]);
  });

  it('65536 entries are written as 0', () => {
    const data = new Uint8Array(65_536 * 2).fill(1);
    const { voiTables } = displayWith([{ tag: 0x00283010, vr: 'SQ', value: [lutItem(0, 0, 16, data)] }]);
    expect(voiTables[0]?.entries.length).toBe(65_536);
  });
});
