/** Great arteries and veins of the trunk with contrast medium. */
import { textureAt } from '../noise';
import type { Filling, Layer } from '../scene';
import { smoothCourse, tube, type Station } from '../tubes';
import { spineY } from './skeleton';

const at = (x: number, y: number, z: number, radius: number): Station => ({ at: [x, y, z], radius });

interface Vessel {
  readonly course: readonly Station[];
  readonly value: number;
  /** Wall, painted first so that vessels join without seams. */
  readonly wallMm: number;
}

/** Left of and before the spine, following its bends. */
function besideSpine(x: number, z: number, before: number, radius: number): Station {
  return at(x, spineY(z) - before, z, radius);
}

const aorta = smoothCourse([
  at(6, -26, 58, 14),
  at(-8, -34, 88, 15.5),
  at(-10, -26, 114, 15),
  at(0, -8, 133, 13.8),
  at(15, 14, 131, 13),
  besideSpine(24, 108, 26, 12.4),
  besideSpine(25, 70, 25, 12),
  besideSpine(20, 0, 27, 11.4),
  besideSpine(12, -60, 31, 10.6),
  besideSpine(9, -110, 33, 9.8),
  besideSpine(7, -160, 34, 9.2),
  besideSpine(5, -178, 35, 9),
]);

const iliacs = ([1, -1] as const).map((side) =>
  smoothCourse([
    besideSpine(5, -174, 35, 6.4),
    at(5 + side * 16, spineY(-200) - 30, -200, 6),
    at(5 + side * 30, spineY(-235) - 18, -235, 5.8),
  ]),
);

const archBranches = [
  [at(-6, -18, 136, 6.6), at(-18, -14, 158, 6.2), at(-30, -4, 182, 5), at(-34, 0, 225, 4)],
  [at(3, -8, 140, 4.4), at(14, -4, 165, 4), at(20, 2, 190, 3.8), at(24, 2, 228, 3.6)],
  [at(12, 4, 140, 5.4), at(25, 10, 165, 5.2), at(40, 8, 188, 4.8), at(82, 2, 200, 4.4)],
].map((course) => smoothCourse(course));

const abdominalBranches = [
  [besideSpine(10, -72, 36, 4), at(10, -14, -80, 3.8), at(38, -2, -74, 3.4), at(70, 22, -62, 3), at(88, 30, -56, 2.4)],
  [at(10, -14, -80, 3.6), at(-14, -22, -80, 3.2), at(-40, -18, -82, 2.8)],
  [
    besideSpine(10, -92, 38, 4),
    at(9, -14, -108, 3.8),
    at(3, -20, -150, 3.4),
    at(-12, -22, -190, 2.6),
    at(-26, -22, -215, 2),
  ],
  [besideSpine(14, -112, 32, 3.4), at(34, 26, -114, 3.2), at(50, 38, -116, 2.8)],
  [besideSpine(4, -118, 32, 3.4), at(-26, 24, -122, 3.2), at(-50, 38, -126, 2.8)],
].map((course) => smoothCourse(course));

const pulmonary = [
  [at(18, -46, 72, 13.5), at(22, -36, 92, 13), at(18, -14, 103, 12), at(-14, 2, 98, 9.6), at(-44, 10, 88, 7.6)],
  [at(20, -20, 101, 11.5), at(36, 6, 105, 10), at(50, 18, 94, 8)],
].map((course) => smoothCourse(course));

const pulmonaryVeins = [
  [at(-18, 2, 68, 7), at(-36, 6, 66, 6.2), at(-54, 10, 62, 5)],
  [at(26, 4, 68, 7), at(42, 12, 70, 6), at(58, 18, 68, 5)],
  [at(-18, 2, 72, 6), at(-42, -6, 80, 5.4), at(-52, -6, 86, 4.6)],
  [at(26, 2, 72, 6), at(46, -4, 84, 5.4), at(54, -2, 92, 4.6)],
].map((course) => smoothCourse(course));

const superiorCava = [
  [at(-34, -22, 60, 10), at(-32, -22, 100, 9.8), at(-26, -24, 134, 9.2), at(-34, -16, 160, 7.4), at(-42, -6, 190, 6.4)],
  [at(-26, -25, 138, 7), at(0, -34, 146, 6.6), at(28, -24, 164, 6.6), at(46, -6, 188, 6.2)],
].map((course) => smoothCourse(course));

const inferiorCava = [
  [
    at(-30, -10, 40, 11),
    at(-30, 4, 16, 12),
    at(-29, 14, -20, 12.4),
    at(-24, 14, -70, 11.6),
    at(-20, 12, -130, 10.8),
    at(-16, 10, -182, 10),
  ],
  [at(-16, 10, -180, 7.6), at(-30, 10, -215, 7.2), at(-36, 16, -240, 7)],
  [at(-16, 10, -180, 7.6), at(6, 10, -210, 7.2), at(30, 16, -240, 7)],
  [at(-22, 15, -116, 5), at(4, 4, -112, 4.6), at(34, 22, -112, 4.4), at(50, 38, -113, 3.6)],
  [at(-22, 15, -122, 5), at(-38, 30, -124, 4.4), at(-52, 40, -124, 3.6)],
].map((course) => smoothCourse(course));

const small = [
  [at(13, 30, 220, 5), at(12, 30, 130, 5.4), at(10, 34, 60, 5.6), at(14, 24, 0, 6), at(22, 8, -12, 6.4)],
  [besideSpine(-10, 140, 20, 2.6), besideSpine(-9, 60, 21, 2.8), besideSpine(-7, -40, 22, 2.4)],
].map((course) => smoothCourse(course));

/** Blood is not perfectly mixed. */
const mixed =
  (value: number): Filling =>
  (x, y, z) =>
    value + 6 * textureAt(x, y, z, 10);

function paintVessels(vessels: readonly Vessel[]): Layer[] {
  return [
    ...vessels
      .filter(({ wallMm }) => wallMm > 0)
      .flatMap(({ course, wallMm }) => tube(course, wallMm).map((shape): Layer => ({ shape, filling: 48 }))),
    ...vessels.flatMap(({ course, value }) => tube(course).map((shape): Layer => ({ shape, filling: mixed(value) }))),
  ];
}

const of = (courses: readonly (readonly Station[])[], value: number, wallMm: number): Vessel[] =>
  courses.map((course) => ({ course, value, wallMm }));

/** Veins before arteries, so that a crossing artery lies whole. */
export function greatVessels(): Layer[] {
  return paintVessels([
    ...of(small.slice(0, 1), 42, 0),
    ...of(small.slice(1), 150, 0),
    ...of(inferiorCava, 158, 0.8),
    ...of(superiorCava, 236, 0.8),
    ...of(pulmonaryVeins, 208, 0),
    ...of(pulmonary, 190, 1),
    ...of(abdominalBranches, 196, 0.5),
    ...of(archBranches, 212, 0.9),
    ...of(iliacs, 202, 1),
    ...of([aorta], 216, 1.3),
  ]);
}

/** A few flecks of chalk in the wall of the aorta, as age leaves them. */
export function calcifications(): Layer[] {
  const flecks: readonly (readonly [x: number, before: number, z: number, size: number])[] = [
    [17, 33, -168, 1.6],
    [-1, 36, -150, 1.3],
    [15, 27, -132, 1.2],
    [30, 18, 96, 1.5],
  ];
  return flecks.flatMap(([x, before, z, size]) =>
    tube([besideSpine(x, z - 3, before, size), besideSpine(x, z + 3, before, size)]).map((shape) => ({
      shape,
      filling: 720,
    })),
  );
}
