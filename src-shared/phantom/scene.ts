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
 * Depths tell how far the surface is: whole runs lie outside or inside without being asked point by point. A depth may
 * be up to twice the true distance, hence the caution.
 */
const RUN_CAUTION = 0.5;

function paintRange(layer: Layer, plane: SamplePlane, range: Range, values: Float32Array): void {
  const { shape, softMm = DEFAULT_SOFT_MM } = layer;
  const { origin, columnStep, rowStep } = plane;
  const runsPerMm = RUN_CAUTION / Math.hypot(...columnStep);
  for (let row = range.firstRow; row <= range.lastRow; row++) {
    const x0 = origin[0] + row * rowStep[0];
    const y0 = origin[1] + row * rowStep[1];
    const z0 = origin[2] + row * rowStep[2];
    let column = range.firstColumn;
    while (column <= range.lastColumn) {
      const x = x0 + column * columnStep[0];
      const y = y0 + column * columnStep[1];
      const z = z0 + column * columnStep[2];
      const depth = shape.depthAt(x, y, z);
      const sure = Math.floor((Math.abs(depth) - softMm) * runsPerMm);
      const end = Math.min(range.lastColumn, column + Math.max(0, sure));
      if (depth > -softMm) {
        const share = depth >= softMm ? 1 : coverage(depth / softMm);
        fillRun(layer.filling, { plane, row, column, end, share, at: [x0, y0, z0] }, values);
      }
      column = end + 1;
    }
  }
}

interface Run {
  readonly plane: SamplePlane;
  readonly row: number;
  readonly column: number;
  readonly end: number;
  readonly share: number;
  /** First point of the row. */
  readonly at: Vector3;
}

function fillRun(filling: Filling, { plane, row, column, end, share, at }: Run, values: Float32Array): void {
  const [dx, dy, dz] = plane.columnStep;
  for (let index = column; index <= end; index++) {
    const place = row * plane.columns + index;
    const below = values[place] ?? 0;
    const value =
      typeof filling === 'number'
        ? filling
        : filling(at[0] + index * dx, at[1] + index * dy, at[2] + index * dz, below);
    values[place] = share === 1 ? value : below + share * (value - below);
  }
}

/** The samples that a layer can touch; `null` when it misses the plane. Steps must be perpendicular to each other. */
function rangeOf({ shape, softMm = DEFAULT_SOFT_MM }: Layer, plane: SamplePlane): Range | null {
  const { min, max } = shape.bounds;
  if (max[0] - min[0] === Infinity) return wholeOf(plane);
  const centre: Vector3 = [(min[0] + max[0]) / 2, (min[1] + max[1]) / 2, (min[2] + max[2]) / 2];
  const half: Vector3 = [
    (max[0] - min[0]) / 2 + softMm,
    (max[1] - min[1]) / 2 + softMm,
    (max[2] - min[2]) / 2 + softMm,
  ];
  if (half.some((extent) => extent < 0) || missesPlane(centre, half, plane)) return null;
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
