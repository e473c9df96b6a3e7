/** Randomness that is the same on every machine: the same seed gives the same anatomy and the same grain. */
import type { Filling } from './scene';

/** Uniform in [0, 1). mulberry32: small, fast, good enough for pictures. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
  };
}

const LATTICE = 32;
const CORNERS = LATTICE ** 3;

/** A random direction at every corner of a periodic lattice: x, y, z in turn. */
const lattice = (() => {
  const random = randomFrom(20);
  const directions = new Float32Array(CORNERS * 3);
  for (let corner = 0; corner < CORNERS; corner++) {
    const [height, turn] = [random() * 2 - 1, random() * 2 * Math.PI];
    const reach = Math.sqrt(1 - height * height);
    directions.set([reach * Math.cos(turn), reach * Math.sin(turn), height], corner * 3);
  }
  return directions;
})();

/** Smooth gradient noise, about [-1, 1], with features of about `grainMm`; periodic every 32 grains. */
export function textureAt(x: number, y: number, z: number, grainMm: number): number {
  const u = x / grainMm;
  const v = y / grainMm;
  const w = z / grainMm;
  const i = Math.floor(u);
  const j = Math.floor(v);
  const k = Math.floor(w);
  const s = u - i;
  const t = v - j;
  const r = w - k;
  const es = ease(s);
  const et = ease(t);
  const er = ease(r);
  const near = mix(
    mix(pull(i, j, k, s, t, r), pull(i + 1, j, k, s - 1, t, r), es),
    mix(pull(i, j + 1, k, s, t - 1, r), pull(i + 1, j + 1, k, s - 1, t - 1, r), es),
    et,
  );
  const far = mix(
    mix(pull(i, j, k + 1, s, t, r - 1), pull(i + 1, j, k + 1, s - 1, t, r - 1), es),
    mix(pull(i, j + 1, k + 1, s, t - 1, r - 1), pull(i + 1, j + 1, k + 1, s - 1, t - 1, r - 1), es),
    et,
  );
  return 1.5 * mix(near, far, er);
}

/** What the direction at a corner says of a point at (s, t, r) from it. */
function pull(i: number, j: number, k: number, s: number, t: number, r: number): number {
  const mask = LATTICE - 1;
  const corner = (((k & mask) * LATTICE + (j & mask)) * LATTICE + (i & mask)) * 3;
  return (lattice[corner] ?? 0) * s + (lattice[corner + 1] ?? 0) * t + (lattice[corner + 2] ?? 0) * r;
}

function ease(t: number): number {
  return t * t * (3 - 2 * t);
}

function mix(a: number, b: number, t: number): number {
  return a + t * (b - a);
}

/** A filling that wavers around `value`. */
export function textured(value: number, amplitude: number, grainMm: number): Filling {
  return (x, y, z) => value + amplitude * textureAt(x, y, z, grainMm);
}

const TILE = 256;

/** Correlated Gaussian-like grain of unit standard deviation: white noise smoothed as a soft kernel does. */
const grain = (() => {
  const random = randomFrom(7);
  const white = Float32Array.from({ length: TILE * TILE }, () => random() + random() + random() - 1.5);
  const smooth = blurred(blurred(white, 1), TILE);
  const size = Math.sqrt(smooth.reduce((sum, value) => sum + value * value, 0) / smooth.length);
  return smooth.map((value) => value / size);
})();

function blurred(values: Float32Array, stride: number): Float32Array {
  const mask = TILE * TILE - 1;
  return values.map(
    (value, index) =>
      0.5 * value + 0.25 * ((values[(index + stride) & mask] ?? 0) + (values[(index - stride) & mask] ?? 0)),
  );
}

/** Grain of unit standard deviation for a pixel of a slice; every slice lays the tile elsewhere. */
export function grainAt(column: number, row: number, slice: number): number {
  const shiftedColumn = (column + slice * 97) & (TILE - 1);
  const shiftedRow = (row + slice * 57) & (TILE - 1);
  return grain[shiftedRow * TILE + shiftedColumn] ?? 0;
}
