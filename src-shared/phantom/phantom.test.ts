import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import dicomParser from 'dicom-parser';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cross, dot, subtract, type Vector3 } from '../geometry/vectors';
import { demoAxialSeries, DEMO_FILE_COUNT } from './demo';
import { gridOf, patientPointOf, planeOf, slicePositionMm } from './grid';
import { colourAt, colourPhantom, multiFrameAt, multiFramePhantom, ybrFromRgb } from './images';
import { packSlice, storedFrom, storedRange } from './pixels';
import { samplePlane, valueAt } from './scene';
import { seriesFiles, sliceFile, storedAt, truthAt, type PhantomSeries } from './series';
import { DEFAULT_RAMP, ORIENTATIONS, rampPhantom, spherePhantom } from './testPhantoms';
import { LESION, torsoScene } from './torso/torso';

const torso = torsoScene();

/** Stored values of a file, read by another parser than ours. */
function pixelsOf(bytes: Uint8Array): Int16Array {
  const dataSet = dicomParser.parseDicom(bytes);
  const element = dataSet.elements['x7fe00010'];
  if (!element) throw new Error('no pixel data');
  return new Int16Array(bytes.slice(element.dataOffset, element.dataOffset + element.length).buffer);
}

describe('scene', () => {
  it('sampled on any plane is the closed form at every point', () => {
    const direction = fc.integer({ min: 0, max: 359 }).map((degrees) => (degrees * Math.PI) / 180);
    const middle = fc.tuple(...[80, 60, 190].map((reach) => fc.integer({ min: -reach, max: reach })));
    fc.assert(
      fc.property(direction, direction, middle, (turn, tip, [x = 0, y = 0, z = 0]) => {
        const row: Vector3 = [Math.cos(turn), Math.sin(turn), 0];
        const column: Vector3 = [-Math.sin(turn) * Math.cos(tip), Math.cos(turn) * Math.cos(tip), Math.sin(tip)];
        const grid = gridOf({
          ...{ columns: 90, rows: 24, slices: 1, spacingMm: 2.3, rowSpacingMm: 7, sliceSpacingMm: 1 },
          ...{ centre: [x, y, z] as const, rowDirection: row, columnDirection: column },
        });
        const values = new Float32Array(grid.columns * grid.rows);
        samplePlane(torso, planeOf(grid, 0), values);
        for (let index = 0; index < values.length; index += 11) {
          const at = patientPointOf(grid, index % grid.columns, Math.floor(index / grid.columns), 0);
          expect(Math.abs((values[index] ?? NaN) - valueAt(torso, at))).toBeLessThan(0.5);
        }
      }),
      { numRuns: 10 },
    );
  }, 60_000);

  it('has a lesion of the announced size and density, with nothing inside it', () => {
    const { centre, diameterMm, value } = LESION;
    const along = (distance: number): Vector3[] =>
      (
        [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
          [-1, 0, 0],
          [0, -1, 0],
          [0, 0, -1],
        ] as const
      ).map(([x, y, z]) => [centre[0] + x * distance, centre[1] + y * distance, centre[2] + z * distance] as const);
    const inside = along(diameterMm / 2 - 0.8).map((point) => valueAt(torso, point));
    const outside = along(diameterMm / 2 + 0.8).map((point) => valueAt(torso, point));
    expect(inside).toEqual(inside.map(() => value));
    expect(Math.max(...outside)).toBeLessThan(-700);
  });

  it('is the same on every machine', () => {
    const points: Vector3[] = [
      [0, 0, 0],
      [30, -20, 40],
      [-60, 10, -60],
      [62, 44, -112],
    ];
    expect(points.map((point) => valueAt(torsoScene(), point))).toEqual(points.map((point) => valueAt(torso, point)));
  });
});

describe('grid', () => {
  it.each(Object.entries(ORIENTATIONS))(
    '%s: slices follow the normal, but for a tilted gantry',
    (name, orientation) => {
      const { grid } = rampPhantom({ grid: orientation });
      const [first, second] = [patientPointOf(grid, 0, 0, 0), patientPointOf(grid, 0, 0, 1)];
      const normal = cross(grid.rowDirection, grid.columnDirection);
      const step = subtract(second, first);
      const expected = name === 'tilted' ? 3 * Math.cos((18 * Math.PI) / 180) : 3;
      expect(dot(step, normal)).toBeCloseTo(expected, 6);
      expect(slicePositionMm(grid, 1) - slicePositionMm(grid, 0)).toBeCloseTo(expected, 6);
      expect(Math.abs(dot(grid.rowDirection, grid.columnDirection))).toBeLessThan(1e-9);
    },
  );

  it('leaves out the missing slices and nothing else', () => {
    const { grid } = rampPhantom({ grid: ORIENTATIONS.withGap });
    const positions = grid.origins.map((_, slice) => slicePositionMm(grid, slice));
    const steps = positions.slice(1).map((position, index) => Math.round(position - (positions[index] ?? 0)));
    expect(steps).toEqual([3, 3, 3, 3, 9, 3, 3, 3, 3]);
  });
});

describe('series', () => {
  it.each(Object.entries(ORIENTATIONS))('%s: the pixels of a ramp are its formula', (_name, orientation) => {
    const series = rampPhantom({ grid: orientation });
    const { base, gradient } = DEFAULT_RAMP;
    for (const [slice, { bytes }] of [...seriesFiles(series)].entries()) {
      const stored = pixelsOf(bytes);
      for (const [column, row] of [
        [0, 0],
        [63, 0],
        [0, 47],
        [31, 20],
      ] as const) {
        const point = patientPointOf(series.grid, column, row, slice);
        expect(Math.abs((stored[row * 64 + column] ?? NaN) - (base + dot(gradient, point)))).toBeLessThanOrEqual(0.501);
        expect(truthAt(series, point)).toBeCloseTo(base + dot(gradient, point), 6);
      }
    }
  });

  it('holds a ball of the announced volume', () => {
    const series = spherePhantom({ grid: { spacingMm: 1, sliceSpacingMm: 1, slices: 30 } });
    const inside = [...seriesFiles(series)].reduce(
      (count, { bytes }) => count + pixelsOf(bytes).filter((value) => value === 300).length,
      0,
    );
    const volume = (Math.PI / 6) * 24 ** 3;
    expect(Math.abs(inside / volume - 1)).toBeLessThan(0.01);
  });

  it.each([
    [8, 8, false, 1, 0],
    [16, 12, false, 1, -1024],
    [16, 16, false, 0.5, -1024],
    [16, 12, true, 1, 0],
    [16, 16, true, 2, -100],
  ] as const)(
    '%i bits allocated, %i stored, signed %s: values survive',
    (bitsAllocated, bitsStored, isSigned, slope, intercept) => {
      const format = { bitsAllocated, bitsStored, isSigned, slope, intercept, photometric: 'MONOCHROME2' as const };
      const [least, greatest] = storedRange(format);
      const values = Float32Array.of(least, 0, 5, greatest, greatest + 9, least - 9).map(
        (stored) => stored * slope + intercept,
      );
      const bytes = packSlice(values, format, { noise: 0, columns: 6, slice: 0 });
      const view = new DataView(bytes.buffer);
      const read = Array.from({ length: 6 }, (_, index) => {
        if (bitsAllocated === 8) return view.getUint8(index);
        return isSigned ? view.getInt16(index * 2, true) : view.getUint16(index * 2, true);
      });
      expect(read).toEqual([least, Math.max(0, least), 5, greatest, greatest, least]);
      expect(storedFrom(format, 5 * slope + intercept)).toBe(5);
    },
  );

  it('seeds tell series apart, equal seeds give equal bytes', () => {
    const firstOf = (series: PhantomSeries) => Buffer.from([...seriesFiles(series)][0]?.bytes ?? []);
    const same = firstOf(rampPhantom({ seed: 'a' }));
    expect(same.equals(firstOf(rampPhantom({ seed: 'a' })))).toBe(true);
    expect(same.equals(firstOf(rampPhantom({ seed: 'b' })))).toBe(false);
  });

  it('storedAt is what the file holds', () => {
    const series = spherePhantom({ format: { intercept: -1024, isSigned: false, bitsStored: 12 } });
    const files = [...seriesFiles(series)];
    expect(pixelsOf(files[6]?.bytes ?? new Uint8Array())[24 * 64 + 32]).toBe(storedAt(series, 32, 24, 6));
  });
});

describe('images', () => {
  it.each([
    ['RGB', 0],
    ['RGB', 1],
    ['YBR_FULL', 0],
  ] as const)('%s, planar %i: the pixel at (9, 5) is where it belongs', (photometric, planar) => {
    const { bytes } = colourPhantom({ columns: 20, rows: 10, photometric, planar });
    const pixels = bytes.subarray(-600);
    const at = 5 * 20 + 9;
    const read =
      planar === 0 ? [...pixels.subarray(at * 3, at * 3 + 3)] : [0, 1, 2].map((plane) => pixels[plane * 200 + at]);
    const rgb = colourAt(9, 5);
    expect(read).toEqual(photometric === 'RGB' ? [...rgb] : [...ybrFromRgb(rgb)]);
  });

  it('frames follow each other', () => {
    const { bytes } = multiFramePhantom({ columns: 16, rows: 8, frames: 5 });
    expect(bytes.subarray(-5 * 128)[3 * 128 + 2 * 16 + 7]).toBe(multiFrameAt(7, 2, 3));
  });
});

const hasDcmtk = spawnSync('dcmdump', ['--version']).status === 0;

describe.skipIf(!hasDcmtk)('objects, read by DCMTK (skipped without dcmdump)', () => {
  let folder = '';
  beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), 'isocenter-phantom-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('a demo slice has nothing wrong that DCMTK sees', () => {
    const series = demoAxialSeries(torso);
    const values = new Float32Array(series.grid.columns * series.grid.rows);
    samplePlane(torso, planeOf(series.grid, 100), values);
    const file = path.join(folder, 'slice.dcm');
    writeFileSync(file, sliceFile(series, 100, values).bytes);
    const dump = execFileSync('dcmdump', ['+P', 'PatientID', '+P', '0020,0032', '+P', '0028,0103', file], {
      encoding: 'utf8',
    });
    expect([...dump.matchAll(/\[(.*?)\]|US (\d)/g)].map((match) => match[1] ?? match[2])).toEqual([
      'DEMO-0001',
      '-191.5\\-183.5\\11',
      '1',
    ]);
  });
});

describe('demo', () => {
  it('has as many files as it says', () => {
    expect(DEMO_FILE_COUNT).toBe(200 + 48 + 40 + 1);
  });

  it('is no one', () => {
    expect(demoAxialSeries(torso).attributes).toMatchObject({ PatientID: 'DEMO-0001', PatientName: /^Phantom\^/ });
  });
});
