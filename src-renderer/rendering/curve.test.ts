import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lightOf, windowCurve } from './curve';

const noRescale = { slope: 1, intercept: 0 };
const finite = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('windowCurve', () => {
  it.each([
    ['LINEAR, below', 'LINEAR', 2048, 4096, 0, 0],
    ['LINEAR, above', 'LINEAR', 2048, 4096, 4095, 1],
    ['LINEAR, at its centre', 'LINEAR', 2048, 4096, 2047.5, 0.5],
    ['LINEAR, a window of 1 is a step above center - 0.5', 'LINEAR', 10, 1, 9.5, 0],
    ['LINEAR, a window of 1, just above', 'LINEAR', 10, 1, 10, 1],
    ['LINEAR, a window of 2 has one level between', 'LINEAR', 10, 2, 9.5, 0.5],
    ['LINEAR_EXACT, at its centre', 'LINEAR_EXACT', 10, 20, 10, 0.5],
    ['LINEAR_EXACT, a quarter below the top', 'LINEAR_EXACT', 10, 20, 15, 0.75],
    ['SIGMOID, at its centre', 'SIGMOID', 10, 20, 10, 0.5],
    ['SIGMOID, half a window above', 'SIGMOID', 10, 20, 20, 1 / (1 + Math.exp(-2))],
  ] as const)('%s', (_name, fn, center, width, value, light) => {
    expect(lightOf(windowCurve({ center, width, fn }, noRescale), value)).toBeCloseTo(light, 12);
  });

  it('takes the window back through any rescale', () => {
    fc.assert(
      fc.property(
        fc.record({
          fn: fc.constantFrom('LINEAR' as const, 'LINEAR_EXACT', 'SIGMOID'),
          center: finite(-2000, 2000),
          width: finite(2, 5000),
        }),
        fc.record({
          slope: fc.oneof(finite(-20, -0.01), fc.constant(0), finite(0.01, 20)),
          intercept: finite(-3000, 3000),
        }),
        fc.integer({ min: -32768, max: 65535 }),
        (window, rescale, stored) => {
          const throughRescale = lightOf(windowCurve(window, rescale), stored);
          const onModality = lightOf(windowCurve(window, noRescale), stored * rescale.slope + rescale.intercept);
          expect(throughRescale).toBeCloseTo(onModality, 6);
        },
      ),
      { seed: 20261122 },
    );
  });
});
