import { describe, expect, it } from 'vitest';
import { rgbFromPalette, rgbFromSamples, rgbFromYbr422 } from './colour';

const size = { rows: 1, columns: 2, bitsStored: 8 };
const table = (bits: number, entries: number[]) => ({
  firstMapped: 10,
  bits,
  entries: Uint16Array.from(entries),
  explanation: '',
});

describe('rgbFromSamples', () => {
  // Primaries by the inverse of PS3.3 C.7.6.3.1.2, rounded as a file would hold them.
  it.each([
    ['white', [255, 128, 128], [255, 255, 255]],
    ['black', [0, 128, 128], [0, 0, 0]],
    ['red', [76, 85, 255], [254, 0, 0]],
    ['green', [150, 44, 21], [0, 255, 1]],
    ['blue', [29, 255, 107], [0, 0, 254]],
  ])('YBR_FULL %s', (_, ybr, rgb) => {
    expect([...(rgbFromSamples(ybr, { ...size, photometricInterpretation: 'YBR_FULL' }, null) ?? [])]).toEqual(rgb);
  });

  it('shares Cb and Cr between two pixels of uncompressed 4:2:2', () => {
    expect([...rgbFromYbr422([255, 0, 128, 128])]).toEqual([255, 255, 255, 0, 0, 0]);
  });

  it('takes 4:2:2 that was written in full as full', () => {
    const full = { ...size, photometricInterpretation: 'YBR_FULL_422' };
    expect([...(rgbFromSamples([255, 128, 128, 0, 128, 128], full, null) ?? [])]).toEqual([255, 255, 255, 0, 0, 0]);
    expect([...(rgbFromSamples([255, 0, 128, 128], full, null) ?? [])]).toEqual([255, 255, 255, 0, 0, 0]);
  });

  it('keeps the upper eight bits of deeper colour', () => {
    const deep = { ...size, bitsStored: 16, photometricInterpretation: 'RGB' };
    expect([...(rgbFromSamples([0xffff, 0x8000, 0x00ff], deep, null) ?? [])]).toEqual([0xff, 0x80, 0]);
  });

  it('knows no other colour', () => {
    expect(rgbFromSamples([1, 2, 3], { ...size, photometricInterpretation: 'HSV' }, null)).toBeNull();
    expect(rgbFromSamples([1, 2], { ...size, photometricInterpretation: 'PALETTE COLOR' }, null)).toBeNull();
  });
});

describe('rgbFromPalette', () => {
  it('looks indexes up, and the ends beyond the table', () => {
    const palette = {
      red: table(16, [0, 0x8000, 0xff00]),
      green: table(16, [0, 0, 0]),
      blue: table(16, [0xff00, 0, 0x0100]),
    };
    expect([...rgbFromPalette([0, 11, 99], palette)]).toEqual([0, 0, 0xff, 0x80, 0, 0, 0xff, 0, 1]);
  });

  it('reads tables as 8 bits when no entry of the three needs more, whatever is announced', () => {
    const palette = { red: table(16, [255]), green: table(16, [128]), blue: table(16, [0]) };
    expect([...rgbFromPalette([10], palette)]).toEqual([255, 128, 0]);
  });
});
