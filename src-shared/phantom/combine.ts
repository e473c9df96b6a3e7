/** Solids made of solids. `roundMm` rounds the seam; 0 leaves it sharp. */
import type { Vector3 } from '../geometry/vectors';
import type { Box, Shape } from './shapes';

type Bounder = (a: number, b: number) => number;

/** Where one part says this, the others need not be asked; deeper than anything is grown by `eroded`. */
const FAR_OUTSIDE_MM = -25;

export function union(shapes: readonly Shape[], roundMm = 0): Shape {
  const grown = shapes.map(({ bounds }) => growBox(bounds, roundMm));
  return {
    bounds: grown.reduce((a, b) => joinBoxes(a, b, Math.min, Math.max)),
    depthAt: (x, y, z) => {
      let depth = -Infinity;
      for (const shape of shapes) depth = -smoothMin(-depth, -shape.depthAt(x, y, z), roundMm);
      return depth;
    },
  };
}

export function intersection(shapes: readonly Shape[], roundMm = 0): Shape {
  return {
    bounds: shapes.map(({ bounds }) => bounds).reduce((a, b) => joinBoxes(a, b, Math.max, Math.min)),
    depthAt: (x, y, z) => {
      let depth = Infinity;
      for (const shape of shapes) {
        depth = smoothMin(depth, shape.depthAt(x, y, z), roundMm);
        if (depth < FAR_OUTSIDE_MM) return depth;
      }
      return depth;
    },
  };
}

/** What of `from` is not in `cut`. */
export function difference(from: Shape, cut: Shape, roundMm = 0): Shape {
  return {
    bounds: from.bounds,
    depthAt: (x, y, z) => {
      const depth = from.depthAt(x, y, z);
      return depth < FAR_OUTSIDE_MM ? depth : smoothMin(depth, -cut.depthAt(x, y, z), roundMm);
    },
  };
}

/** The shape with `byMm` taken off all around (added when negative). */
export function eroded(shape: Shape, byMm: number): Shape {
  return { bounds: growBox(shape.bounds, Math.max(0, -byMm)), depthAt: (x, y, z) => shape.depthAt(x, y, z) - byMm };
}

/** The skin of a shape between two depths below its surface. */
export function shell(shape: Shape, fromMm: number, toMm: number): Shape {
  return {
    bounds: growBox(shape.bounds, Math.max(0, -fromMm)),
    depthAt: (x, y, z) => {
      const depth = shape.depthAt(x, y, z);
      return Math.min(depth - fromMm, toMm - depth);
    },
  };
}

/** Polynomial smooth minimum: equals `min` where the two differ by more than `round`, and is never above it. */
function smoothMin(a: number, b: number, round: number): number {
  const gap = Math.abs(a - b);
  if (round === 0 || gap >= round) return Math.min(a, b);
  const closeness = round - gap;
  return Math.min(a, b) - (closeness * closeness) / (4 * round);
}

function growBox({ min, max }: Box, by: number): Box {
  return { min: [min[0] - by, min[1] - by, min[2] - by], max: [max[0] + by, max[1] + by, max[2] + by] };
}

function joinBoxes(a: Box, b: Box, low: Bounder, high: Bounder): Box {
  const join = (u: Vector3, v: Vector3, choose: Bounder): Vector3 => [
    choose(u[0], v[0]),
    choose(u[1], v[1]),
    choose(u[2], v[2]),
  ];
  return { min: join(a.min, b.min, low), max: join(a.max, b.max, high) };
}
