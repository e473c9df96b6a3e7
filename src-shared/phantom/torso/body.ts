/**
 * The wall of the torso and what it encloses, in LPS millimetres: +x to the patient's left, +y to the back, +z to the
 * head; z = 0 lies near the top of the diaphragm. Values are Hounsfield units of a portal-venous phase.
 */
import { difference, eroded, intersection, shell, union } from '../combine';
import { loft } from '../loft';
import { textured, textureAt } from '../noise';
import type { Filling, Layer } from '../scene';
import { ellipsoid, halfSpace, rod, type Shape } from '../shapes';

export const AIR = -1000;
export const FAT = -102;
export const MUSCLE = 58;

/** Skin surface. */
export const body = loft([
  { z: -240, cy: 2, rx: 168, ry: 108, fullness: 0.3 },
  { z: -160, cy: 0, rx: 158, ry: 104, fullness: 0.34 },
  { z: -80, cy: -1, rx: 160, ry: 107, fullness: 0.32 },
  { z: 0, cy: 0, rx: 168, ry: 111, fullness: 0.3 },
  { z: 80, cy: 2, rx: 174, ry: 112, fullness: 0.3 },
  { z: 140, cy: 6, rx: 176, ry: 106, fullness: 0.36 },
  { z: 185, cy: 14, rx: 178, ry: 92, fullness: 0.4 },
  { z: 240, cy: 20, rx: 120, ry: 74, fullness: 0.2 },
]);

/** The muscular wall inside the subcutaneous fat: thicker fat at the flanks and the belly than at the back. */
const wall = loft([
  { z: -240, cx: 1, cy: 6, rx: 146, ry: 88, fullness: 0.28 },
  { z: -160, cx: 1, cy: 4, rx: 141, ry: 86, fullness: 0.3 },
  { z: -80, cx: 0, cy: 2, rx: 146, ry: 93, fullness: 0.26 },
  { z: 0, cx: 0, cy: 1, rx: 156, ry: 101, fullness: 0.24 },
  { z: 80, cx: 0, cy: 3, rx: 163, ry: 102, fullness: 0.24 },
  { z: 140, cx: 0, cy: 7, rx: 166, ry: 96, fullness: 0.32 },
  { z: 185, cx: 0, cy: 15, rx: 167, ry: 83, fullness: 0.36 },
  { z: 240, cx: 0, cy: 20, rx: 112, ry: 66, fullness: 0.2 },
]);

/** Inside of ribs and abdominal wall. */
export const cavity = loft([
  { z: -240, cx: 1, cy: -4, rx: 126, ry: 76, fullness: 0.25 },
  { z: -160, cx: 1, cy: -6, rx: 124, ry: 76, fullness: 0.25 },
  { z: -80, cx: 0, cy: -3, rx: 129, ry: 83, fullness: 0.22 },
  { z: 0, cx: 0, cy: -1, rx: 134, ry: 88, fullness: 0.18 },
  { z: 50, cx: 0, cy: 1, rx: 132, ry: 86, fullness: 0.15 },
  { z: 100, cx: 0, cy: 5, rx: 123, ry: 79, fullness: 0.12 },
  { z: 140, cx: 0, cy: 9, rx: 107, ry: 68, fullness: 0.08 },
  { z: 170, cx: 0, cy: 14, rx: 84, ry: 54, fullness: 0.05 },
  { z: 192, cx: 0, cy: 20, rx: 56, ry: 38, fullness: 0 },
  { z: 206, cx: 0, cy: 24, rx: 34, ry: 22, fullness: 0 },
]);

/** Muscle with the fine strands of fat that run along it. */
const striated: Filling = (x, y, z) => {
  const strands = Math.abs(textureAt(x, y, z * 0.3, 9));
  return MUSCLE + 5 * textureAt(x, y, z, 3.5) - 60 * Math.max(0, 0.06 - strands) * 12;
};

const subcutaneous: Filling = (x, y, z) => {
  const septa = Math.abs(textureAt(x, y, z * 0.5, 11));
  return FAT + 4 * textureAt(x, y, z, 4) + 55 * Math.max(0, 0.09 - septa) * 8;
};

/** A fat plane between two sheets of muscle, stronger in some places than in others. */
function fatPlane(surface: Shape, depthMm: number, strength: number): Layer {
  return {
    shape: shell(surface, depthMm, depthMm + 1.6),
    filling: (x, y, z, below) => {
      const share = Math.min(1, Math.max(0, strength + 0.9 * textureAt(x, y, z * 0.5, 26)));
      return below + share * (FAT - below);
    },
    softMm: 0.8,
  };
}

/** Long muscles beside the spine, thick at the loins. */
function backMuscles(side: 1 | -1): Layer[] {
  const erector = loft([
    { z: -240, cx: side * 33, cy: 72, rx: 28, ry: 19, fullness: 0.4 },
    { z: -120, cx: side * 32, cy: 74, rx: 26, ry: 19, fullness: 0.4 },
    { z: 0, cx: side * 27, cy: 83, rx: 21, ry: 14, fullness: 0.3 },
    { z: 120, cx: side * 24, cy: 92, rx: 18, ry: 11, fullness: 0.3 },
    { z: 240, cx: side * 20, cy: 86, rx: 16, ry: 12, fullness: 0.3 },
  ]);
  const psoas = union([
    rod([side * 27, 42, -85], [side * 36, 36, -150], [6, 16]),
    rod([side * 36, 36, -150], [side * 44, 26, -240], [16, 22]),
  ]);
  return [
    { shape: eroded(erector, -1.8), filling: FAT },
    { shape: erector, filling: striated },
    { shape: eroded(psoas, -1.2), filling: FAT },
    { shape: psoas, filling: striated },
  ];
}

/** Chest muscles before and shoulder blades' muscles behind the ribs, each in its sheath of fat. */
function girdleMuscles(side: 1 | -1): Layer[] {
  const within = eroded(wall, 2.5);
  const pectoral = intersection(
    [within, difference(ellipsoid([side * 72, -70, 128], [62, 34, 64], side * 0.45), eroded(cavity, -17))],
    5,
  );
  const dorsal = intersection(
    [within, difference(ellipsoid([side * 104, 52, 120], [46, 50, 108], side * -0.5), eroded(cavity, -17))],
    5,
  );
  return [pectoral, dorsal].flatMap((muscle) => [fatPlane(muscle, -1.4, 0.55), fatPlane(muscle, 9, -0.1)]);
}

export function torsoWall(): Layer[] {
  const skin = eroded(body, 1.8);
  const belly = intersection([wall, halfSpace([0, 0, -20], [0, 0, 1])], 10);
  return [
    { shape: body, filling: 22 },
    { shape: difference(skin, eroded(wall, 3)), filling: subcutaneous },
    { shape: difference(wall, eroded(cavity, 3)), filling: striated },
    fatPlane(belly, 6, 0.5),
    fatPlane(belly, 11, 0.2),
    fatPlane(wall, 9, 0.05),
    ...girdleMuscles(1),
    ...girdleMuscles(-1),
    { shape: cavity, filling: FAT + 2 },
    ...backMuscles(1),
    ...backMuscles(-1),
    { shape: difference(rod([0, -86, -240], [0, -92, -30], [3, 3]), cavity), filling: FAT },
  ];
}

/** The scanner's couch: two skins over a light core. */
export function couch(): Layer[] {
  const trough: Shape = {
    bounds: { min: [-392, -654, -1000], max: [392, 130, 1000] },
    depthAt: (x, y) => 392 - Math.sqrt(x * x + (y + 262) ** 2),
  };
  const within = halfSpace([0, 78, 0], [0, -1, 0]);
  const part = (from: number, to: number) => intersection([within, shell(trough, from, to)]);
  return [
    { shape: part(-14, 0), filling: -930 },
    { shape: part(-1.5, 0), filling: -320 },
    { shape: part(-14, -12.3), filling: textured(-340, 20, 30) },
  ];
}
