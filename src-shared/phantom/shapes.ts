/**
 * Solids in patient space (LPS, mm) as signed depth functions: positive inside, negative outside, zero on the surface.
 * Depth is in millimetres and exact at the surface; away from it it is an estimate of the same sign, at most twice the
 * true distance, so that who samples a shape may take long steps.
 */
import { dot, normalize, scale, subtract, type Vector3 } from '../geometry/vectors';

export interface Box {
  readonly min: Vector3;
  readonly max: Vector3;
}

export interface Shape {
  /** Nothing of the shape lies outside. */
  readonly bounds: Box;
  readonly depthAt: (x: number, y: number, z: number) => number;
}

export const EVERYWHERE: Box = {
  min: [-Infinity, -Infinity, -Infinity],
  max: [Infinity, Infinity, Infinity],
};

export function sphere(centre: Vector3, radius: number): Shape {
  const [cx, cy, cz] = centre;
  return {
    bounds: around(centre, [radius, radius, radius]),
    depthAt: (x, y, z) => radius - Math.sqrt((x - cx) ** 2 + (y - cy) ** 2 + (z - cz) ** 2),
  };
}

/** An ellipsoid with axes along x, y, z, then turned by `turnRad` about z (from +x towards +y). */
export function ellipsoid(centre: Vector3, radii: Vector3, turnRad = 0): Shape {
  const [cx, cy, cz] = centre;
  const [rx, ry, rz] = radii;
  const [cos, sin] = [Math.cos(turnRad), Math.sin(turnRad)];
  const least = Math.min(rx, ry, rz);
  return {
    bounds: around(centre, [Math.hypot(rx * cos, ry * sin), Math.hypot(rx * sin, ry * cos), rz]),
    depthAt: (x, y, z) => {
      const dx = x - cx;
      const dy = y - cy;
      const u = (dx * cos + dy * sin) / rx;
      const v = (dy * cos - dx * sin) / ry;
      const w = (z - cz) / rz;
      const reach = Math.sqrt(u * u + v * v + w * w);
      if (reach < 0.05) return least * (1 - reach);
      const gu = u / rx;
      const gv = v / ry;
      const gw = w / rz;
      const estimate = (reach * (1 - reach)) / Math.sqrt(gu * gu + gv * gv + gw * gw);
      return Math.min(estimate, 2 * least * (1 - reach) + CLOSE_MM);
    },
  };
}

/** A rod with round ends whose radius runs from one end's to the other's. */
export function rod(from: Vector3, to: Vector3, radii: readonly [from: number, to: number]): Shape {
  const axis = subtract(to, from);
  const lengthSquared = Math.max(dot(axis, axis), 1e-9);
  const [ax, ay, az] = axis;
  const [x0, y0, z0] = from;
  const [r0, r1] = radii;
  const reach = Math.max(r0, r1);
  return {
    bounds: {
      min: [Math.min(x0, to[0]) - reach, Math.min(y0, to[1]) - reach, Math.min(z0, to[2]) - reach],
      max: [Math.max(x0, to[0]) + reach, Math.max(y0, to[1]) + reach, Math.max(z0, to[2]) + reach],
    },
    depthAt: (x, y, z) => {
      const dx = x - x0;
      const dy = y - y0;
      const dz = z - z0;
      const along = Math.min(1, Math.max(0, (dx * ax + dy * ay + dz * az) / lengthSquared));
      const ex = dx - along * ax;
      const ey = dy - along * ay;
      const ez = dz - along * az;
      return r0 + along * (r1 - r0) - Math.sqrt(ex * ex + ey * ey + ez * ez);
    },
  };
}

/** Nearer to the surface than this a depth is exact to first order; deeper inside it is at most twice the truth. */
export const CLOSE_MM = 2;

/** All points on the side of the plane to which `normal` does not point. */
export function halfSpace(point: Vector3, normal: Vector3): Shape {
  const [nx, ny, nz] = normalize(normal);
  const at = dot([nx, ny, nz], point);
  return { bounds: boundsOfHalf(point, [nx, ny, nz]), depthAt: (x, y, z) => at - (nx * x + ny * y + nz * z) };
}

/** A border across one axis bounds the half on that axis. */
function boundsOfHalf(point: Vector3, normal: Vector3): Box {
  const limit = (sign: 1 | -1) => (axis: 0 | 1 | 2) =>
    Math.abs(normal[axis] - sign) < 1e-9 ? point[axis] : sign * Infinity;
  const [low, high] = [limit(-1), limit(1)];
  return { min: [low(0), low(1), low(2)], max: [high(0), high(1), high(2)] };
}

/** The shape moved by `offset`. */
export function moved(shape: Shape, offset: Vector3): Shape {
  const [ox, oy, oz] = offset;
  const { min, max } = shape.bounds;
  return {
    bounds: {
      min: [min[0] + ox, min[1] + oy, min[2] + oz],
      max: [max[0] + ox, max[1] + oy, max[2] + oz],
    },
    depthAt: (x, y, z) => shape.depthAt(x - ox, y - oy, z - oz),
  };
}

/** The shape's other self across the sagittal plane x = 0. */
export function mirrored({ bounds: { min, max }, depthAt }: Shape): Shape {
  return {
    bounds: { min: [-max[0], min[1], min[2]], max: [-min[0], max[1], max[2]] },
    depthAt: (x, y, z) => depthAt(-x, y, z),
  };
}

export function around(centre: Vector3, reach: Vector3): Box {
  return {
    min: subtract(centre, reach),
    max: subtract(centre, scale(reach, -1)),
  };
}
