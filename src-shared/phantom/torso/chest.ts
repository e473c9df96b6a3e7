/** Lungs with their vessels and airways, heart and great vessels. */
import type { Vector3 } from '../../geometry/vectors';
import { difference, eroded, intersection, union } from '../combine';
import { loft } from '../loft';
import { randomFrom, textureAt } from '../noise';
import type { Filling, Layer } from '../scene';
import { ellipsoid, halfSpace, rod, type Shape } from '../shapes';
import { growTree, smoothCourse, tube, type Station } from '../tubes';
import { AIR, cavity, FAT } from './body';
import { spineY } from './skeleton';

/** Under the right dome lies the liver, under the left one stomach and spleen. */
export const diaphragm = union(
  [
    ellipsoid([-66, 2, -92], [66, 84, 122]),
    ellipsoid([62, 6, -98], [66, 82, 112]),
    ellipsoid([0, 0, -100], [60, 70, 98]),
  ],
  14,
);

export const heartSac = union(
  [ellipsoid([20, -30, 42], [56, 44, 46], -0.42), ellipsoid([-4, -26, 66], [40, 36, 44])],
  16,
);

const mediastinum = union(
  [
    heartSac,
    loft([
      { z: -110, cx: 4, cy: 26, rx: 34, ry: 44, fullness: 0.2 },
      { z: 0, cx: 6, cy: 20, rx: 31, ry: 44, fullness: 0.2 },
      { z: 60, cx: 2, cy: 8, rx: 33, ry: 62, fullness: 0.2 },
      { z: 115, cx: 3, cy: 2, rx: 36, ry: 62, fullness: 0.2 },
      { z: 150, cx: 1, cy: 0, rx: 33, ry: 58, fullness: 0.2 },
      { z: 210, cx: 0, cy: 14, rx: 24, ry: 50, fullness: 0.2 },
    ]),
    spineColumn(),
  ],
  10,
);

/** What the spine takes from the lungs: vertebral bodies and the heads of the ribs. */
function spineColumn(): Shape {
  return {
    bounds: { min: [-60, -100, -260], max: [60, 160, 260] },
    depthAt: (x, y, z) => 24 - Math.sqrt((x * 0.9) ** 2 + (y - spineY(z) - 4) ** 2),
  };
}

export function lung(side: 1 | -1): Shape {
  const half = halfSpace([side * 4, 0, 0], [-side, 0, 0]);
  const recess = halfSpace([0, 0, -46], [0, -0.42, -1]);
  const room = intersection([half, recess, eroded(cavity, 2.2)], 7);
  return difference(difference(room, mediastinum, 7), eroded(diaphragm, -1.5), 4);
}

/** Denser towards the back, where blood settles, and never quite even. */
const parenchyma: Filling = (x, y, z) =>
  -868 + 0.42 * y + 16 * textureAt(x, y, z, 4) + 26 * textureAt(x, y, z, 17) + 22 * Math.exp((-40 - z) / 40);

const at = (x: number, y: number, z: number, radius: number): Station => ({ at: [x, y, z], radius });

export const trachea = smoothCourse([at(1, -2, 235, 8.6), at(0, 2, 190, 8.6), at(2, 8, 150, 8.4), at(1, 14, 118, 8.8)]);

const bronchi = {
  right: smoothCourse([at(1, 14, 119, 7.8), at(-20, 14, 102, 7), at(-40, 13, 88, 6), at(-50, 18, 70, 4.8)]),
  left: smoothCourse([at(1, 14, 119, 7.6), at(22, 18, 106, 6.2), at(44, 22, 94, 5.6), at(54, 26, 78, 4.6)]),
};

const HILUM = { right: [-46, 10, 84], left: [50, 16, 88] } as const;

/** Directions of the lobes' vessels as seen from the hilum. */
const LOBES = [
  [0.55, -0.25, 1],
  [0.7, 0.6, 0.75],
  [1, -0.75, 0.1],
  [0.8, 0.35, -0.25],
  [0.65, -0.45, -0.9],
  [0.55, 0.6, -1],
] as const;

/** Branches start in the mediastinum: around the hilum there is room, elsewhere only within the lung. */
function nearHilum([hx, hy, hz]: Vector3, depthAt: Shape['depthAt']): Shape['depthAt'] {
  return (x, y, z) => ((x - hx) ** 2 + (y - hy) ** 2 + (z - hz) ** 2 < 21 ** 2 ? 10 : depthAt(x, y, z));
}

function lungTrees(side: 1 | -1, depthAt: Shape['depthAt']): Layer[] {
  const random = randomFrom(side === 1 ? 41 : 97);
  const hilum = side === 1 ? HILUM.left : HILUM.right;
  return LOBES.flatMap(([x, y, z], index) =>
    [0, 1].flatMap((vein) => {
      const root: Station = {
        at: [hilum[0] + side * 4, hilum[1] + (vein ? -11 : 4) + y * 4, hilum[2] + (vein ? -9 : 4) + z * 8],
        radius: (vein ? 4.5 : 5) - (index % 3) * 0.45,
      };
      const branches = growTree({
        root,
        direction: [side * x, y + (vein ? -0.14 : 0.1), z],
        lengthMm: 23,
        endRadius: 0.5,
        random,
        depthAt: nearHilum(hilum, depthAt),
      });
      const value = vein ? 210 : 185;
      return branches.map((shape) => ({ shape, filling: value, softMm: 0.8 }));
    }),
  );
}

function airways(side: 1 | -1, depthAt: Shape['depthAt']): Layer[] {
  const random = randomFrom(side === 1 ? 5 : 11);
  const main = side === 1 ? bronchi.left : bronchi.right;
  const hilum = side === 1 ? HILUM.left : HILUM.right;
  const small = LOBES.filter((_, index) => index !== 3).flatMap(([x, y, z]) =>
    growTree({
      root: { at: [hilum[0] + side * 2, hilum[1] + 3, hilum[2] - 2 + z * 9], radius: 3.3 },
      direction: [side * x, y + 0.05, z * 1.1],
      lengthMm: 24,
      endRadius: 1.75,
      random,
      depthAt: nearHilum(hilum, depthAt),
    }),
  );
  const lumens = [...tube(main), ...small];
  return [
    ...tube(main, 1.6).map((shape) => ({ shape, filling: 20 })),
    ...small.map((shape) => ({ shape: eroded(shape, -1), filling: -120 })),
    ...lumens.map((shape) => ({ shape, filling: AIR + 4 })),
  ];
}

export function lungs(): Layer[] {
  return ([-1, 1] as const).flatMap((side) => {
    const shape = lung(side);
    return [
      { shape: eroded(shape, -1), filling: 12 },
      { shape, filling: parenchyma },
      ...fissure(side, shape),
      ...lungTrees(side, shape.depthAt),
      ...airways(side, shape.depthAt),
    ];
  });
}

/** The oblique fissure: a thin sheet, denser than air. */
function fissure(side: 1 | -1, within: Shape): Layer[] {
  const sheet: Shape = {
    bounds: within.bounds,
    depthAt: (x, y, z) =>
      0.5 - Math.abs(z - 62 - 1.05 * y - side * 3 - 4 * Math.sin(x / 22) + 0.0011 * (Math.abs(x) - 60) ** 2) * 0.66,
  };
  return [{ shape: intersection([within, sheet]), filling: -740, softMm: 0.9 }];
}

export function windpipe(): Layer[] {
  const course = trachea;
  return [
    ...tube(course, 1.8).map((shape) => ({ shape, filling: 60 })),
    ...tube(course).map((shape) => ({ shape, filling: AIR })),
  ];
}

/** Pericardial fat, muscle, four chambers, their valves left to the imagination. */
export function heart(): Layer[] {
  const muscle = union([ellipsoid([23, -31, 38], [50, 37, 39], -0.42), ellipsoid([-8, -26, 52], [36, 33, 36])], 12);
  const left = ellipsoid([34, -24, 36], [30, 18, 24], -0.48);
  const right = difference(ellipsoid([12, -46, 38], [40, 18, 30], -0.36), eroded(left, -9.5), 3);
  const atria = [ellipsoid([-30, -24, 46], [15, 21, 27], 0.2), ellipsoid([4, 2, 66], [29, 14, 19], -0.1)];
  const blood =
    (value: number): Filling =>
    (x, y, z) =>
      value + 7 * textureAt(x, y, z, 9);
  return [
    { shape: heartSac, filling: 30 },
    { shape: eroded(heartSac, 1.6), filling: FAT + 10 },
    { shape: intersection([muscle, eroded(heartSac, 2.2)], 4), filling: (x, y, z) => 104 + 6 * textureAt(x, y, z, 6) },
    { shape: intersection([right, eroded(heartSac, 5)], 4), filling: blood(182), softMm: 1.4 },
    { shape: left, filling: blood(214), softMm: 1.4 },
    { shape: rod([50, -42, 27], [30, -26, 42], [4, 3]), filling: 112 },
    { shape: intersection([eroded(muscle, 4), atria[0] ?? muscle], 3), filling: blood(186), softMm: 1.2 },
    { shape: intersection([eroded(heartSac, 4), atria[1] ?? muscle], 3), filling: blood(212), softMm: 1.2 },
  ];
}
