/** Decoded colour of any photometric interpretation as RGB of 8 bits. Source: PS3.3 C.7.6.3.1.2, C.7.6.3.1.5. */
import type { DisplayTransform, LookupTable } from './display';
import { lookUp } from './grey';
import type { PixelDescription } from './records';

type Rgb = Uint8Array<ArrayBuffer>;
type Samples = ArrayLike<number>;

/** Red, green and blue of one pixel's YBR_FULL values, 0 to 255. */
function rgbOfYbr(target: Uint8ClampedArray, at: number, [y, cb, cr]: readonly [number, number, number]): void {
  target[at] = y + 1.402 * (cr - 128);
  target[at + 1] = y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128);
  target[at + 2] = y + 1.772 * (cb - 128);
}

/** Three samples a pixel. */
export function rgbFromYbrFull(samples: Samples): Rgb {
  const rgb = new Uint8ClampedArray(samples.length - (samples.length % 3));
  for (let at = 0; at < rgb.length; at += 3) {
    rgbOfYbr(rgb, at, [samples[at] ?? 0, samples[at + 1] ?? 0, samples[at + 2] ?? 0]);
  }
  return new Uint8Array(rgb.buffer);
}

/** Uncompressed YBR_FULL_422: Y Y Cb Cr for each pair of pixels along a row. */
export function rgbFromYbr422(samples: Samples): Rgb {
  const rgb = new Uint8ClampedArray(Math.floor(samples.length / 4) * 6);
  for (let pair = 0; pair * 6 < rgb.length; pair += 1) {
    const [first, second, cb, cr] = [0, 1, 2, 3].map((index) => samples[pair * 4 + index] ?? 0);
    rgbOfYbr(rgb, pair * 6, [first ?? 0, cb ?? 0, cr ?? 0]);
    rgbOfYbr(rgb, pair * 6 + 3, [second ?? 0, cb ?? 0, cr ?? 0]);
  }
  return new Uint8Array(rgb.buffer);
}

/** Entries as 8 bits. Some writers announce 16 bits and write 8, in all three tables. */
function eightBitTables(tables: readonly LookupTable[]): readonly LookupTable[] {
  if (tables.every(({ entries }) => entries.every((entry) => entry <= 255))) return tables;
  return tables.map((table) => ({
    ...table,
    entries: table.entries.map((entry) => entry >> Math.max(table.bits - 8, 0)),
  }));
}

/** One index a pixel. */
export function rgbFromPalette(samples: Samples, palette: NonNullable<DisplayTransform['palette']>): Rgb {
  const tables = eightBitTables([palette.red, palette.green, palette.blue]);
  const rgb = new Uint8Array(samples.length * 3);
  for (let pixel = 0; pixel < samples.length; pixel += 1) {
    for (const [channel, table] of tables.entries()) rgb[pixel * 3 + channel] = lookUp(table, samples[pixel] ?? 0);
  }
  return rgb;
}

function rgbFromRgb(samples: Samples, bitsStored: number): Rgb {
  const shift = Math.max(bitsStored - 8, 0);
  const rgb = new Uint8Array(samples.length);
  for (let index = 0; index < samples.length; index += 1) rgb[index] = (samples[index] ?? 0) >> shift;
  return rgb;
}

/**
 * RGB, 8 bits, interleaved, from decoded samples of one frame; `null` when `photometricInterpretation` is no colour that
 * is known, or its palette is missing. Deeper samples lose their lower bits.
 */
export function rgbFromSamples(
  samples: Samples,
  pixels: Pick<PixelDescription, 'photometricInterpretation' | 'bitsStored' | 'rows' | 'columns'>,
  palette: DisplayTransform['palette'],
): Rgb | null {
  switch (pixels.photometricInterpretation) {
    case 'RGB':
      return rgbFromRgb(samples, pixels.bitsStored);
    case 'YBR_FULL':
      return rgbFromYbrFull(pixels.bitsStored > 8 ? rgbFromRgb(samples, pixels.bitsStored) : samples);
    case 'YBR_FULL_422':
      return samples.length >= pixels.rows * pixels.columns * 3 ? rgbFromYbrFull(samples) : rgbFromYbr422(samples);
    case 'PALETTE COLOR':
      return palette && rgbFromPalette(samples, palette);
    default:
      return null;
  }
}
