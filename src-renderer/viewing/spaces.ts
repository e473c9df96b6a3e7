/** The planar spaces of a viewport. Patient and voxel spaces are three-dimensional and live in `src-shared/geometry`. */

declare const space: unique symbol;

interface PlanarPoint<Name extends string> {
  readonly x: number;
  readonly y: number;
  readonly [space]?: Name;
}

/** CSS pixels; (0,0) is the top-left corner of the viewport, y grows downward. */
export type CanvasPoint = PlanarPoint<'canvas'>;

/** `x` is the continuous column and `y` the continuous row; (0,0) is the centre of the first pixel. */
export type ImagePoint = PlanarPoint<'image'>;

export const canvasPoint = (x: number, y: number): CanvasPoint => ({ x, y });
export const imagePoint = (x: number, y: number): ImagePoint => ({ x, y });

/** CSS pixels. */
export interface CanvasSize {
  readonly width: number;
  readonly height: number;
}

/**
 * A planar affine map: `x' = a·x + c·y + e`, `y' = b·x + d·y + f` (the letters of `DOMMatrix`).
 */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** `left ∘ right`: applies `right` first. */
export function compose(left: Affine, right: Affine): Affine {
  return {
    a: left.a * right.a + left.c * right.b,
    b: left.b * right.a + left.d * right.b,
    c: left.a * right.c + left.c * right.d,
    d: left.b * right.c + left.d * right.d,
    e: left.a * right.e + left.c * right.f + left.e,
    f: left.b * right.e + left.d * right.f + left.f,
  };
}

/** The inverse map. A map that flattens the plane has none; a camera never makes one. */
export function invert(map: Affine): Affine {
  const determinant = map.a * map.d - map.b * map.c;
  const a = map.d / determinant;
  const b = -map.b / determinant;
  const c = -map.c / determinant;
  const d = map.a / determinant;
  return { a, b, c, d, e: -(a * map.e + c * map.f), f: -(b * map.e + d * map.f) };
}

/** `x`, `y` through the map. */
export function mapXY(map: Affine, point: { readonly x: number; readonly y: number }): { x: number; y: number } {
  return { x: map.a * point.x + map.c * point.y + map.e, y: map.b * point.x + map.d * point.y + map.f };
}
