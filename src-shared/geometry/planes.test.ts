import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageToPatient, patientToImage, type PlaneGrid } from './planes';
import { cross, length, normalize, type Vector3 } from './vectors';

const coordinate = fc.double({ min: -1000, max: 1000, noNaN: true });
const vector = fc.tuple(coordinate, coordinate, coordinate);
const spacing = fc.double({ min: 0.05, max: 20, noNaN: true });

const grids = fc
  .record({ position: vector, along: vector, aside: vector, rowMm: spacing, columnMm: spacing })
  .filter(({ along, aside }) => length(along) > 1 && length(aside) > 1 && length(cross(along, aside)) > 1)
  .map(({ position, along, aside, rowMm, columnMm }): PlaneGrid => {
    const rowDirection = normalize(along);
    const normal = normalize(cross(along, aside));
    return { position, rowDirection, columnDirection: cross(normal, rowDirection), rowMm, columnMm };
  });

describe('imageToPatient and patientToImage', () => {
  it('are inverse to each other on the plane', () => {
    fc.assert(
      fc.property(grids, coordinate, coordinate, (grid, column, row) => {
        const back = patientToImage(grid, imageToPatient(grid, { column, row }));
        expect(back.column).toBeCloseTo(column, 6);
        expect(back.row).toBeCloseTo(row, 6);
      }),
    );
  });

  it('put the first pixel at the position and count columns along the row direction', () => {
    const position: Vector3 = [10, 20, 30];
    const grid: PlaneGrid = { position, rowDirection: [0, 1, 0], columnDirection: [0, 0, -1], rowMm: 2, columnMm: 0.5 };
    expect(imageToPatient(grid, { column: 0, row: 0 })).toEqual(position);
    expect(imageToPatient(grid, { column: 4, row: 3 })).toEqual([10, 20 + 4 * 0.5, 30 - 3 * 2]);
  });
});
