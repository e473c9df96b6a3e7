import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DisplayTransform, LookupTable } from './display';
import { defaultVoi, greyLevel, greyTable, lookUp, modalityValue, voiLight, type GreyVoi } from './grey';

const plain: DisplayTransform = {
  photometricInterpretation: 'MONOCHROME2',
  modality: null,
  windows: [],
  voiFunction: 'LINEAR',
  voiTables: [],
  isInverse: false,
  padding: null,
  palette: null,
};
const table = (firstMapped: number, bits: number, entries: number[]): LookupTable => ({
  firstMapped,
  bits,
  entries: Uint16Array.from(entries),
  explanation: '',
});
const window = (center: number, width: number, fn: 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID'): GreyVoi => ({
  kind: 'window',
  center,
  width,
  fn,
});
const light = (voi: GreyVoi) => (value: number) => voiLight(voi, value);

describe('modality values', () => {
  it('are stored × slope + intercept', () => {
    expect(modalityValue({ kind: 'rescale', slope: 2, intercept: -1024, unit: 'HU' }, 100)).toBe(2 * 100 - 1024);
  });

  it('come from the table, whose ends count beyond it', () => {
    const entries = table(-2, 16, [7, 8, 9]);
    expect([-100, -2, -1, 0, 100].map((stored) => lookUp(entries, stored))).toEqual([7, 7, 8, 9, 9]);
  });
});

describe('windows', () => {
  // PS3.3 C.11.2.1.2.1, the note's examples with 0 to 255 as output: c = 2048, w = 4096, and c = 0, w = 100.
  it.each<[GreyVoi, number, number]>([
    [window(2048, 4096, 'LINEAR'), 0, 0],
    [window(2048, 4096, 'LINEAR'), 4095, 1],
    [window(0, 100, 'LINEAR'), -50, 0],
    [window(0, 100, 'LINEAR'), 49, 1],
    [window(0, 100, 'LINEAR'), -0.5, 0.5],
    [window(2048, 1, 'LINEAR'), 2047, 0],
    [window(2048, 1, 'LINEAR'), 2048, 1],
    [window(0, 100, 'LINEAR_EXACT'), -50, 0],
    [window(0, 100, 'LINEAR_EXACT'), 50, 1],
    [window(0, 100, 'LINEAR_EXACT'), 25, 0.75],
    [window(10, 40, 'SIGMOID'), 10, 0.5],
    [window(10, 40, 'SIGMOID'), 20, 1 / (1 + Math.exp(-1))],
  ])('%j makes %d light %d', (voi, value, expected) => {
    expect(voiLight(voi, value)).toBeCloseTo(expected, 10);
  });

  it('never falls as values rise, and stays within 0 and 1', () => {
    const number = fc.double({ min: -5000, max: 5000, noNaN: true });
    const fn = fc.constantFrom('LINEAR' as const, 'LINEAR_EXACT' as const, 'SIGMOID' as const);
    fc.assert(
      fc.property(
        number,
        fc.double({ min: 1, max: 5000, noNaN: true }),
        fn,
        number,
        number,
        (center, width, kind, a, b) => {
          const [low = 0, high = 0] = [Math.min(a, b), Math.max(a, b)].map(light(window(center, width, kind)));
          expect(low).toBeLessThanOrEqual(high);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('a VOI table maps to the share of its depth', () => {
    expect(voiLight({ kind: 'table', table: table(10, 10, [0, 512, 1023]) }, 12)).toBe(1);
    expect(voiLight({ kind: 'table', table: table(10, 10, [0, 341, 1023]) }, 11)).toBeCloseTo(1 / 3, 10);
  });
});

describe('greyLevel', () => {
  const voi = window(50, 100, 'LINEAR_EXACT');
  const level = (display: DisplayTransform, stored: number, isInverted = false): number =>
    greyLevel(display, { voi, isInverted }, stored);

  it('turns MONOCHROME1, the shape INVERSE and the person’s inversion, each once', () => {
    const mono1 = { ...plain, photometricInterpretation: 'MONOCHROME1' };
    const levels = [
      level(plain, 20),
      level(plain, 20, true),
      level(mono1, 20),
      level(mono1, 20, true),
      level({ ...plain, isInverse: true }, 20),
      level({ ...mono1, isInverse: true }, 20),
    ];
    const [dark, bright] = [Math.round(255 * 0.2), Math.round(255 * 0.8)];
    expect(levels).toEqual([dark, bright, bright, dark, bright, bright]);
  });

  it('keeps padding black even inverted', () => {
    const padded = { ...plain, padding: { min: -2000, max: -1000 } };
    expect([-2000, -1500, -1000, -999].map((stored) => level(padded, stored, true))).toEqual([0, 0, 0, 255]);
  });

  it('agrees with its table', () => {
    const display: DisplayTransform = {
      ...plain,
      modality: { kind: 'rescale', slope: 0.5, intercept: -10, unit: '' },
      padding: { min: 3, max: 5 },
    };
    const choice = { voi, isInverted: false };
    const levels = Array.from({ length: 400 }, (_, index) => greyLevel(display, choice, index - 100));
    expect([...greyTable(display, choice, { first: -100, last: 299 })]).toEqual(levels);
  });
});

describe('defaultVoi', () => {
  const first = { center: 40, width: 400, explanation: '' };
  it('takes the table, else the first window, else the whole range', () => {
    const voiTable = table(0, 8, [0, 255]);
    const rescaled: DisplayTransform = { ...plain, modality: { kind: 'rescale', slope: -2, intercept: 10, unit: '' } };
    expect([
      defaultVoi({ ...plain, voiTables: [voiTable], windows: [first] }, 0, 1),
      defaultVoi({ ...plain, windows: [first], voiFunction: 'SIGMOID' }, 0, 1),
      defaultVoi(rescaled, 0, 100),
      defaultVoi(plain, 7, 7),
    ]).toEqual([
      { kind: 'table', table: voiTable },
      window(40, 400, 'SIGMOID'),
      window((10 + (10 - 2 * 100)) / 2, 2 * 100, 'LINEAR_EXACT'),
      window(7, 1, 'LINEAR_EXACT'),
    ]);
  });
});
