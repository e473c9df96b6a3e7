/** Spine, ribs, breastbone, collar bones and shoulder blades. */
import { eroded, intersection, shell, union } from '../combine';
import { textureAt } from '../noise';
import type { Filling, Layer } from '../scene';
import { ellipsoid, halfSpace, mirrored, moved, rod, type Shape } from '../shapes';
import { smoothCourse, tube, type Station } from '../tubes';
import { cavity } from './body';

const CORTEX = 640;

const spongy: Filling = (x, y, z) => 185 + 60 * textureAt(x, y, z * 0.6, 3.2) + 22 * textureAt(x, y, z, 12);
const dense: Filling = (x, y, z) => CORTEX + 90 * textureAt(x, y, z, 9);

function curveOfSpine(z: number): number {
  return 46 + 15 * Math.exp(-(((z - 95) / 85) ** 2)) - 9 * Math.exp(-(((z + 135) / 75) ** 2)) - 0.00012 * z * z;
}

const SPINE_REACH_MM = 300;
const spineTable = Float64Array.from({ length: 2 * SPINE_REACH_MM + 1 }, (_, index) =>
  curveOfSpine(index - SPINE_REACH_MM),
);

/** Centre of the vertebral bodies at a height: bent backward in the chest, forward at the loins. */
export function spineY(z: number): number {
  const at = Math.min(2 * SPINE_REACH_MM - 1, Math.max(0, z + SPINE_REACH_MM));
  const below = Math.floor(at);
  const low = spineTable[below] ?? 0;
  return low + (at - below) * ((spineTable[below + 1] ?? 0) - low);
}

interface Vertebra {
  readonly z: number;
  readonly height: number;
  readonly halfWidth: number;
  readonly halfDepth: number;
  readonly isThoracic: boolean;
}

/** From the neck downward; growing as the load grows. */
export function vertebrae(): Vertebra[] {
  const list: Vertebra[] = [];
  for (let top = 222, index = 0; top > -250; index++) {
    const pitch = Math.min(37, 19.5 + index * 1.05);
    const height = pitch * 0.79;
    list.push({
      z: top - height / 2,
      height,
      halfWidth: 13.5 + index * 0.68,
      halfDepth: 11.5 + index * 0.42,
      isThoracic: index < 13,
    });
    top -= pitch;
  }
  return list;
}

function vertebralBody({ z, height, halfWidth, halfDepth }: Vertebra): Shape {
  const y = spineY(z);
  const half = height / 2;
  return {
    bounds: {
      min: [-halfWidth - 3, y - halfDepth - 3, z - half - 2],
      max: [halfWidth + 3, y + halfDepth + 3, z + half + 2],
    },
    depthAt: (px, py, pz) => {
      const rise = (pz - z) / half;
      const waist = 1 - 0.09 * (1 - rise * rise);
      const u = px / (halfWidth * waist);
      const v = (py - spineY(pz)) / (halfDepth * waist);
      const across = Math.sqrt(u * u + v * v);
      const dent = v > 0 ? 0.16 * v * v * Math.exp(-(u * u) * 5) : 0;
      const side = (1 - across - dent) * Math.min(halfWidth, halfDepth);
      const endPlate = half - Math.abs(pz - z) - 0.9 * Math.max(0, 1 - across * across);
      const [shortOfPlate, shortOfSide] = [Math.max(0, 3 - endPlate), Math.max(0, 3 - side)];
      const rounded = 3 - Math.sqrt(shortOfPlate * shortOfPlate + shortOfSide * shortOfSide);
      return Math.min(endPlate, side, rounded);
    },
  };
}

function vertebra(bone: Vertebra): Layer[] {
  const { z, height, halfWidth, halfDepth, isThoracic } = bone;
  const body = vertebralBody(bone);
  const y = spineY(z);
  const back = y + halfDepth;
  const reach = isThoracic ? 17 + halfWidth : 20 + halfWidth;
  const processes = ([1, -1] as const).flatMap((side) => [
    rod([side * 11, back - 3, z + height * 0.2], [side * 14, back + 12, z + height * 0.1], [4.6, 5]),
    rod([side * 14, back + 11, z + 3], [side * reach, back + (isThoracic ? 17 : 8), z + 4], [5.4, 3.4]),
    rod([side * 14, back + 13, z + 2], [side * 3, back + 23, z - height * 0.35], [4.2, 4.4]),
    ellipsoid([side * 15, back + 15, z - height * 0.45], [5.5, 6, 9]),
  ]);
  const spine = rod([0, back + 22, z - 6], [0, back + (isThoracic ? 38 : 41), z - (isThoracic ? 24 : 11)], [3.8, 4.2]);
  const arch = union([...processes, spine], 4);
  return [
    { shape: arch, filling: dense },
    { shape: eroded(arch, 2), filling: spongy },
    { shape: body, filling: dense },
    { shape: eroded(body, 1.7), filling: spongy, softMm: 1.1 },
  ];
}

function discs(bones: readonly Vertebra[]): Layer[] {
  return bones.slice(1).map((below, index) => {
    const above = bones[index] ?? below;
    const z = (above.z - above.height / 2 + below.z + below.height / 2) / 2;
    const disc = ellipsoid([0, spineY(z), z], [above.halfWidth + 1, above.halfDepth + 1.2, 9]);
    return { shape: disc, filling: (x, y, at) => 88 + 8 * textureAt(x, y, at, 4) };
  });
}

/** The canal with its fat, fluid and cord, cut through everything bony. */
function canal(): Layer[] {
  const inside = (reachX: number, reachY: number): Shape => ({
    bounds: { min: [-reachX, 30, -260], max: [reachX, 110, 260] },
    depthAt: (x, y, z) => {
      const centre = spineY(z) + 22.5 - z * 0.012;
      const [u, v] = [x / reachX, (y - centre) / reachY];
      return (1 - Math.sqrt(u * u + v * v)) * Math.min(reachX, reachY);
    },
  });
  return [
    { shape: inside(11, 9.5), filling: -70 },
    { shape: inside(9, 7.8), filling: 14 },
    { shape: intersection([inside(5.2, 4.2), halfSpace([0, 0, -95], [0, 0, -1])], 2), filling: 40 },
  ];
}

/** One rib's course outside the chest wall's inner surface, from the spine forward and down. */
function ribCourse(index: number, side: 1 | -1): Station[] {
  const head = 196 - index * 24.5 - index * index * 0.25;
  const drop = 30 + index * 5.5;
  const end = index < 10 ? 2.62 - Math.max(0, index - 5) * 0.12 : 1.75 - (index - 10) * 0.35;
  return Array.from({ length: 22 }, (_, step) => {
    const angle = 0.24 + ((end - 0.24) * step) / 21;
    const z = head + 8 * Math.sin(Math.min(1, angle) * 1.5) - (drop * (1 - Math.cos(angle))) / 2;
    const { rx, ry, cx, cy } = cavity.sectionAt(z);
    const gap = 6.5;
    return {
      at: [cx + side * (rx + gap) * Math.sin(angle), cy + (ry + gap) * Math.cos(angle), z] as const,
      radius: 4.1 - 0.5 * Math.cos(angle),
    };
  });
}

/** Ribs are flat: twice as high as thick. */
function flattened(pieces: readonly Shape[]): Shape[] {
  return pieces.map(({ bounds, depthAt }) => ({
    bounds: {
      min: [bounds.min[0], bounds.min[1], bounds.min[2] - 4],
      max: [bounds.max[0], bounds.max[1], bounds.max[2] + 4],
    },
    depthAt: (x, y, z) => Math.max(depthAt(x, y, z - 1.7), depthAt(x, y, z + 1.7)),
  }));
}

function ribs(): Layer[] {
  const layers: Layer[] = [];
  for (const side of [1, -1] as const)
    for (let index = 0; index < 12; index++) {
      const course = ribCourse(index, side);
      layers.push(...flattened(tube(course)).map((shape) => ({ shape, filling: dense })));
      layers.push(...flattened(tube(course, -1.5)).map((shape) => ({ shape, filling: spongy })));
      if (index < 8) layers.push(...cartilage(course, index, side));
    }
  return layers;
}

/** From the rib's end to the breastbone, rising again for the lower ones. */
function cartilage(course: readonly Station[], index: number, side: 1 | -1): Layer[] {
  const end = course.at(-1);
  if (!end) return [];
  const z = Math.max(20, 152 - index * 20);
  const target = { at: [side * 15, sternumY(z), z] as const, radius: 4 };
  const middle = [
    (end.at[0] + target.at[0]) / 2,
    Math.min(end.at[1], target.at[1]) - 1,
    (end.at[2] + z) / 2 - 3,
  ] as const;
  return flattened(tube(smoothCourse([end, { at: middle, radius: 4.4 }, target], 6))).map((shape) => ({
    shape,
    filling: (x, y, at) => 95 + 60 * Math.max(0, textureAt(x, y, at, 5)),
  }));
}

function sternumY(z: number): number {
  const { cy, ry } = cavity.sectionAt(Math.min(165, z));
  return cy - ry - 5 - Math.max(0, z - 165) * 0.1;
}

function sternum(): Layer[] {
  const manubrium = ellipsoid([0, sternumY(150) - 1, 153], [27, 7, 24]);
  const blade = Array.from({ length: 12 }, (_, step) => {
    const z = 130 - step * 9;
    return ellipsoid([0, sternumY(z) - 1, z], [15 + 3 * Math.sin(step * 0.4), 6, 8]);
  });
  const bone = union([manubrium, ...blade], 6);
  return [
    { shape: bone, filling: dense },
    { shape: eroded(bone, 1.6), filling: spongy },
  ];
}

function girdle(): Layer[] {
  const plate = shell(eroded(cavity, -20), 0, 4.2);
  const behind = intersection(
    [plate, ellipsoid([84, 62, 122], [34, 44, 66], -0.7), halfSpace([0, 40, 0], [0, -1, 0])],
    2,
  );
  const spine = tube(
    smoothCourse([
      { at: [66, 84, 150], radius: 4 },
      { at: [100, 80, 170], radius: 5 },
      { at: [138, 50, 186], radius: 6.5 },
    ]),
  );
  const collar = tube(
    smoothCourse([
      { at: [22, -52, 168], radius: 7 },
      { at: [58, -50, 178], radius: 5.5 },
      { at: [100, -20, 190], radius: 5.5 },
      { at: [140, 18, 194], radius: 6.5 },
    ]),
  );
  const outer = [behind, ...spine, ...collar];
  return [...outer, ...outer.map((shape) => moved(mirrored(shape), [0, 1, -4]))].flatMap((shape) => [
    { shape, filling: dense },
    { shape: eroded(shape, 1.7), filling: spongy },
  ]);
}

export function skeleton(): Layer[] {
  const bones = vertebrae();
  return [...ribs(), ...sternum(), ...girdle(), ...discs(bones), ...bones.flatMap(vertebra), ...canal()];
}
