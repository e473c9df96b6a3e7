/** Where the slices of a stack lie, measured and reported, never straightened. Source: PS3.3 C.7.6.2. */
import { dot, length, subtract } from '../geometry/vectors';
import { nearestPlane, planeNormal } from './orientation';
import type { ImagePlane, Issue } from './records';
import type { StackGeometry } from './stack';

/** Equal within 1 % or 0.01 mm, whichever is larger. */
const SPACING_SHARE = 0.01;
const SPACING_MM = 0.01;
/** A spacing this many times the usual one is a hole rather than uneven. */
const GAP_FACTOR = 1.5;
/** Below this an origin that wanders is rounding. */
const TILT_DEG = 0.1;

export interface MeasuredStack {
  readonly geometry: StackGeometry;
  readonly issues: readonly Issue[];
}

/** Measures planes of one orientation, sorted by position along the normal. */
export function measureStack(planes: readonly ImagePlane[]): MeasuredStack | null {
  const [first] = planes;
  const last = planes.at(-1);
  if (!first || !last) return null;
  const normal = planeNormal(first);
  const positions = planes.map(({ position }) => dot(position, normal));
  const spacings = positions.slice(1).map((position, index) => position - (positions[index] ?? 0));
  const spacingMinMm = spacings.length > 0 ? Math.min(...spacings) : null;
  const spacingMaxMm = spacings.length > 0 ? Math.max(...spacings) : null;
  const isUniform = spacingMinMm === null || spacingMaxMm === null || isEqual(spacingMinMm, spacingMaxMm);
  const tiltDeg = tiltBetween(first, last);
  const geometry: StackGeometry = {
    normal,
    rowDirection: first.rowDirection,
    columnDirection: first.columnDirection,
    ...nearestPlane(normal),
    spacingMinMm,
    spacingMaxMm,
    isUniform,
    tiltDeg,
  };
  const issues = [...(isUniform ? [] : [spacingIssue(spacings)]), ...(tiltDeg > TILT_DEG ? [tiltIssue(tiltDeg)] : [])];
  return { geometry, issues };
}

function isEqual(minMm: number, maxMm: number): boolean {
  return maxMm - minMm <= Math.max(SPACING_SHARE * maxMm, SPACING_MM);
}

/** Angle between the line through the origins and the normal, degrees; 0 when they coincide. */
function tiltBetween(first: ImagePlane, last: ImagePlane): number {
  const along = subtract(last.position, first.position);
  const height = dot(along, planeNormal(first));
  const squared = length(along) ** 2 - height ** 2;
  const sideways = Math.sqrt(Math.max(squared, 0));
  return height === 0 || sideways < 1e-3 ? 0 : (Math.atan2(sideways, Math.abs(height)) * 180) / Math.PI;
}

function tiltIssue(tiltDeg: number): Issue {
  const angle = tiltDeg.toFixed(1);
  return {
    code: 'stack-tilted',
    message: `The slices are shifted against each other (${angle}°, as with a tilted gantry); they are shown as acquired.`,
  };
}

function spacingIssue(spacings: readonly number[]): Issue {
  const sorted = [...spacings].sort((a, b) => a - b);
  const usual = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  const largest = sorted.at(-1) ?? 0;
  const gaps = spacings.filter((spacing) => spacing > usual * GAP_FACTOR).length;
  const isMostlyEven = gaps > 0 && gaps * 4 <= spacings.length;
  if (isMostlyEven) {
    const where = spacings.findIndex((spacing) => spacing > usual * GAP_FACTOR) + 1;
    const places = gaps === 1 ? `between slices ${where} and ${where + 1}` : `in ${gaps} places`;
    return {
      code: 'slice-gap',
      message: `Slices are missing ${places}: up to ${mm(largest)} apart instead of ${mm(usual)}.`,
    };
  }
  return {
    code: 'spacing-uneven',
    message: `The slices are unevenly spaced, from ${mm(sorted[0] ?? 0)} to ${mm(largest)}.`,
  };
}

function mm(value: number): string {
  return `${Number(value.toFixed(2))} mm`;
}
