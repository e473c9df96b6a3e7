import { describe, expect, it } from 'vitest';
import { greyFrame } from '../../../../tests/support/decodedFrame';
import { instanceRecord } from '../../../../tests/support/stackContent';
import { imagePoint } from '../../../viewing/spaces';
import { automaticWindow } from './automaticWindow';
import { probeAt } from './probe';
import { resolveVoi } from './resolveVoi';

describe('probe', () => {
  it('[VIEW20] reads stored value, modality value with unit, and position of the pixel under the point', () => {
    const frame = greyFrame(Array.from({ length: 1024 }, (_, index) => index));
    expect(probeAt(frame, instanceRecord, imagePoint(2.4, 0.6))).toEqual({
      column: 2,
      row: 1,
      stored: [514],
      value: 514 - 1024,
      unit: 'HU',
      positionMm: [-100 + 2 * 0.5, -50 + 1 * 0.5, 0],
    });
  });

  it.each([
    [-0.51, 0],
    [0, -0.51],
    [511.51, 0],
    [0, 255.51],
  ])('[VIEW20] is silent outside the image (%f, %f)', (x, y) => {
    expect(probeAt(greyFrame(), instanceRecord, imagePoint(x, y))).toBeNull();
  });

  it('[VIEW20] gives no position when the spacing is measured at the detector', () => {
    const record = { ...instanceRecord, spacing: { rowMm: 1, columnMm: 1, source: 'imager-pixel-spacing' as const } };
    expect(probeAt(greyFrame(), record, imagePoint(0, 0))?.positionMm).toBeNull();
  });

  it('[VIEW20] reads a Modality LUT, its ends held', () => {
    const table = { firstMapped: 10, bits: 16, entries: Uint16Array.of(100, 200, 300), explanation: '' };
    const grey = greyFrame([0, 11, 99]);
    const frame = { ...grey, display: { ...grey.display, modality: { kind: 'table' as const, table, unit: 'OD' } } };
    expect([0, 1, 2].map((x) => probeAt(frame, instanceRecord, imagePoint(x, 0))?.value)).toEqual([100, 200, 300]);
  });

  it('[VIEW20] reads red, green and blue of colour', () => {
    const frame = greyFrame([], { kind: 'colour', samples: Uint8Array.of(1, 2, 3, 4, 5, 6) });
    expect(probeAt(frame, instanceRecord, imagePoint(1, 0))).toMatchObject({
      stored: [4, 5, 6],
      value: null,
      unit: '',
    });
  });
});

describe('window of a frame', () => {
  it('[VIEW12] the file speaks first: a table before a window', () => {
    const frame = greyFrame();
    const table = { firstMapped: 0, bits: 8, entries: new Uint16Array(256), explanation: '' };
    const withTable = { ...frame, display: { ...frame.display, voiTables: [table] } };
    expect([resolveVoi({ kind: 'default' }, frame).voi, resolveVoi({ kind: 'default' }, withTable).voi]).toEqual([
      { kind: 'window', center: 40, width: 400, fn: 'LINEAR' },
      { kind: 'table', table },
    ]);
  });

  it('[VIEW12] without any, the values of the image decide, outliers and padding left out', () => {
    const grey = greyFrame([30_000]);
    const samples = grey.samples.map((value, index) => (index === 0 ? value : index % 2 === 0 ? -2000 : index % 1000));
    const display = { ...grey.display, windows: [], padding: { min: -2000, max: -2000 } };
    const { center, width } = automaticWindow({ ...grey, samples, display });
    expect([Math.abs(center - (500 - 1024)) < 30, Math.abs(width - 985) < 30]).toEqual([true, true]);
  });

  it('[VIEW12] a flat image still has a window', () => {
    expect(automaticWindow(greyFrame())).toEqual({ center: -1024, width: 1 });
  });

  it('[VIEW12] a chosen window below a width of 1 is exact', () => {
    const { voi } = resolveVoi({ kind: 'explicit', center: 0.5, width: 0.2 }, greyFrame());
    expect(voi).toEqual({ kind: 'window', center: 0.5, width: 0.2, fn: 'LINEAR_EXACT' });
  });
});
