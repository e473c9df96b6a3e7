import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EncodedFrame } from '../dicom/frame';
import type { PixelDescription } from '../dicom/records';
import { decodeRle } from './rle';

interface Layout {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  readonly bitsAllocated: number;
}

function pixelsOf(layout: Layout): PixelDescription {
  return {
    ...layout,
    photometricInterpretation: layout.samplesPerPixel === 3 ? 'RGB' : 'MONOCHROME2',
    planarConfiguration: 0,
    bitsStored: layout.bitsAllocated,
    highBit: layout.bitsAllocated - 1,
    isSigned: false,
    sampleKind: 'integer',
    frames: 1,
  };
}

function frameOf(layout: Layout, bytes: Uint8Array<ArrayBuffer>): EncodedFrame {
  return { transferSyntaxUid: '1.2.840.10008.1.2.5', pixels: pixelsOf(layout), frameIndex: 0, bytes };
}

/** Runs where a byte repeats, literals elsewhere: an encoder as plain as PS3.5 G.3.1 allows. */
function packed(plane: readonly number[]): number[] {
  const result: number[] = [];
  for (let at = 0; at < plane.length;) {
    const value = plane[at] ?? 0;
    let run = 1;
    while (run < 128 && plane[at + run] === value) run++;
    result.push(...(run > 1 ? [257 - run, value] : [0, value]));
    at += run;
  }
  return result;
}

/** Segments of little-endian interleaved samples: one per byte, most significant first, colour by colour. */
function encoded(samples: Uint8Array, { samplesPerPixel, bitsAllocated }: Layout): Uint8Array<ArrayBuffer> {
  const width = bitsAllocated / 8;
  const segments: number[][] = [];
  for (let sample = 0; sample < samplesPerPixel; sample++) {
    for (let byte = width - 1; byte >= 0; byte--) {
      const offset = sample * width + byte;
      segments.push(packed([...samples].filter((_, index) => index % (samplesPerPixel * width) === offset)));
    }
  }
  const header = new DataView(new ArrayBuffer(64));
  header.setUint32(0, segments.length, true);
  let at = 64;
  segments.forEach((segment, index) => {
    header.setUint32(4 + index * 4, at, true);
    at += segment.length;
  });
  return Uint8Array.from([...new Uint8Array(header.buffer), ...segments.flat()]);
}

const layouts = fc.record({
  rows: fc.integer({ min: 1, max: 12 }),
  columns: fc.integer({ min: 1, max: 12 }),
  samplesPerPixel: fc.constantFrom(1, 3),
  bitsAllocated: fc.constantFrom(8, 16, 32),
});

const pictures = layouts.chain((layout) => {
  const length = (layout.rows * layout.columns * layout.samplesPerPixel * layout.bitsAllocated) / 8;
  /** Few values, so that runs of every length occur. */
  const bytes = fc.array(fc.constantFrom(0, 1, 128, 255), { minLength: length, maxLength: length });
  return fc.record({ layout: fc.constant(layout), samples: bytes.map((values) => Uint8Array.from(values)) });
});

describe('decodeRle', () => {
  it('gives back what was encoded, for every sample layout', () => {
    fc.assert(
      fc.property(pictures, ({ layout, samples }) => {
        const decoded = decodeRle(frameOf(layout, encoded(samples, layout)));
        expect([...decoded.bytes]).toEqual([...samples]);
      }),
    );
  });

  it('refuses a frame of which the end is missing', () => {
    fc.assert(
      fc.property(pictures, fc.integer({ min: 1, max: 10 }), ({ layout, samples }, missing) => {
        const whole = encoded(samples, layout);
        const cut = whole.slice(0, Math.max(0, whole.length - missing));
        expect(() => decodeRle(frameOf(layout, cut))).toThrow(
          expect.objectContaining({ code: 'pixels/decode-failed' }),
        );
      }),
    );
  });

  const grey = { rows: 1, columns: 4, samplesPerPixel: 1, bitsAllocated: 8 };

  it('skips the no-operation byte and the padding behind the last run', () => {
    const bytes = encoded(Uint8Array.of(7, 7, 7, 7), grey);
    const padded = Uint8Array.from([...bytes.subarray(0, 64), 128, ...bytes.subarray(64), 0]);
    expect([...decodeRle(frameOf(grey, padded)).bytes]).toEqual([7, 7, 7, 7]);
  });

  it('refuses segments for another number of samples', () => {
    const bytes = encoded(Uint8Array.of(1, 2, 3, 4), grey);
    const colour = { ...grey, samplesPerPixel: 3 };
    expect(() => decodeRle(frameOf(colour, bytes))).toThrow(expect.objectContaining({ code: 'pixels/mismatch' }));
  });

  it.each([
    ['a segment that begins in the header', 4, 8],
    ['a segment that begins behind the frame', 4, 4096],
    ['no segment at all', 0, 0],
    ['more segments than a header can list', 0, 16],
  ])('refuses %s', (_, offset, value) => {
    const bytes = encoded(Uint8Array.of(1, 2, 3, 4), grey);
    new DataView(bytes.buffer).setUint32(offset, value, true);
    expect(() => decodeRle(frameOf(grey, bytes))).toThrow(expect.objectContaining({ code: 'pixels/decode-failed' }));
  });
});
