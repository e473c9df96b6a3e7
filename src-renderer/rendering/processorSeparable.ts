/**
 * Maps without shear (zoom, pan, mirrors, quarter turns): column and row of the image depend on one device axis each, so
 * where samples lie and how they weigh is worked out once per device column and once per device row.
 */
import type { SampleArray } from '../imaging/types';
import { lightOf, type Curve } from './curve';
import type { DrawPlan, Raster } from './drawPlan';
import { BLACK, greyPalette, packed } from './packedPixels';

/** For each position along one device axis: what it adds to the index of a sample. */
interface AxisMap {
  /** Positions `from` to `to` (excluded) show the image. */
  readonly from: number;
  readonly to: number;
  /** Index part of the nearest sample. */
  readonly nearest: Int32Array;
  /** Index parts of the samples before and after, and the weight of the one after. */
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly weight: Float64Array;
  /** `taps` index parts for each position. */
  readonly taps: Int32Array;
}

interface AxisInput {
  readonly length: number;
  readonly scale: number;
  readonly offset: number;
  /** Samples along the image axis, and the index distance between two. */
  readonly count: number;
  readonly stride: number;
  readonly taps: number;
}

function axisMap({ length, scale, offset, count, stride, taps }: AxisInput): AxisMap {
  const inside = (index: number): number => Math.min(count - 1, Math.max(0, index)) * stride;
  const map = {
    from: length,
    to: 0,
    nearest: new Int32Array(length),
    before: new Int32Array(length),
    after: new Int32Array(length),
    weight: new Float64Array(length),
    taps: new Int32Array(length * taps),
  };
  for (let position = 0; position < length; position += 1) {
    const at = scale * (position + 0.5) + offset;
    if (at < -0.5 || at >= count - 0.5) continue;
    map.from = Math.min(map.from, position);
    map.to = position + 1;
    const base = Math.floor(at);
    map.nearest[position] = inside(Math.floor(at + 0.5));
    map.before[position] = inside(base);
    map.after[position] = inside(base + 1);
    map.weight[position] = at - base;
    for (let tap = 0; tap < taps; tap += 1) {
      map.taps[position * taps + tap] = inside(Math.floor(at + scale * ((tap + 0.5) / taps - 0.5) + 0.5));
    }
  }
  return map;
}

/** Device x and y as maps into the samples, whichever image axis each follows. */
function axisMaps(plan: DrawPlan, { width, height }: Raster): { readonly x: AxisMap; readonly y: AxisMap } {
  const { a, b, c, d, e, f } = plan.imageFromDevice;
  const { columns, rows, kind } = plan.source;
  const channels = kind === 'colour' ? 3 : 1;
  const column = { offset: e, count: columns, stride: channels, taps: plan.taps };
  const row = { offset: f, count: rows, stride: columns * channels, taps: plan.taps };
  const isTurned = a === 0 && d === 0;
  return isTurned
    ? { x: axisMap({ length: width, scale: b, ...row }), y: axisMap({ length: height, scale: c, ...column }) }
    : { x: axisMap({ length: width, scale: a, ...column }), y: axisMap({ length: height, scale: d, ...row }) };
}

/** Fills `pixels` (row by row, top first). The plan's map must be free of shear. */
export function paintSeparablePlan(pixels: Uint32Array, plan: DrawPlan, raster: Raster): void {
  const { x, y } = axisMaps(plan, raster);
  pixels.fill(BLACK);
  const { width } = raster;
  const valueAt = samplerFor(plan, x, y);
  if (plan.source.kind === 'grey' && plan.isLinear && plan.taps === 1 && plan.curve.kind === 'ramp') {
    paintBlendedRamp(pixels, { plan, x, y, width, valueAt });
  } else if (plan.source.kind === 'colour') paintColour(pixels, { plan, x, y, width, valueAt });
  else paintGrey(pixels, { plan, x, y, width, valueAt });
}

interface Work {
  readonly plan: DrawPlan;
  readonly x: AxisMap;
  readonly y: AxisMap;
  readonly width: number;
  readonly valueAt: ValueAt;
}

/** The blended sample of one channel at a device pixel; NaN where the nearest sample is padding. */
type ValueAt = (px: number, py: number, channel: number) => number;

function paintGrey(pixels: Uint32Array, { plan, x, y, width, valueAt }: Work): void {
  const palette = greyPalette(plan.isInverted);
  const levelOf = levelFunction(plan.curve);
  for (let py = y.from; py < y.to; py += 1) {
    for (let px = x.from; px < x.to; px += 1) {
      const value = valueAt(px, py, 0);
      if (value === value) pixels[py * width + px] = palette[levelOf(value)] ?? BLACK;
    }
  }
}

/**
 * The everyday case, a windowed slice enlarged: as `paintGrey` does it, without a call for each pixel. Where a neighbour
 * might be padding, the careful way takes over.
 */
function paintBlendedRamp(pixels: Uint32Array, { plan, x, y, width, valueAt }: Work): void {
  const samples: SampleArray = plan.source.samples;
  const palette = greyPalette(plan.isInverted);
  const { pivot, scale, offset } = plan.curve;
  const factor = scale * 255;
  const shift = offset * 255 + 0.5 - pivot * factor;
  const highestPadding = plan.padding?.max ?? Number.NEGATIVE_INFINITY;
  for (let py = y.from; py < y.to; py += 1) {
    const above = y.before[py] ?? 0;
    const below = y.after[py] ?? 0;
    const v = y.weight[py] ?? 0;
    for (let px = x.from; px < x.to; px += 1) {
      const left = x.before[px] ?? 0;
      const right = x.after[px] ?? 0;
      const u = x.weight[px] ?? 0;
      const a = samples[left + above] ?? 0;
      const b = samples[right + above] ?? 0;
      const c = samples[left + below] ?? 0;
      const d = samples[right + below] ?? 0;
      const upper = a + (b - a) * u;
      let value = upper + (c + (d - c) * u - upper) * v;
      if (a <= highestPadding || b <= highestPadding || c <= highestPadding || d <= highestPadding) {
        value = valueAt(px, py, 0);
        if (Number.isNaN(value)) continue;
      }
      const level = value * factor + shift;
      pixels[py * width + px] = palette[level <= 0 ? 0 : level >= 255 ? 255 : level | 0] ?? BLACK;
    }
  }
}

function paintColour(pixels: Uint32Array, { plan, x, y, width, valueAt }: Work): void {
  const turn = plan.isInverted ? 255 : 0;
  const sign = plan.isInverted ? -1 : 1;
  const level = (value: number): number => Math.round(turn + sign * value);
  for (let py = y.from; py < y.to; py += 1) {
    for (let px = x.from; px < x.to; px += 1) {
      const [red, green, blue] = [valueAt(px, py, 0), valueAt(px, py, 1), valueAt(px, py, 2)];
      pixels[py * width + px] = packed(level(red), level(green), level(blue));
    }
  }
}

/** 0 to 255. */
function levelFunction(curve: Curve): (value: number) => number {
  if (curve.kind !== 'ramp') return (value) => Math.round(lightOf(curve, value) * 255);
  const factor = curve.scale * 255;
  const shift = curve.offset * 255 + 0.5;
  const { pivot } = curve;
  return (value) => {
    const level = (value - pivot) * factor + shift;
    return level <= 0 ? 0 : level >= 255 ? 255 : level | 0;
  };
}

function samplerFor(plan: DrawPlan, x: AxisMap, y: AxisMap): ValueAt {
  const samples: SampleArray = plan.source.samples;
  const low = plan.padding?.min ?? 1;
  const high = plan.padding?.max ?? 0;
  if (plan.taps > 1) return tapSampler(plan, x, y);
  if (plan.isLinear) return linearSampler(plan, x, y);
  return (px, py, channel) => {
    const value = samples[(x.nearest[px] ?? 0) + (y.nearest[py] ?? 0) + channel] ?? 0;
    return value >= low && value <= high ? Number.NaN : value;
  };
}

function linearSampler(plan: DrawPlan, x: AxisMap, y: AxisMap): ValueAt {
  const samples: SampleArray = plan.source.samples;
  const low = plan.padding?.min ?? 1;
  const high = plan.padding?.max ?? 0;
  const isPadding = (value: number): boolean => value >= low && value <= high;
  return (px, py, channel) => {
    const left = (x.before[px] ?? 0) + channel;
    const right = (x.after[px] ?? 0) + channel;
    const above = y.before[py] ?? 0;
    const below = y.after[py] ?? 0;
    const u = x.weight[px] ?? 0;
    const v = y.weight[py] ?? 0;
    const a = samples[left + above] ?? 0;
    const b = samples[right + above] ?? 0;
    const c = samples[left + below] ?? 0;
    const d = samples[right + below] ?? 0;
    if (low <= high && (isPadding(a) || isPadding(b) || isPadding(c) || isPadding(d))) {
      const nearest = samples[(x.nearest[px] ?? 0) + (y.nearest[py] ?? 0) + channel] ?? 0;
      return isPadding(nearest) ? Number.NaN : meanWithout(isPadding, [a, b, c, d], u, v);
    }
    const upper = a + (b - a) * u;
    return upper + (c + (d - c) * u - upper) * v;
  };
}

/** The weighted mean of those of four neighbours that are no padding. */
function meanWithout(
  isPadding: (value: number) => boolean,
  [a, b, c, d]: readonly [number, number, number, number],
  u: number,
  v: number,
): number {
  const parts = [
    [a, (1 - u) * (1 - v)],
    [b, u * (1 - v)],
    [c, (1 - u) * v],
    [d, u * v],
  ] as const;
  const kept = parts.filter(([value]) => !isPadding(value));
  const weights = kept.reduce((sum, [, weight]) => sum + weight, 0);
  return kept.reduce((sum, [value, weight]) => sum + value * weight, 0) / weights;
}

function tapSampler(plan: DrawPlan, x: AxisMap, y: AxisMap): ValueAt {
  const samples: SampleArray = plan.source.samples;
  const { taps } = plan;
  const low = plan.padding?.min ?? 1;
  const high = plan.padding?.max ?? 0;
  return (px, py, channel) => {
    const nearest = samples[(x.nearest[px] ?? 0) + (y.nearest[py] ?? 0) + channel] ?? 0;
    if (nearest >= low && nearest <= high) return Number.NaN;
    let total = 0;
    let count = 0;
    for (let row = 0; row < taps; row += 1) {
      const start = (y.taps[py * taps + row] ?? 0) + channel;
      for (let column = 0; column < taps; column += 1) {
        const value = samples[start + (x.taps[px * taps + column] ?? 0)] ?? 0;
        if (value >= low && value <= high) continue;
        total += value;
        count += 1;
      }
    }
    return count > 0 ? total / count : nearest;
  };
}
