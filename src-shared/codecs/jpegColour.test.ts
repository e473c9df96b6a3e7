import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rgbFromJpegYcc } from './jpegColour';

const byte = fc.integer({ min: 0, max: 255 });

it('leaves grey grey', () => {
  fc.assert(
    fc.property(byte, (y) => {
      expect([...rgbFromJpegYcc(Uint8Array.of(y, 128, 128))]).toEqual([y, y, y]);
    }),
  );
});

it('is the matrix of T.871 within one level', () => {
  fc.assert(
    fc.property(byte, byte, byte, (y, cb, cr) => {
      const exact = [
        y + 1.402 * (cr - 128),
        y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128),
        y + 1.772 * (cb - 128),
      ].map((value) => Math.min(255, Math.max(0, value)));
      [...rgbFromJpegYcc(Uint8Array.of(y, cb, cr))].forEach((value, index) => {
        expect(Math.abs(value - (exact[index] ?? NaN))).toBeLessThan(1);
      });
    }),
  );
});
