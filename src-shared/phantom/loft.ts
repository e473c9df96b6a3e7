/** A solid drawn through rounded cross-sections at several heights, as a torso is. */
import { present } from '../base/assert';
import { CLOSE_MM, type Shape } from './shapes';

/** One axial cross-section: an ellipse whose corners may be fuller. Millimetres. */
export interface Section {
  readonly z: number;
  readonly cx?: number;
  readonly cy?: number;
  readonly rx: number;
  readonly ry: number;
  /** 0: an ellipse; 1: a superellipse of exponent 4. */
  readonly fullness?: number;
}

interface Measures {
  cx: number;
  cy: number;
  rx: number;
  ry: number;
  fullness: number;
}

export interface Loft extends Shape {
  /** The cross-section at a height; beyond the ends, the end's. */
  readonly sectionAt: (z: number) => Readonly<Measures>;
}

const KEYS = ['cx', 'cy', 'rx', 'ry', 'fullness'] as const;

/** Distance between the heights at which sections are computed beforehand; between those they are linear. */
const TABLE_STEP_MM = 1;

/** Sections in rising `z`; between them every measure follows a Catmull-Rom curve. The solid ends flat at both ends. */
export function loft(sections: readonly Section[]): Loft {
  const full = sections.map((section) => ({ cx: 0, cy: 0, fullness: 0.3, ...section }));
  const first = present(full[0], 'the first section');
  const last = present(full.at(-1), 'the last section');
  const table = tabulated(full, first.z, last.z);
  const now: Measures = { ...first };
  let heightOfNow = Number.NaN;
  const sectionAt = (z: number): Measures => {
    if (z !== heightOfNow) {
      lookUp(table, (Math.min(last.z, Math.max(first.z, z)) - first.z) / TABLE_STEP_MM, now);
      heightOfNow = z;
    }
    return now;
  };
  const wide = (of: (section: (typeof full)[number]) => number) => Math.max(...full.map(of)) * 1.05 + 2;
  return {
    bounds: {
      min: [-wide((s) => s.rx - s.cx), -wide((s) => s.ry - s.cy), first.z],
      max: [wide((s) => s.rx + s.cx), wide((s) => s.ry + s.cy), last.z],
    },
    sectionAt,
    depthAt: (x, y, z) => Math.min(depthInSection(sectionAt(z), x, y), z - first.z, last.z - z),
  };
}

function depthInSection({ cx, cy, rx, ry, fullness }: Measures, x: number, y: number): number {
  const u = Math.abs(x - cx) / rx;
  const v = Math.abs(y - cy) / ry;
  const u2 = u * u;
  const v2 = v * v;
  const round = Math.sqrt(u2 + v2);
  if (round < 0.05) return Math.min(rx, ry) * (1 - round);
  const reach = round + fullness * (Math.sqrt(Math.sqrt(u2 * u2 + v2 * v2)) - round);
  const slope = Math.sqrt(u2 / (rx * rx) + v2 / (ry * ry)) / round;
  return Math.min((1 - reach) / slope, 2 * Math.min(rx, ry) * (1 - reach) + CLOSE_MM);
}

/** The measures of each height one after the other. */
function tabulated(sections: readonly Required<Section>[], fromZ: number, toZ: number): Float64Array {
  const count = Math.ceil((toZ - fromZ) / TABLE_STEP_MM) + 2;
  const table = new Float64Array(count * KEYS.length);
  const measures: Measures = { cx: 0, cy: 0, rx: 0, ry: 0, fullness: 0 };
  for (let index = 0; index < count; index++) {
    interpolate(sections, Math.min(toZ, fromZ + index * TABLE_STEP_MM), measures);
    for (const [offset, key] of KEYS.entries()) table[index * KEYS.length + offset] = measures[key];
  }
  return table;
}

function lookUp(table: Float64Array, at: number, into: Measures): void {
  const below = Math.floor(at);
  const share = at - below;
  const first = below * 5;
  into.cx = between(table, first, share);
  into.cy = between(table, first + 1, share);
  into.rx = between(table, first + 2, share);
  into.ry = between(table, first + 3, share);
  into.fullness = between(table, first + 4, share);
}

function between(table: Float64Array, index: number, share: number): number {
  const low = table[index] ?? 0;
  return low + share * ((table[index + 5] ?? 0) - low);
}

function interpolate(sections: readonly Required<Section>[], z: number, into: Measures): void {
  const above = Math.max(
    1,
    sections.findIndex((section) => section.z >= z),
  );
  const at = (index: number) => present(sections[Math.min(sections.length - 1, Math.max(0, index))], 'a section');
  const [a, b, c, d] = [at(above - 2), at(above - 1), at(above), at(above + 1)];
  const t = (z - b.z) / (c.z - b.z);
  for (const key of KEYS) {
    const [inSlope, outSlope] = [slopeOf(a, c, key), slopeOf(b, d, key)];
    into[key] = hermite({ from: b[key], to: c[key], inSlope, outSlope, width: c.z - b.z }, t);
  }
}

function slopeOf(a: Required<Section>, b: Required<Section>, key: (typeof KEYS)[number]): number {
  return a.z === b.z ? 0 : (b[key] - a[key]) / (b.z - a.z);
}

function hermite(
  curve: { from: number; to: number; inSlope: number; outSlope: number; width: number },
  t: number,
): number {
  const [t2, t3] = [t * t, t * t * t];
  return (
    (2 * t3 - 3 * t2 + 1) * curve.from +
    (t3 - 2 * t2 + t) * curve.width * curve.inSlope +
    (3 * t2 - 2 * t3) * curve.to +
    (t3 - t2) * curve.width * curve.outSlope
  );
}
