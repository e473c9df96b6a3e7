/** Where the samples of a phantom series lie: a stack of planes in LPS millimetres. */
import { present } from '../base/assert';
import { add, cross, dot, normalize, scale, type Vector3 } from '../geometry/vectors';
import type { SamplePlane } from './scene';

export interface PhantomGrid {
  readonly columns: number;
  readonly rows: number;
  readonly columnSpacingMm: number;
  readonly rowSpacingMm: number;
  /** Unit vectors: along a row, down a column. */
  readonly rowDirection: Vector3;
  readonly columnDirection: Vector3;
  /** Centre of the first voxel of every slice, in the order of their instance numbers. */
  readonly origins: readonly Vector3[];
  /** Of the gantry, for the header; the geometry is in the vectors. */
  readonly tiltDeg?: number;
  readonly sliceThicknessMm: number;
}

export interface GridOptions {
  readonly columns: number;
  readonly rows: number;
  readonly slices: number;
  readonly spacingMm: number;
  /** Height of a pixel where it is not square. */
  readonly rowSpacingMm?: number;
  readonly sliceSpacingMm: number;
  /** Patient point at the centre of the volume. */
  readonly centre: Vector3;
  /** Axial when absent: rows to the left, columns to the back. */
  readonly rowDirection?: Vector3;
  readonly columnDirection?: Vector3;
  /** Slices left out, counted from 0: a series with gaps. */
  readonly missing?: readonly number[];
  /** Slices are turned by this about the row direction while the couch moves along `z`. Source: PS3.3 C.8.2.1.1. */
  readonly tiltDeg?: number;
}

/** A stack whose slices follow each other along row × column direction, or along the couch when the gantry is tilted. */
export function gridOf(options: GridOptions): PhantomGrid {
  const { columns, rows, spacingMm, sliceSpacingMm, tiltDeg = 0 } = options;
  const rowSpacingMm = options.rowSpacingMm ?? spacingMm;
  const rowDirection = normalize(options.rowDirection ?? [1, 0, 0]);
  const upright = normalize(options.columnDirection ?? [0, 1, 0]);
  const travel = cross(rowDirection, upright);
  const tiltRad = (tiltDeg * Math.PI) / 180;
  const columnDirection = add(scale(upright, Math.cos(tiltRad)), scale(travel, -Math.sin(tiltRad)));
  const toCorner = add(
    scale(rowDirection, (-(columns - 1) / 2) * spacingMm),
    scale(columnDirection, (-(rows - 1) / 2) * rowSpacingMm),
  );
  const missing = new Set(options.missing);
  const origins = Array.from({ length: options.slices }, (_, slice) => slice)
    .filter((slice) => !missing.has(slice))
    .map((slice) => {
      const along = (slice - (options.slices - 1) / 2) * sliceSpacingMm;
      return add(add(options.centre, toCorner), scale(travel, along));
    });
  return {
    ...{ columns, rows, columnSpacingMm: spacingMm, rowSpacingMm, rowDirection, columnDirection, origins },
    sliceThicknessMm: sliceSpacingMm,
    ...(tiltDeg === 0 ? {} : { tiltDeg }),
  };
}

/** The patient point of a voxel; column, row and slice may be fractions only within the plane. */
export function patientPointOf(grid: PhantomGrid, column: number, row: number, slice: number): Vector3 {
  const origin = present(grid.origins[slice], 'a slice of the grid');
  return add(
    origin,
    add(scale(grid.rowDirection, column * grid.columnSpacingMm), scale(grid.columnDirection, row * grid.rowSpacingMm)),
  );
}

export function planeOf(grid: PhantomGrid, slice: number): SamplePlane {
  return {
    origin: present(grid.origins[slice], 'a slice of the grid'),
    columnStep: scale(grid.rowDirection, grid.columnSpacingMm),
    rowStep: scale(grid.columnDirection, grid.rowSpacingMm),
    columns: grid.columns,
    rows: grid.rows,
  };
}

/** Distance of a slice from the patient origin along the normal, mm. */
export function slicePositionMm(grid: PhantomGrid, slice: number): number {
  return dot(present(grid.origins[slice], 'a slice'), cross(grid.rowDirection, grid.columnDirection));
}
