import { describe, expect, it } from 'vitest';
import type { PixelDescription } from '../../src-shared/dicom/records';
import { greySamples } from './greySamples';

const twelveOfSixteen: PixelDescription = {
  rows: 1,
  columns: 2,
  samplesPerPixel: 1,
  photometricInterpretation: 'MONOCHROME2',
  planarConfiguration: 0,
  bitsAllocated: 16,
  bitsStored: 12,
  highBit: 11,
  isSigned: false,
  sampleKind: 'integer',
  frames: 1,
};

function valuesOf(pixels: Partial<PixelDescription>, bytes: readonly number[], bitsAllocated?: number) {
  const described = { ...twelveOfSixteen, ...pixels };
  const decoded = {
    bytes: Uint8Array.from(bytes),
    photometricInterpretation: 'MONOCHROME2',
    bitsAllocated: bitsAllocated ?? described.bitsAllocated,
  };
  const samples = greySamples(decoded, described);
  return samples && [...samples];
}

const wide = { bitsAllocated: 32, bitsStored: 32, highBit: 31 } as const;
const bits = { columns: 10, bitsAllocated: 1, bitsStored: 1, highBit: 0 } as const;

describe('greySamples', () => {
  it.each([
    ['masks what an overlay left above the stored bits', {}, [0xff, 0xff, 0x34, 0x12], [0xfff, 0x234]],
    ['extends the sign of the stored bits', { isSigned: true }, [0xff, 0x0f, 0xff, 0x07], [-1, 0x7ff]],
    ['takes bits stored at the top down', { highBit: 15 }, [0x0f, 0x80, 0xf0, 0xff], [0x800, 0xfff]],
    ['leaves full words', { bitsStored: 16, highBit: 15 }, [0xff, 0xff, 0, 1], [0xffff, 0x100]],
    ['reads 32 bits', { ...wide, isSigned: true }, [0xfe, 0xff, 0xff, 0xff, 1, 0, 0, 0], [-2, 1]],
    ['reads 24 of 32 bits', { ...wide, bitsStored: 24, highBit: 23 }, [1, 0, 0, 0xff, 0, 0, 0x80, 0], [1, 0x800000]],
    ['unpacks single bits', bits, [0b00000101, 0b10], [1, 0, 1, 0, 0, 0, 0, 0, 0, 1]],
  ])('%s', (_, pixels, bytes, expected) => {
    expect(valuesOf(pixels, bytes)).toEqual(expected);
  });

  it('takes single bits that were decoded to bytes as they are', () => {
    expect(valuesOf({ ...bits, columns: 3 }, [1, 0, 1], 8)).toEqual([1, 0, 1]);
  });

  it('does not know 64-bit integers', () => {
    expect(valuesOf({ bitsAllocated: 64, bitsStored: 64, highBit: 63 }, new Array<number>(16).fill(0))).toBeNull();
  });
});
