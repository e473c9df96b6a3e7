/** Phantoms whose every pixel is known by a formula: for tests of geometry, grey and colour. No grain unless asked for. */
import type { WriteOptions } from '../dataset/write';
import type { Vector3 } from '../geometry/vectors';
import type { Attributes } from './attributes';
import { gridOf, type GridOptions } from './grid';
import { SIGNED_16, type PixelFormat } from './pixels';
import type { PhantomSeries } from './series';
import { sphere } from './shapes';

/** A phantom is fully said by its options: equal options give equal files. */
export interface TestPhantomOptions {
  /** Tells series apart; part of every UID. */
  readonly seed?: string;
  readonly grid?: Partial<GridOptions>;
  readonly format?: Partial<PixelFormat>;
  readonly noise?: number;
  readonly attributes?: Attributes;
  readonly options?: WriteOptions;
}

const SMALL: GridOptions = {
  ...{ columns: 64, rows: 48, slices: 12, spacingMm: 1.5, sliceSpacingMm: 3, centre: [0, 0, 0] as const },
};

/** `base + gradient · point`: linear, so that any interpolation must give it back exactly. */
export interface Ramp {
  readonly base: number;
  /** Modality units per mm along x, y, z. */
  readonly gradient: Vector3;
}

export const DEFAULT_RAMP: Ramp = { base: 100, gradient: [2, -3, 5] };

export function rampPhantom(given: TestPhantomOptions & { readonly ramp?: Ramp } = {}): PhantomSeries {
  const { base, gradient } = given.ramp ?? DEFAULT_RAMP;
  const [gx, gy, gz] = gradient;
  return testSeries('ramp', given, {
    background: (x, y, z) => base + gx * x + gy * y + gz * z,
    layers: [],
  });
}

export interface Ball {
  readonly centre: Vector3;
  readonly diameterMm: number;
  readonly inside: number;
  readonly outside: number;
}

export const DEFAULT_BALL: Ball = { centre: [0, 0, 0], diameterMm: 24, inside: 300, outside: -100 };

/** A ball with a hard edge: a voxel is inside when its centre is. */
export function spherePhantom(given: TestPhantomOptions & { readonly ball?: Ball } = {}): PhantomSeries {
  const { centre, diameterMm, inside, outside } = given.ball ?? DEFAULT_BALL;
  return testSeries('sphere', given, {
    background: outside,
    layers: [{ shape: sphere(centre, diameterMm / 2), filling: inside, softMm: 0 }],
  });
}

function testSeries(kind: string, given: TestPhantomOptions, scene: PhantomSeries['scene']): PhantomSeries {
  const { seed = '1', grid, format, noise = 0, attributes = {}, options } = given;
  return {
    seed: `isocenter test ${kind} ${seed}`,
    folder: `${kind}-${seed}`,
    scene,
    grid: gridOf({ ...SMALL, ...grid }),
    format: { ...SIGNED_16, ...format },
    noise,
    attributes: { SeriesDescription: `Test ${kind}`, ...attributes },
    ...(options ? { options } : {}),
  };
}

/** One orientation of each kind a stack can have, for tables of tests. */
export const ORIENTATIONS = {
  axial: {},
  coronal: { rowDirection: [1, 0, 0], columnDirection: [0, 0, -1] },
  sagittal: { rowDirection: [0, 1, 0], columnDirection: [0, 0, -1] },
  /** 30° about z, then 30° about the new row direction. */
  doubleOblique: {
    rowDirection: [0.866025403784, 0.5, 0],
    columnDirection: [-0.433012701892, 0.75, -0.5],
  },
  tilted: { tiltDeg: 18 },
  withGap: { missing: [5, 6] },
} satisfies Record<string, Partial<GridOptions>>;
