/** What runs by itself: cine, default layouts, walking through series. */
import { describe, expect, it } from 'vitest';
import type { SeriesRow } from '../../src-shared/contract';
import { instanceRecord, seriesRecord } from '../../tests/support/stackContent';
import { rateOfData, tickCine, type CineClock } from './cine';
import { gridFor, readableSeries, seriesToOpen } from './hanging';
import { neighbourEntry } from './openStudies';

function row(seriesId: number, modality: string, imageCount: number, number: number | null = seriesId): SeriesRow {
  const series = { ...seriesRecord, modality, number };
  return { seriesId, studyId: 1, series, instanceCount: imageCount, imageCount, missingCount: 0, thumbnail: 'pending' };
}

const ids = (rows: readonly SeriesRow[]) => rows.map(({ seriesId }) => seriesId);

describe('cine', () => {
  /** Steps made by ticks at these times. */
  const steps = (times: readonly number[], rate: number): number =>
    times.reduce<{ clock: CineClock; due: number }>(
      (sum, time) => {
        const { isDue, clock } = tickCine(sum.clock, time, rate);
        return { clock, due: sum.due + (isDue ? 1 : 0) };
      },
      { clock: { lastStepMs: null }, due: 0 },
    ).due;
  const display = (count: number) => Array.from({ length: count }, (_, index) => (index * 1000) / 60);

  it.each([10, 15, 30, 60])('[VIEW13] shows %i images in a second of a 60 Hz display', (rate) => {
    expect(Math.abs(steps(display(61), rate) - rate)).toBeLessThanOrEqual(1);
  });

  it('[VIEW13] a long pause is followed by one image, not by a burst', () => {
    expect(steps([0, 2000, 2010, 2020], 15)).toBe(1);
  });

  it.each([
    [{ recommendedFramesPerSecond: 25, frameTimeMs: 100 }, 25],
    [{ recommendedFramesPerSecond: null, frameTimeMs: 40 }, 25],
    [{ recommendedFramesPerSecond: 0, frameTimeMs: 0 }, null],
  ])('[VIEW13] takes its rate from the data: %o', (changed, expected) => {
    const record = { ...instanceRecord, ...changed };
    expect(rateOfData({ ref: { instanceId: 1, frameIndex: 0 }, record, positionMm: null, isMissing: false })).toBe(
      expected,
    );
  });
});

describe('default layout', () => {
  it('[VIEW14] a CT opens with its volumes, scouts left aside', () => {
    expect(ids(seriesToOpen([row(1, 'CT', 2), row(2, 'CT', 120), row(3, 'CT', 80), row(4, 'CT', 60)]))).toEqual([2, 3]);
  });

  it('[VIEW14] a scout opens when there is nothing else', () => {
    expect(ids(seriesToOpen([row(1, 'CT', 2)]))).toEqual([1]);
  });

  it('[VIEW14] a study of several modalities opens with the one that has the most images', () => {
    expect(ids(seriesToOpen([row(1, 'DX', 1), row(2, 'CT', 120), row(3, 'OT', 3)]))).toEqual([2]);
  });

  it('[VIEW14] an MR opens with up to four series', () => {
    expect(ids(seriesToOpen([5, 4, 3, 2, 1].map((number) => row(number, 'MR', 20))))).toEqual([1, 2, 3, 4]);
  });

  it('[VIEW14] series without images are left out, numberless ones come last', () => {
    expect(ids(readableSeries([row(1, 'CT', 9, null), row(2, 'SR', 0), row(3, 'CT', 9, 7)]))).toEqual([3, 1]);
  });

  it.each([
    [0, 1, 1],
    [2, 1, 2],
    [3, 2, 2],
    [5, 2, 3],
    [16, 4, 4],
  ])('[VIEW14] %i viewports need a grid of %i × %i', (count, rows, columns) => {
    expect(gridFor(count)).toEqual({ rows, columns });
  });
});

describe('walking through series', () => {
  const entries = [
    { seriesId: 1, stackIndex: 0 },
    { seriesId: 1, stackIndex: 1 },
    { seriesId: 2, stackIndex: 0 },
  ];

  it('[VIEW15] goes stack by stack and holds at the ends', () => {
    const [first, second, third] = entries;
    expect([
      neighbourEntry(entries, first ?? null, 1),
      neighbourEntry(entries, second ?? null, 1),
      neighbourEntry(entries, third ?? null, 1),
      neighbourEntry(entries, null, 1),
      neighbourEntry(entries, null, -1),
    ]).toEqual([second, third, null, first, third]);
  });
});
