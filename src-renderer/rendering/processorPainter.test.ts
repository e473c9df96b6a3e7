import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DrawPlan } from './drawPlan';
import { paintAnyPlan } from './processorGeneral';
import { paintSeparablePlan } from './processorSeparable';

const RASTER = { width: 19, height: 13, devicePixelRatio: 1 };

const scale = fc.double({ min: 0.05, max: 7, noNaN: true });
const sign = fc.constantFrom(-1, 1);
const offset = fc.double({ min: -20, max: 20, noNaN: true });

const maps = fc.record({
  sx: scale,
  sy: scale,
  signX: sign,
  signY: sign,
  e: offset,
  f: offset,
  isTurned: fc.boolean(),
});

const plans: fc.Arbitrary<DrawPlan> = fc
  .record({
    map: maps,
    columns: fc.integer({ min: 1, max: 9 }),
    rows: fc.integer({ min: 1, max: 9 }),
    kind: fc.constantFrom('grey' as const, 'colour'),
    isLinear: fc.boolean(),
    taps: fc.constantFrom(1, 1, 2, 4),
    curve: fc.constantFrom('ramp' as const, 'step', 'sigmoid'),
    hasPadding: fc.boolean(),
    isInverted: fc.boolean(),
  })
  .map(({ map, columns, rows, kind, isLinear, taps, curve, hasPadding, isInverted }) => {
    const a = map.sx * map.signX;
    const d = map.sy * map.signY;
    const samples = new Uint8Array(columns * rows * (kind === 'colour' ? 3 : 1));
    for (let at = 0; at < samples.length; at += 1) samples[at] = (at * 53) % 251;
    return {
      source: { columns, rows, kind, samples },
      imageFromDevice: map.isTurned
        ? { a: 0, b: a, c: d, d: 0, e: map.e, f: map.f }
        : { a, b: 0, c: 0, d, e: map.e, f: map.f },
      isLinear,
      taps,
      curve: { kind: curve, pivot: 120, scale: 1 / 90, offset: 0.5 },
      padding: hasPadding && kind === 'grey' ? { min: 50, max: 110 } : null,
      isInverted,
    };
  });

describe('drawing without a GPU', () => {
  it('gives the same picture the fast way as pixel by pixel', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const fast = new Uint32Array(RASTER.width * RASTER.height);
        const plain = new Uint32Array(RASTER.width * RASTER.height);
        paintSeparablePlan(fast, plan, RASTER);
        paintAnyPlan(plain, plan, RASTER);
        const levels = (pixels: Uint32Array) => new Uint8Array(pixels.buffer);
        const difference = levels(fast).map((level, at) => Math.abs(level - (levels(plain)[at] ?? 0)));
        expect(Math.max(...difference)).toBeLessThanOrEqual(1);
      }),
      { seed: 20261122, numRuns: 400 },
    );
  });
});
