import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vector3 } from '../geometry/vectors';
import { instanceRecord } from '../../tests/support/stackContent';
import type { ImagePlane, InstanceRecord, PixelDescription } from './records';
import type { Stack } from './stack';
import { stacksOf, type SeriesImage } from './stacks';

const pixels = instanceRecord.pixels as PixelDescription;

const axial = { rowDirection: [1, 0, 0], columnDirection: [0, 1, 0] } as const;
const sagittal = { rowDirection: [0, 1, 0], columnDirection: [0, 0, -1] } as const;

function at(x: number, y: number, z: number, directions: Omit<ImagePlane, 'position'> = axial): ImagePlane {
  return { position: [x, y, z], ...directions };
}

let lastId = 0;

function image(record: Partial<InstanceRecord>, isMissing = false): SeriesImage {
  lastId += 1;
  const sopInstanceUid = `2.25.${lastId}`;
  return { instanceId: lastId, record: { ...instanceRecord, plane: null, sopInstanceUid, ...record }, isMissing };
}

const series = (...records: readonly Partial<InstanceRecord>[]): Stack[] =>
  stacksOf(records.map((record) => image(record)));

const heights = (stack: Stack | undefined): (number | null)[] =>
  stack?.images.map(({ positionMm }) => positionMm) ?? [];
const numbersOf = (stack: Stack | undefined): (number | null)[] =>
  stack?.images.map(({ record }) => record.instanceNumber) ?? [];
const summary = (stacks: readonly Stack[]) =>
  stacks.map(({ label, splitBy, images }) => ({ label, splitBy, count: images.length }));
const codes = (stack: Stack | undefined): string[] => stack?.issues.map(({ code }) => code) ?? [];

describe('order', () => {
  it('[STK5] is by position along the normal, whatever the numbers say', () => {
    const [stack] = series(
      { plane: at(0, 0, 20), instanceNumber: 1 },
      { plane: at(0, 0, -10), instanceNumber: 2 },
      { plane: at(0, 0, 5), instanceNumber: 3 },
    );
    expect([stack?.ordering, heights(stack)]).toEqual(['position', [-10, 5, 20]]);
  });

  it('[STK5] is by instance number without positions, unknown ones last', () => {
    const [stack] = series({ instanceNumber: 10 }, { instanceNumber: null }, { instanceNumber: 2 });
    expect([stack?.ordering, numbersOf(stack)]).toEqual(['instance-number', [2, 10, null]]);
  });

  it('[STK5] does not depend on the order in which instances come', () => {
    const images = Array.from({ length: 12 }, (_, index) =>
      image({ plane: at(0, 0, (index % 6) * 3), instanceNumber: index, echoTimeMs: index < 6 ? 10 : 20 }),
    );
    const expected = stacksOf(images);
    fc.assert(
      fc.property(fc.shuffledSubarray(images, { minLength: images.length }), (shuffled) => {
        expect(stacksOf(shuffled)).toEqual(expected);
      }),
    );
  });
});

describe('splitting', () => {
  const slices = (changed: Partial<InstanceRecord>, count = 3): Partial<InstanceRecord>[] =>
    Array.from({ length: count }, (_, index) => ({ plane: at(0, 0, index), instanceNumber: index, ...changed }));

  it.each<[string, Partial<InstanceRecord>, Partial<InstanceRecord>, string, string]>([
    ['echo', { echoTimeMs: 20 }, { echoTimeMs: 40 }, 'TE 20 ms', 'TE 40 ms'],
    ['matrix-size', {}, { pixels: { ...pixels, rows: 128 } }, '512 × 256', '512 × 128'],
    [
      'pixel-spacing',
      { spacing: { rowMm: 1, columnMm: 1, source: 'pixel-spacing' } },
      { spacing: { rowMm: 2, columnMm: 2, source: 'pixel-spacing' } },
      '1.000 mm pixels',
      '2.000 mm pixels',
    ],
    [
      'localizer',
      { imageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'] },
      { imageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] },
      '',
      'Localizer',
    ],
  ])('[STK1] by %s, and says so', (reason, first, second, firstLabel, secondLabel) => {
    expect(summary(series(...slices(first), ...slices(second, 2)))).toEqual([
      { label: firstLabel, splitBy: [reason], count: 3 },
      { label: secondLabel, splitBy: [reason], count: 2 },
    ]);
  });

  it('[STK1] by orientation, named by plane', () => {
    const stacks = series(
      { plane: at(0, 0, 0) },
      { plane: at(0, 0, 1) },
      { plane: at(0, 0, 0, sagittal) },
      { plane: at(1, 0, 0, sagittal) },
      { plane: at(2, 0, 0, sagittal) },
    );
    expect(summary(stacks)).toEqual([
      { label: 'SAGITTAL', splitBy: ['orientation'], count: 3 },
      { label: 'AXIAL', splitBy: ['orientation'], count: 2 },
    ]);
  });

  it('[STK1] not by what rounding changes', () => {
    const turned = Math.sin((0.05 * Math.PI) / 180);
    const nearly: Vector3 = [Math.sqrt(1 - turned * turned), turned, 0];
    const nearlyDown: Vector3 = [-turned, Math.sqrt(1 - turned * turned), 0];
    const stacks = series(
      { plane: at(0, 0, 0), spacing: { rowMm: 0.7, columnMm: 0.7, source: 'pixel-spacing' } },
      {
        plane: at(0, 0, 1, { rowDirection: nearly, columnDirection: nearlyDown }),
        spacing: { rowMm: 0.70001, columnMm: 0.7, source: 'pixel-spacing' },
      },
    );
    expect(summary(stacks)).toEqual([{ label: '', splitBy: [], count: 2 }]);
  });

  it.each<[string, Partial<InstanceRecord>, Partial<InstanceRecord>, string]>([
    ['b-value', { diffusionBValue: 0 }, { diffusionBValue: 1000 }, 'b 1000'],
    ['temporal-position', { temporalPosition: 1 }, { temporalPosition: 2 }, 'Time point 2'],
    ['temporal-position', { triggerTimeMs: 0 }, { triggerTimeMs: 40 }, 'Trigger 40 ms'],
    ['acquisition', { acquisitionNumber: 1 }, { acquisitionNumber: 2 }, 'Acquisition 2'],
    ['image-type', { imageType: ['O', 'P', 'M'] }, { imageType: ['O', 'P', 'W'] }, 'W'],
    ['repeated-position', { instanceNumber: 1 }, { instanceNumber: 2 }, 'Pass 2'],
  ])('[STK2] explains images at one place by %s', (reason, first, second, secondLabel) => {
    const stacks = series(...slices(first), ...slices(second));
    expect(stacks.map(({ splitBy, images }) => ({ splitBy, count: images.length }))).toEqual([
      { splitBy: [reason], count: 3 },
      { splitBy: [reason], count: 3 },
    ]);
    expect(stacks[1]?.label).toBe(secondLabel);
  });

  it('[STK2] leaves differences alone that explain nothing', () => {
    const stacks = series(
      ...[0, 1, 2, 3].map((index) => ({
        plane: at(0, 0, index),
        acquisitionNumber: index,
        acquisitionTime: `10150${index}`,
        temporalPosition: index,
      })),
    );
    expect(summary(stacks)).toEqual([{ label: '', splitBy: [], count: 4 }]);
  });

  it('[STK2] passes are the n-th images at each place, in the order of instance numbers', () => {
    const stacks = series(
      ...[1, 2, 3, 4, 5, 6].map((instanceNumber) => ({ plane: at(0, 0, (instanceNumber - 1) % 3), instanceNumber })),
    );
    expect(stacks.map(numbersOf)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  it('[STK3] a film at one place stays one stack by instance number', () => {
    const [stack, ...others] = series(
      ...[3, 1, 2].map((instanceNumber) => ({ plane: at(0, 0, 7), instanceNumber, triggerTimeMs: instanceNumber })),
    );
    expect(others).toEqual([]);
    expect({ ordering: stack?.ordering, numbers: numbersOf(stack), spacing: stack?.geometry?.spacingMinMm }).toEqual({
      ordering: 'instance-number',
      numbers: [1, 2, 3],
      spacing: null,
    });
  });

  it('[STK4] a rotation stays one stack and says that it has no common orientation', () => {
    const turns = [0, 15, 30, 45, 60].map((angle, index): Partial<InstanceRecord> => {
      const [sin, cos] = [Math.sin((angle * Math.PI) / 180), Math.cos((angle * Math.PI) / 180)];
      return {
        plane: at(0, 0, 0, { rowDirection: [cos, sin, 0], columnDirection: [0, 0, -1] }),
        instanceNumber: 5 - index,
      };
    });
    const [stack, ...others] = series(...turns);
    expect(others).toEqual([]);
    expect([numbersOf(stack), stack?.geometry, codes(stack)]).toEqual([[1, 2, 3, 4, 5], null, ['orientations-differ']]);
  });

  it('[STK7] gives every stack of a series another label', () => {
    const stacks = series({ pixels: { ...pixels, frames: 2 } }, { pixels: { ...pixels, frames: 3 } });
    expect(new Set(stacks.map(({ label }) => label)).size).toBe(2);
  });
});

describe('multi-frame objects', () => {
  it('[STK6] are stacks of their own, by frame number, beside single images', () => {
    const stacks = series({ pixels: { ...pixels, frames: 3 }, instanceNumber: 8 }, { plane: at(0, 0, 0) });
    expect(
      stacks.map(({ ordering, splitBy, images }) => [ordering, splitBy, images.map(({ ref }) => ref.frameIndex)]),
    ).toEqual([
      ['frame-number', ['multi-frame'], [0, 1, 2]],
      ['instance-number', ['multi-frame'], [0]],
    ]);
  });

  it('[STK6] have a place for each frame where they say so', () => {
    const framePlanes = [at(0, 0, 30), at(0, 0, 20), at(0, 0, 10)];
    const [stack] = series({ pixels: { ...pixels, frames: 3 }, framePlanes });
    expect({
      heights: heights(stack),
      planes: stack?.images.map(({ record }) => record.plane),
      spacing: stack?.geometry?.spacingMaxMm,
    }).toEqual({ heights: [30, 20, 10], planes: framePlanes, spacing: 10 });
  });
});

describe('geometry', () => {
  const column = (...positions: readonly Vector3[]): Stack | undefined =>
    series(...positions.map((position) => ({ plane: { position, ...axial } })))[0];

  it('[GEO3] equal spacing within 1 % is uniform', () => {
    const stack = column([0, 0, 0], [0, 0, 5], [0, 0, 10.04]);
    expect([stack?.geometry?.isUniform, codes(stack)]).toEqual([true, []]);
  });

  it('[GEO3] reports uneven spacing', () => {
    const stack = column([0, 0, 0], [0, 0, 5], [0, 0, 12]);
    expect([stack?.geometry?.isUniform, codes(stack)]).toEqual([false, ['spacing-uneven']]);
  });

  it('[GEO3] reports a missing slice, and where', () => {
    const stack = column([0, 0, 0], [0, 0, 2], [0, 0, 4], [0, 0, 8], [0, 0, 10], [0, 0, 12]);
    expect(stack?.issues).toEqual([
      { code: 'slice-gap', message: 'Slices are missing between slices 3 and 4: up to 4 mm apart instead of 2 mm.' },
    ]);
  });

  it('[GEO4] reports tilt, and does not straighten it', () => {
    const angle = Math.atan2(3, 10);
    const stack = column([0, 0, 0], [0, 3, 10], [0, 6, 20]);
    expect(stack?.geometry?.tiltDeg).toBeCloseTo((angle * 180) / Math.PI, 6);
    expect([codes(stack), stack?.images[1]?.record.plane?.position]).toEqual([['stack-tilted'], [0, 3, 10]]);
  });

  it('counts files that are gone', () => {
    const [stack] = stacksOf([image({ plane: at(0, 0, 0) }, true), image({ plane: at(0, 0, 1) })]);
    expect(stack?.issues).toEqual([{ code: 'files-missing', message: '1 of 2 images are not where they were.' }]);
  });

  it('leaves out what has no image', () => {
    expect(stacksOf([image({ pixels: null })])).toEqual([]);
  });
});
