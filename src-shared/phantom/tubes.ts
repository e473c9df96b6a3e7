/** Vessels, airways, bowel and ribs: solids along curves, and trees that branch until they are fine. */
import { present } from '../base/assert';
import { add, cross, length, normalize, scale, subtract, type Vector3 } from '../geometry/vectors';
import { rod, type Shape } from './shapes';

/** A point of a centre line and the radius there, mm. */
export interface Station {
  readonly at: Vector3;
  readonly radius: number;
}

/** The stations with `between` more between each two, on a Catmull-Rom curve. */
export function smoothCourse(stations: readonly Station[], between = 5): Station[] {
  const pick = (index: number) => present(stations[Math.min(stations.length - 1, Math.max(0, index))], 'a station');
  const course: Station[] = [];
  for (let index = 0; index + 1 < stations.length; index++) {
    const four = [pick(index - 1), pick(index), pick(index + 1), pick(index + 2)] as const;
    for (let step = 0; step < between; step++) course.push(onCurve(four, step / between));
  }
  return [...course, pick(stations.length - 1)];
}

function onCurve([a, b, c, d]: readonly [Station, Station, Station, Station], t: number): Station {
  const along = (p: number, q: number, r: number, s: number) =>
    q + 0.5 * t * (r - p + t * (2 * p - 5 * q + 4 * r - s + t * (3 * (q - r) + s - p)));
  return {
    at: [
      along(a.at[0], b.at[0], c.at[0], d.at[0]),
      along(a.at[1], b.at[1], c.at[1], d.at[1]),
      along(a.at[2], b.at[2], c.at[2], d.at[2]),
    ],
    radius: b.radius + t * (c.radius - b.radius),
  };
}

/** One rod per piece of the course, each with its own small bounds, so that painting a slice meets few of them. */
export function tube(course: readonly Station[], widerBy = 0): Shape[] {
  return course.slice(1).map((to, index) => {
    const from = present(course[index], 'a station');
    return rod(from.at, to.at, [from.radius + widerBy, to.radius + widerBy]);
  });
}

export interface TreeOptions {
  readonly root: Station;
  readonly direction: Vector3;
  /** Length of the first branch, mm; later ones are shorter in proportion to their radius. */
  readonly lengthMm: number;
  /** Branches finer than this end. */
  readonly endRadius: number;
  readonly random: () => number;
  /** Depth below the surface of the organ; branches keep inside. */
  readonly depthAt: (x: number, y: number, z: number) => number;
}

/** All branches of a tree: each forks in two until it is fine or would leave its organ. */
export function growTree(options: TreeOptions): Shape[] {
  const branches: Shape[] = [];
  const grow = (from: Station, direction: Vector3) => {
    if (from.radius < options.endRadius || branches.length > 4000) return;
    const reach = options.lengthMm * (from.radius / options.root.radius) ** 0.45 * (0.75 + 0.5 * options.random());
    const tip = reachableTip(from, direction, reach, options);
    if (!tip) return;
    branches.push(...tube(bend(from, tip, options.random)));
    const swing = turnAside(direction, options.random);
    const share = 0.42 + 0.16 * options.random();
    grow({ at: tip.at, radius: tip.radius * share ** 0.36 }, add(direction, scale(swing, 0.55 + 0.3 * share)));
    grow(
      { at: tip.at, radius: tip.radius * (1 - share) ** 0.36 },
      subtract(direction, scale(swing, 0.95 - 0.3 * share)),
    );
  };
  grow(options.root, normalize(options.direction));
  return branches;
}

/** A tip inside the organ, with the branch shortened or turned inward as needed; `null` where there is no room. */
function reachableTip(from: Station, direction: Vector3, reach: number, options: TreeOptions): Station | null {
  const unit = normalize(direction);
  for (const share of [1, 0.7, 0.45]) {
    const at = add(from.at, scale(unit, reach * share));
    if (options.depthAt(...at) > 2.5) return { at, radius: from.radius * 0.93 };
  }
  return null;
}

function bend(from: Station, to: Station, random: () => number): Station[] {
  const aside = scale(turnAside(subtract(to.at, from.at), random), length(subtract(to.at, from.at)) * 0.08);
  const middle = add(scale(add(from.at, to.at), 0.5), aside);
  return smoothCourse([from, { at: middle, radius: (from.radius + to.radius) / 2 }, to], 2);
}

/** A unit vector across `direction`, at a random angle around it. */
function turnAside(direction: Vector3, random: () => number): Vector3 {
  const anywhere: Vector3 = [random() - 0.5, random() - 0.5, random() - 0.5];
  return normalize(cross(normalize(direction), anywhere));
}
