/** Liver, spleen, kidneys, stomach, pancreas and bowel: hints of organs, true enough to find one's way. */
import { difference, eroded, intersection, union } from '../combine';
import { randomFrom, textured, textureAt } from '../noise';
import type { Filling, Layer } from '../scene';
import { ellipsoid, halfSpace, type Shape } from '../shapes';
import { growTree, smoothCourse, tube, type Station } from '../tubes';
import { AIR, cavity, FAT } from './body';
import { diaphragm } from './chest';

const at = (x: number, y: number, z: number, radius: number): Station => ({ at: [x, y, z], radius });

const room = intersection([eroded(cavity, 2.4), eroded(diaphragm, 1.6)], 6);

const liverShape: Shape = difference(
  intersection(
    [
      union(
        [
          ellipsoid([-74, 0, -64], [62, 84, 88]),
          ellipsoid([-60, 12, -110], [46, 56, 56]),
          ellipsoid([0, -44, -34], [66, 36, 40], -0.16),
        ],
        18,
      ),
      room,
    ],
    5,
  ),
  union([
    ellipsoid([-12, 40, -60], [34, 46, 110]),
    ellipsoid([-22, -6, -112], [26, 26, 34], 0.4),
    ellipsoid([-47, -54, -112], [15, 17, 27]),
    ellipsoid([-62, 48, -124], [33, 32, 60], 0.5),
  ]),
  7,
);

function liver(): Layer[] {
  const random = randomFrom(63);
  const inside = liverShape.depthAt;
  const portal = growTree({
    root: at(-32, -6, -78, 6.4),
    direction: [-1, -0.1, 0.25],
    lengthMm: 30,
    endRadius: 0.9,
    random,
    depthAt: inside,
  });
  const leftPortal = growTree({
    root: at(-30, -10, -72, 5),
    direction: [0.75, -1, 0.7],
    lengthMm: 26,
    endRadius: 0.9,
    random,
    depthAt: inside,
  });
  const hepatic = (
    [
      [-1, 0.25, -0.35],
      [-0.75, -0.9, -0.4],
      [0.5, -1, -0.3],
    ] as const
  ).flatMap((direction) =>
    growTree({
      root: at(-30, -2, -14, 5.2),
      direction,
      lengthMm: 34,
      endRadius: 0.9,
      random,
      depthAt: (x, y, z) => (Math.hypot(x + 30, y + 2, z + 14) < 18 ? 10 : inside(x, y, z)),
    }),
  );
  const trunk = tube(smoothCourse([at(-2, -12, -112, 6), at(-14, -12, -96, 6.4), at(-32, -6, -78, 6.4)]));
  const vessel = (value: number) => (shape: Shape) => ({ shape, filling: value, softMm: 1.1 });
  return [
    { shape: liverShape, filling: textured(109, 6, 6) },
    ...hepatic.map(vessel(154)),
    ...[...portal, ...leftPortal, ...trunk].map(vessel(166)),
    { shape: ellipsoid([-47, -54, -112], [12, 14, 24]), filling: 8 },
  ];
}

function spleen(): Layer[] {
  const shape = intersection(
    [difference(ellipsoid([88, 36, -52], [36, 46, 48], 0.5), ellipsoid([56, 14, -62], [32, 34, 60]), 8), room],
    5,
  );
  return [{ shape, filling: textured(124, 5, 5) }];
}

/** Bright cortex, columns between the pyramids, and fat where the vessels enter. */
function kidney(side: 1 | -1, z: number): Layer[] {
  const [x, y] = [side * 62, 44];
  const outline = difference(
    ellipsoid([x, y, z], [27, 24, 54], side * -0.55),
    ellipsoid([x - side * 30, y - 14, z], [17, 15, 17]),
    8,
  );
  const marrow: Filling = (px, py, pz) =>
    142 + 26 * Math.cos((pz - z) / 3.6) * Math.cos(Math.atan2(py - y, px - x) * 4);
  return [
    { shape: outline, filling: textured(184, 5, 5) },
    { shape: eroded(outline, 7), filling: marrow, softMm: 2 },
    {
      shape: intersection([ellipsoid([x - side * 8, y - 4, z], [13, 10, 30], side * -0.55), eroded(outline, -2)], 3),
      filling: FAT + 14,
      softMm: 1.5,
    },
    ...tube(
      smoothCourse([
        at(x - side * 6, y - 4, z - 4, 4.2),
        at(x - side * 20, y - 10, z - 16, 2.6),
        at(side * 36, y - 6, z - 70, 2),
        at(side * 34, 30, -240, 2),
      ]),
    ).map((shape) => ({ shape, filling: 24 })),
  ];
}

/** Fluid lies at the back, air at the front: the patient is on the back. */
const AIR_LEVEL_Y = -38;
const gastric: Filling = (x, y, z) => {
  const wet = Math.min(1, Math.max(0, (y - AIR_LEVEL_Y) / 1.2 + 0.5));
  return AIR + 6 + wet * (1022 + 10 * textureAt(x, y, z, 6) + 40 * Math.max(0, textureAt(x, y, z, 9)));
};

function stomach(): Layer[] {
  const outline = intersection(
    [
      union(
        [
          ellipsoid([48, -2, -38], [32, 38, 36]),
          ellipsoid([46, -36, -78], [26, 26, 46], 0.2),
          ellipsoid([6, -42, -116], [44, 17, 17], -0.12),
        ],
        18,
      ),
      room,
    ],
    4,
  );
  return [
    { shape: outline, filling: 88 },
    { shape: eroded(outline, 3.6), filling: gastric },
  ];
}

function pancreas(): Layer[] {
  const course = smoothCourse([
    at(-26, -16, -122, 12),
    at(-6, -22, -104, 9.5),
    at(24, -16, -92, 9),
    at(54, 2, -80, 9.5),
    at(74, 18, -72, 8),
  ]);
  const lobulated: Filling = (x, y, z) => 104 - 60 * Math.max(0, textureAt(x, y, z, 4) - 0.35);
  return tube(course).map((shape) => ({ shape, filling: lobulated, softMm: 1 }));
}

/** Wall first, then the lumen, so that the loops open into each other. */
function bowel(course: readonly Station[], wallMm: number, lumen: Filling): Layer[] {
  return [
    ...tube(course).map((shape) => ({ shape, filling: 78 })),
    ...tube(course, -wallMm).map((shape) => ({ shape, filling: lumen, softMm: 1.2 })),
  ];
}

/** Faeces with bubbles; gas where it collects at the front. */
const colonic =
  (levelY: number): Filling =>
  (x, y, z) => {
    const gas = Math.min(1, Math.max(0, (levelY - y) / 3 + 0.5));
    const bubbles = 520 * Math.max(0, textureAt(x, y, z, 3.4) - 0.25) + 160 * Math.max(0, textureAt(x, y, z, 7));
    return (1 - gas) * (42 - bubbles) + gas * (AIR + 20);
  };

function colon(): Layer[] {
  const haustra = (course: readonly Station[]) =>
    smoothCourse(course, 9).map(({ at: centre, radius }, index) => ({
      at: centre,
      radius: radius * (1 + 0.13 * Math.sin(index * 1.05)),
    }));
  return [
    ...bowel(
      haustra([at(-94, 8, -240, 25), at(-98, 6, -200, 23), at(-96, 10, -168, 20), at(-84, -18, -160, 18)]),
      2.4,
      colonic(-4),
    ),
    ...bowel(
      haustra([
        at(-84, -18, -160, 18),
        at(-52, -52, -156, 18),
        at(0, -60, -164, 17),
        at(50, -56, -146, 17),
        at(84, -22, -112, 17),
        at(102, 12, -84, 17),
      ]),
      2.2,
      colonic(-52),
    ),
    ...bowel(
      haustra([at(102, 12, -84, 17), at(106, 22, -130, 15), at(104, 20, -190, 14), at(98, 14, -240, 14)]),
      2.4,
      colonic(4),
    ),
  ];
}

function smallBowel(): Layer[] {
  const random = randomFrom(8);
  const loops = Array.from({ length: 14 }, (_, loop) => {
    const isJejunum = loop > 8;
    const z = isJejunum ? -122 - (loop - 9) * 13 : -178 - (loop % 3) * 24 - random() * 8;
    const x0 = isJejunum ? 58 - 9 * (loop % 3) : -58 + Math.floor(loop / 3) * 46 + random() * 10;
    return smoothCourse(
      Array.from({ length: 6 }, (_s, step) =>
        at(
          x0 + 21 * Math.sin(step * 1.5 + loop),
          -34 + 22 * Math.cos(step * 1.2 + loop * 2),
          z + 9 * Math.sin(step * 2.1),
          10.5 + 2 * random(),
        ),
      ),
    );
  });
  const chyme: Filling = (x, y, z) =>
    24 + 12 * textureAt(x, y, z, 5) - 500 * Math.max(0, textureAt(x, y, z, 15) - 0.62);
  return loops.flatMap((course) => bowel(course, 2.6, chyme));
}

/** Fat with fine strands around the organs. */
const visceralFat: Filling = (x, y, z) => FAT + 4 + 55 * Math.max(0, Math.abs(textureAt(x, y, z, 14)) - 0.5);

export function abdomen(): Layer[] {
  const underDome = {
    shape: intersection([eroded(diaphragm, -0.6), eroded(cavity, 0.5), halfSpace([0, 0, -60], [0, -0.4, -1])], 2),
    filling: 52,
  };
  return [
    underDome,
    { shape: room, filling: visceralFat },
    ...kidney(-1, -122),
    ...kidney(1, -112),
    ...liver(),
    ...spleen(),
    ...stomach(),
    ...pancreas(),
    ...smallBowel(),
    ...colon(),
  ];
}
