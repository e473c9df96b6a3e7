import { describe, expect, it } from 'vitest';
import { storedValues, valueRange } from './samples';
import { testPixels } from './testing';

const bytesOf = (values: Uint16Array<ArrayBuffer> | Int16Array<ArrayBuffer>) => new Uint8Array(values.buffer);

describe('storedValues', () => {
  it('drops what lies above the stored bits', () => {
    const pixels = testPixels({ bitsAllocated: 16, bitsStored: 12, highBit: 11 });
    const values = storedValues(bytesOf(Uint16Array.of(0xf123, 0x0fff, 0x8000)), pixels);
    expect(values).toEqual(Uint16Array.of(0x123, 0xfff, 0));
  });

  it('extends the sign from the high bit, whatever lies above it', () => {
    const pixels = testPixels({ bitsAllocated: 16, bitsStored: 12, highBit: 11, isSigned: true });
    const values = storedValues(bytesOf(Uint16Array.of(0x0800, 0x7fff, 0xf7ff)), pixels);
    expect(values).toEqual(Int16Array.of(-2048, -1, 2047));
  });

  it('takes stored bits that do not start at bit 0', () => {
    const pixels = testPixels({ bitsAllocated: 16, bitsStored: 12, highBit: 15 });
    expect(storedValues(bytesOf(Uint16Array.of(0xabcf)), pixels)).toEqual(Uint16Array.of(0xabc));
  });

  it.each([
    ['unsigned bytes', testPixels(), Uint8Array.of(0, 128, 255)],
    ['signed bytes', testPixels({ isSigned: true }), Int8Array.of(0, -128, -1)],
    [
      'signed words',
      testPixels({ bitsAllocated: 16, bitsStored: 16, highBit: 15, isSigned: true }),
      Int16Array.of(-32768, 32767),
    ],
    ['32 bits', testPixels({ bitsAllocated: 32, bitsStored: 32, highBit: 31 }), Uint32Array.of(4294967295, 1)],
    [
      'signed 32 bits',
      testPixels({ bitsAllocated: 32, bitsStored: 32, highBit: 31, isSigned: true }),
      Int32Array.of(-2147483648),
    ],
    ['floats', testPixels({ bitsAllocated: 32, sampleKind: 'float32' }), Float32Array.of(-1.5, 3e7)],
  ])('keeps full-width %s as they are', (_name, pixels, expected) => {
    const bytes = new Uint8Array(expected.byteLength + 1);
    bytes.set(new Uint8Array(expected.buffer), 1);
    expect(storedValues(bytes.subarray(1), pixels)).toEqual(expected);
  });

  it('unpacks single bits, the first in the lowest place', () => {
    const pixels = testPixels({ rows: 1, columns: 10, bitsAllocated: 1, bitsStored: 1, highBit: 0 });
    expect(storedValues(Uint8Array.of(0b00001101, 0b10), pixels)).toEqual(Uint8Array.of(1, 0, 1, 1, 0, 0, 0, 0, 0, 1));
  });

  it('refuses a width it does not know', () => {
    expect(() => storedValues(new Uint8Array(3), testPixels({ bitsAllocated: 24 }))).toThrow(
      expect.objectContaining({ code: 'pixels/unsupported-format' }),
    );
  });
});

describe('valueRange', () => {
  it.each([
    ['without padding', null, { min: -2000, max: 900 }],
    ['without what is padding', { min: -2000, max: -1500 }, { min: 3, max: 900 }],
    ['of nothing', { min: -5000, max: 5000 }, { min: 0, max: 0 }],
  ])('%s', (_name, padding, expected) => {
    expect(valueRange(Int16Array.of(-2000, 3, 900, -1500), padding)).toEqual(expected);
  });
});
