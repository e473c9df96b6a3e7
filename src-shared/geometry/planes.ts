/** The affine map between the pixels of an image plane and the patient. Source: PS3.3 C.7.6.2.1.1, equation C.7.6.2.1-1. */
import { add, dot, scale, subtract, type Vector3 } from './vectors';

declare const space: unique symbol;

/** LPS, millimetres. */
export type PatientPoint = Vector3 & { readonly [space]?: 'patient' };

/** Continuous column and row; (0, 0) is the centre of the first pixel. */
export interface PixelPoint {
  readonly column: number;
  readonly row: number;
}

/** A pixel grid in the patient. */
export interface PlaneGrid {
  /** Centre of the first pixel, LPS, millimetres. */
  readonly position: Vector3;
  /** Unit vectors, perpendicular to each other. */
  readonly rowDirection: Vector3;
  readonly columnDirection: Vector3;
  /** Between rows and between columns. */
  readonly rowMm: number;
  readonly columnMm: number;
}

export function imageToPatient(grid: PlaneGrid, { column, row }: PixelPoint): PatientPoint {
  const alongRow = scale(grid.rowDirection, column * grid.columnMm);
  const alongColumn = scale(grid.columnDirection, row * grid.rowMm);
  return add(grid.position, add(alongRow, alongColumn));
}

/** The pixel at the foot of the perpendicular from `point` to the plane. */
export function patientToImage(grid: PlaneGrid, point: PatientPoint): PixelPoint {
  const offset = subtract(point, grid.position);
  return {
    column: dot(offset, grid.rowDirection) / grid.columnMm,
    row: dot(offset, grid.columnDirection) / grid.rowMm,
  };
}
