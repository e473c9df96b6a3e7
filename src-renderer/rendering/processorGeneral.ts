/** Any affine map, pixel by pixel: plain rather than fast, and what the fast way is measured against. */
import type { SampleArray } from '../imaging/types';
import { lightOf } from './curve';
import type { DrawPlan, Raster } from './drawPlan';
import { BLACK, greyPalette, packed } from './packedPixels';

/** Fills `pixels` (row by row, top first; R, G, B, A in memory order). */
export function paintAnyPlan(pixels: Uint32Array, plan: DrawPlan, { width, height }: Raster): void {
  const { a, b, c, d, e, f } = plan.imageFromDevice;
  const { columns, rows, kind } = plan.source;
  const pixelAt = kind === 'grey' ? greyPixel(plan) : colourPixel(plan);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const column = a * (x + 0.5) + c * (y + 0.5) + e;
      const row = b * (x + 0.5) + d * (y + 0.5) + f;
      const isInside = column >= -0.5 && row >= -0.5 && column < columns - 0.5 && row < rows - 0.5;
      pixels[y * width + x] = isInside ? pixelAt(column, row) : BLACK;
    }
  }
}

/** A pixel as the bytes R, G, B, A in memory order on a little-endian machine, as a 32-bit number. */
type PixelAt = (column: number, row: number) => number;

function greyPixel(plan: DrawPlan): PixelAt {
  const { curve, padding, isInverted } = plan;
  const low = padding?.min ?? 1;
  const high = padding?.max ?? 0;
  const isPadding = (value: number): boolean => value >= low && value <= high;
  const nearest = sampleReader(plan, 0, 1);
  const palette = greyPalette(isInverted);
  const mean = blender(plan, nearest, isPadding);
  return (column, row) => {
    const centre = nearest(Math.floor(column + 0.5), Math.floor(row + 0.5));
    if (isPadding(centre)) return BLACK;
    return palette[Math.round(lightOf(curve, mean(column, row, centre)) * 255)] ?? BLACK;
  };
}

function colourPixel(plan: DrawPlan): PixelAt {
  const channels = [0, 1, 2].map((channel) => {
    const nearest = sampleReader(plan, channel, 3);
    const mean = blender(plan, nearest, () => false);
    return (column: number, row: number): number => {
      const value = mean(column, row, nearest(Math.floor(column + 0.5), Math.floor(row + 0.5)));
      return Math.round(plan.isInverted ? 255 - value : value);
    };
  });
  return (column, row) => {
    const [red = 0, green = 0, blue = 0] = channels.map((channel) => channel(column, row));
    return packed(red, green, blue);
  };
}

type SampleAt = (column: number, row: number) => number;

/** The sample at whole coordinates; outside the image, that of its edge. */
function sampleReader(plan: DrawPlan, channel: number, channels: number): SampleAt {
  const { columns, rows } = plan.source;
  const samples: SampleArray = plan.source.samples;
  return (column, row) => {
    const i = column < 0 ? 0 : column >= columns ? columns - 1 : column;
    const j = row < 0 ? 0 : row >= rows ? rows - 1 : row;
    return samples[(j * columns + i) * channels + channel] ?? 0;
  };
}

type Mean = (column: number, row: number, centre: number) => number;

/** The mean of what lies under a device pixel, padding left out; `centre` where nothing else counts. */
function blender(plan: DrawPlan, at: SampleAt, isLeftOut: (value: number) => boolean): Mean {
  if (plan.taps > 1) return tapMean(plan, at, isLeftOut);
  if (!plan.isLinear) return (_column, _row, centre) => centre;
  return (column, row, centre) => {
    const i = Math.floor(column);
    const j = Math.floor(row);
    let total = 0;
    let weights = 0;
    for (let k = 0; k < 4; k += 1) {
      const di = k & 1;
      const dj = k >> 1;
      const value = at(i + di, j + dj);
      if (isLeftOut(value)) continue;
      const weight = (di === 1 ? column - i : 1 - column + i) * (dj === 1 ? row - j : 1 - row + j);
      total += value * weight;
      weights += weight;
    }
    return weights > 0 ? total / weights : centre;
  };
}

function tapMean({ imageFromDevice: map, taps }: DrawPlan, at: SampleAt, isLeftOut: (value: number) => boolean): Mean {
  const offsets = Array.from({ length: taps * taps }, (_, k) => {
    const x = ((k % taps) + 0.5) / taps - 0.5;
    const y = (Math.floor(k / taps) + 0.5) / taps - 0.5;
    return [map.a * x + map.c * y, map.b * x + map.d * y] as const;
  });
  return (column, row, centre) => {
    let total = 0;
    let count = 0;
    for (const [di, dj] of offsets) {
      const value = at(Math.floor(column + di + 0.5), Math.floor(row + dj + 0.5));
      if (isLeftOut(value)) continue;
      total += value;
      count += 1;
    }
    return count > 0 ? total / count : centre;
  };
}
