import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { encodePng, type EightBitPicture } from './png';
import { fittedSize, resampled } from './shrink';

const pictures = fc
  .record({
    width: fc.integer({ min: 1, max: 9 }),
    height: fc.integer({ min: 1, max: 9 }),
    channels: fc.constantFrom<1 | 3>(1, 3),
  })
  .chain((shape) => {
    const length = shape.width * shape.height * shape.channels;
    return fc.uint8Array({ minLength: length, maxLength: length }).map((samples) => ({ ...shape, samples }));
  });

describe('encodePng', () => {
  it('is read back by another decoder as it was', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        const { width, height, data } = PNG.sync.read(Buffer.from(encodePng(picture)));
        const rgb = [...data].filter((_, index) => index % 4 !== 3);
        const { channels, samples } = picture;
        const expected = channels === 3 ? [...samples] : [...samples].flatMap((grey) => [grey, grey, grey]);
        expect({ width, height, rgb }).toEqual({ width: picture.width, height: picture.height, rgb: expected });
      }),
    );
  });
});

describe('fittedSize', () => {
  it.each([
    ['a square', { width: 512, height: 512 }, 1, { width: 160, height: 160 }],
    ['a wide picture', { width: 640, height: 320 }, 1, { width: 160, height: 80 }],
    ['pixels twice as high as wide', { width: 100, height: 400 }, 2, { width: 20, height: 160 }],
    ['a picture that is small already', { width: 64, height: 32 }, 1, { width: 64, height: 32 }],
    ['a line', { width: 10_000, height: 1 }, 1, { width: 160, height: 1 }],
  ])('fits %s', (_, size, aspect, expected) => {
    expect(fittedSize(size, aspect, 160)).toEqual(expected);
  });
});

describe('resampled', () => {
  it('averages the area that a new pixel covers', () => {
    const picture: EightBitPicture = {
      width: 4,
      height: 2,
      channels: 1,
      samples: Uint8Array.of(0, 10, 20, 30, 40, 50, 60, 70),
    };
    expect([...resampled(picture, { width: 2, height: 1 }).samples]).toEqual([25, 45]);
  });

  it('weighs pixels that are covered in part', () => {
    const picture: EightBitPicture = { width: 3, height: 1, channels: 1, samples: Uint8Array.of(30, 90, 150) };
    const [left, right] = [(30 + 90 / 2) / 1.5, (90 / 2 + 150) / 1.5];
    expect([...resampled(picture, { width: 2, height: 1 }).samples]).toEqual([left, right]);
  });

  it('changes nothing at the same size', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        expect([...resampled(picture, picture).samples]).toEqual([...picture.samples]);
      }),
    );
  });
});
