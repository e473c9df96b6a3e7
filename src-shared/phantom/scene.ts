/**
 * A scene: solids painted one over the other. Its value at a patient point is in closed form, so a test knows what
 * must be read there, and any plane, however oblique, can be sampled from it without interpolation.
 */
import { dot, type Vector3 } from '../geometry/vectors';
import { EVERYWHERE, type Shape } from './shapes';

/** A value, or a value by place; `below` is what was painted there before. Modality units. */
export type Filling = number | ((x: number, y: number, z: number, below: number) => number);

export interface Layer {
  readonly shape: Shape;
  readonly filling: Filling;
  /** The surface fades over twice this distance; absent: 0.7 mm. 0 is a hard edge. */
  readonly softMm?: number;
}

export interface Scene {
  readonly background: Filling;
  /** Later layers lie over earlier ones. */
  readonly layers: readonly Layer[];
}

/** A rectangle of sample points: centre of the first, and the steps in mm to the next column and the next row. */
export interface SamplePlane {
  readonly origin: Vector3;
  readonly columnStep: Vector3;
  readonly rowStep: Vector3;
  readonly columns: number;
  readonly rows: number;
}

const DEFAULT_SOFT_MM = 0.7;

/** The scene's value at one point, before any noise and rounding. */
export function valueAt(scene: Scene, [x, y, z]: Vector3): number {
  let value = fill(scene.background, x, y, z, 0);
  for (const layer of scene.layers) value = paint(layer, value, x, y, z);
  return value;
}

function paint({ shape, filling, softMm = DEFAULT_SOFT_MM }: Layer, below: number, x: number, y: number, z: number) {
  const depth = shape.depthAt(x, y, z);
  if (depth <= -softMm) return below;
  const value = fill(filling, x, y, z, below);
  return depth >= softMm ? value : below + coverage(depth / softMm) * (value - below);
}

/** 0 at -1, 1 at 1, smooth at both ends. */
function coverage(depth: number): number {
  const t = (depth + 1) / 2;
  return t * t * (3 - 2 * t);
}

function fill(filling: Filling, x: number, y: number, z: number, below: number): number {
  return typeof filling === 'number' ? filling : filling(x, y, z, below);
}

/** `valueAt` at every sample of the plane, row by row, into `values`: the same numbers, computed layer by layer. */
export function samplePlane(scene: Scene, plane: SamplePlane, values: Float32Array): void {
  paintRange({ filling: scene.background, shape: ALL }, plane, wholeOf(plane), values);
  for (const layer of scene.layers) {
    const range = rangeOf(layer, plane);
    if (range) paintRange(layer, plane, range, values);
  }
}

interface Range {
  readonly firstColumn: number;
  readonly lastColumn: number;
  readonly firstRow: number;
  readonly lastRow: number;
}

const ALL: Shape = { bounds: EVERYWHERE, depthAt: () => Infinity };

function wholeOf(plane: SamplePlane): Range {
  return { firstColumn: 0, lastColumn: plane.columns - 1, firstRow: 0, lastRow: plane.rows - 1 };
}

/**
 * Depths tell how far the surface is, so whole blocks lie outside or inside without being asked point by point. A depth
 * may be up to twice the true distance, hence the caution.
 */
const CAUTION = 0.5;

/** Blocks of at most this many samples are asked point by point. */
const SMALL_BLOCK = 6;

function paintRange(layer: Layer, plane: SamplePlane, range: Range, values: Float32Array): void {
  paintBlock({ layer, plane, values }, range.firstColumn, range.lastColumn, range.firstRow, range.lastRow);
}

interface Painting {
  readonly layer: Layer;
  readonly plane: SamplePlane;
  readonly values: Float32Array;
}

/** Bounds are included. Positional, because this runs some hundred thousand times a slice. */
function paintBlock(painting: Painting, left: number, right: number, top: number, bottom: number): void {
  const columns = right - left + 1;
  const rows = bottom - top + 1;
  if (columns * rows <= SMALL_BLOCK) {
    paintPoints(painting, left, right, top, bottom);
    return;
  }
  const { shape, softMm = DEFAULT_SOFT_MM } = painting.layer;
  const { origin, columnStep, rowStep } = painting.plane;
  const column = (left + right) / 2;
  const row = (top + bottom) / 2;
  const depth = shape.depthAt(
    origin[0] + column * columnStep[0] + row * rowStep[0],
    origin[1] + column * columnStep[1] + row * rowStep[1],
    origin[2] + column * columnStep[2] + row * rowStep[2],
  );
  const halfWidth = (columns / 2) * stepLength(columnStep);
  const halfHeight = (rows / 2) * stepLength(rowStep);
  if (Math.abs(depth) * CAUTION - softMm > Math.sqrt(halfWidth * halfWidth + halfHeight * halfHeight)) {
    if (depth > 0) fillBlock(painting, left, right, top, bottom);
    return;
  }
  if (halfWidth >= halfHeight) {
    const middle = Math.floor(column);
    paintBlock(painting, left, middle, top, bottom);
    paintBlock(painting, middle + 1, right, top, bottom);
  } else {
    const middle = Math.floor(row);
    paintBlock(painting, left, right, top, middle);
    paintBlock(painting, left, right, middle + 1, bottom);
  }
}

function stepLength(step: Vector3): number {
  return Math.sqrt(step[0] * step[0] + step[1] * step[1] + step[2] * step[2]);
}

function paintPoints({ layer, plane, values }: Painting, left: number, right: number, top: number, bottom: number) {
  const { origin, columnStep, rowStep } = plane;
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const at = row * plane.columns + column;
      values[at] = paint(
        layer,
        values[at] ?? 0,
        origin[0] + column * columnStep[0] + row * rowStep[0],
        origin[1] + column * columnStep[1] + row * rowStep[1],
        origin[2] + column * columnStep[2] + row * rowStep[2],
      );
    }
  }
}

function fillBlock({ layer, plane, values }: Painting, left: number, right: number, top: number, bottom: number) {
  const { filling } = layer;
  const { origin, columnStep, rowStep } = plane;
  for (let row = top; row <= bottom; row++) {
    const first = row * plane.columns;
    if (typeof filling === 'number') {
      values.fill(filling, first + left, first + right + 1);
      continue;
    }
    for (let column = left; column <= right; column++) {
      values[first + column] = filling(
        origin[0] + column * columnStep[0] + row * rowStep[0],
        origin[1] + column * columnStep[1] + row * rowStep[1],
        origin[2] + column * columnStep[2] + row * rowStep[2],
        values[first + column] ?? 0,
      );
    }
  }
}

/** Farther out than any scene is sampled: in place of infinity, with which no box has a middle. */
const BEYOND_MM = 1e5;

/** The samples that a layer can touch; `null` when it misses the plane. Steps must be perpendicular to each other. */
function rangeOf({ shape, softMm = DEFAULT_SOFT_MM }: Layer, plane: SamplePlane): Range | null {
  const { min, max } = shape.bounds;
  const [minX, minY, minZ] = [Math.max(min[0], -BEYOND_MM), Math.max(min[1], -BEYOND_MM), Math.max(min[2], -BEYOND_MM)];
  const [maxX, maxY, maxZ] = [Math.min(max[0], BEYOND_MM), Math.min(max[1], BEYOND_MM), Math.min(max[2], BEYOND_MM)];
  const centre: Vector3 = [(minX + maxX) / 2, (minY + maxY) / 2, (minZ + maxZ) / 2];
  const half: Vector3 = [(maxX - minX) / 2 + softMm, (maxY - minY) / 2 + softMm, (maxZ - minZ) / 2 + softMm];
  if (half[0] < 0 || half[1] < 0 || half[2] < 0 || missesPlane(centre, half, plane)) return null;
  const [firstColumn, lastColumn] = reachAlong(plane.columnStep, plane.columns, { centre, half, plane });
  const [firstRow, lastRow] = reachAlong(plane.rowStep, plane.rows, { centre, half, plane });
  return firstColumn > lastColumn || firstRow > lastRow ? null : { firstColumn, lastColumn, firstRow, lastRow };
}

interface BoxOnPlane {
  readonly centre: Vector3;
  readonly half: Vector3;
  readonly plane: SamplePlane;
}

/** First and last index along one direction of the plane that the box's shadow covers. */
function reachAlong(step: Vector3, count: number, { centre, half, plane }: BoxOnPlane): [number, number] {
  const stepSquared = dot(step, step);
  const middle = (dot(centre, step) - dot(plane.origin, step)) / stepSquared;
  const reach = spread(step, half) / stepSquared;
  return [Math.max(0, Math.floor(middle - reach)), Math.min(count - 1, Math.ceil(middle + reach))];
}

function missesPlane(centre: Vector3, half: Vector3, { origin, columnStep, rowStep }: SamplePlane): boolean {
  const normal: Vector3 = [
    columnStep[1] * rowStep[2] - columnStep[2] * rowStep[1],
    columnStep[2] * rowStep[0] - columnStep[0] * rowStep[2],
    columnStep[0] * rowStep[1] - columnStep[1] * rowStep[0],
  ];
  return Math.abs(dot(normal, centre) - dot(normal, origin)) > spread(normal, half);
}

/** How far the box reaches along a direction from its centre, times the direction's length. */
function spread(direction: Vector3, half: Vector3): number {
  return Math.abs(direction[0]) * half[0] + Math.abs(direction[1]) * half[1] + Math.abs(direction[2]) * half[2];
}
