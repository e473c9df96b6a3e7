/** Where the patient's sides lie on an image. LPS: x grows to the left, y to the back, z to the head. Source: PS3.3 C.7.6.2.1.1. */
import { cross, length, normalize, type Vector3 } from '../geometry/vectors';
import type { ImagePlane } from './records';
import type { PlaneName } from './stack';

/** Letters of the patient's axes beyond each edge (`L`, `PH`), strongest first; `''` when unknown. */
export interface EdgeLetters {
  readonly left: string;
  readonly right: string;
  readonly top: string;
  readonly bottom: string;
}

/** Smaller parts of a direction have no letter: below six degrees a slice reads as straight. */
const SMALLEST_PART = 0.1;

const AXES = [
  ['R', 'L'],
  ['A', 'P'],
  ['F', 'H'],
] as const;

/** The letters toward which a direction points, strongest part first. */
export function directionLetters(direction: Vector3): string {
  return AXES.map(([negative, positive], axis) => {
    const part = direction[axis] ?? 0;
    return { letter: part < 0 ? negative : positive, size: Math.abs(part) };
  })
    .filter(({ size }) => size >= SMALLEST_PART)
    .sort((a, b) => b.size - a.size)
    .map(({ letter }) => letter)
    .join('');
}

const OPPOSITE: Readonly<Record<string, string>> = { L: 'R', R: 'L', A: 'P', P: 'A', H: 'F', F: 'H' };

/** `PH` to `AF`; `''` when a letter has no known opposite (animals have codes of their own). */
export function oppositeLetters(letters: string): string {
  const opposite = Array.from(letters, (letter) => OPPOSITE[letter]);
  return opposite.includes(undefined) ? '' : opposite.join('');
}

const opposed = (direction: Vector3): Vector3 => [-direction[0], -direction[1], -direction[2]];

/**
 * The letters of an image as it is stored: from its plane, else from Patient Orientation (0020,0020), whose first value
 * is the direction of rows and whose second is that of columns. `null` when neither says.
 */
export function edgeLetters(image: {
  readonly plane: Pick<ImagePlane, 'rowDirection' | 'columnDirection'> | null;
  readonly patientOrientation: readonly string[];
}): EdgeLetters | null {
  if (image.plane) {
    const { rowDirection, columnDirection } = image.plane;
    return {
      left: directionLetters(opposed(rowDirection)),
      right: directionLetters(rowDirection),
      top: directionLetters(opposed(columnDirection)),
      bottom: directionLetters(columnDirection),
    };
  }
  const [right = '', bottom = ''] = image.patientOrientation;
  if (right === '' && bottom === '') return null;
  return { left: oppositeLetters(right), right, top: oppositeLetters(bottom), bottom };
}

const PLANES: readonly PlaneName[] = ['SAGITTAL', 'CORONAL', 'AXIAL'];

/** Unit normal of an image plane: row direction × column direction. */
export function planeNormal({
  rowDirection,
  columnDirection,
}: Pick<ImagePlane, 'rowDirection' | 'columnDirection'>): Vector3 {
  return normalize(cross(rowDirection, columnDirection));
}

/** The plane nearest to a slice with this unit normal, and the angle between them in degrees. */
export function nearestPlane(normal: Vector3): { readonly plane: PlaneName; readonly obliquityDeg: number } {
  const sizes = normal.map(Math.abs);
  const largest = Math.max(...sizes);
  const axis = sizes.lastIndexOf(largest);
  const others: Vector3 = [axis === 0 ? 0 : normal[0], axis === 1 ? 0 : normal[1], axis === 2 ? 0 : normal[2]];
  const obliquityDeg = (Math.atan2(length(others), largest) * 180) / Math.PI;
  return { plane: PLANES[axis] ?? 'AXIAL', obliquityDeg };
}
