/** Geometry of one image, read strictly: what cannot be trusted is reported and left out, never put right. */
import { cross, dot, length, normalize, type Vector3 } from '../geometry/vectors';
import type { ImagePlane, PixelSpacing } from '../dicom/records';
import type { DataSet } from './dataSet';
import type { IssueList } from './issueList';
import { Tag } from './tags';

/** Direction cosines are decimal strings, often of four digits; beyond this they are wrong rather than rounded. */
const COSINE_TOLERANCE = 1e-2;
const COSINE_PRECISE = 1e-3;
/** Nothing imaged lies further from the origin. */
const MAX_POSITION_MM = 1e6;
const MAX_SPACING_MM = 1e4;

function vector(numbers: readonly (number | null)[], start: number): Vector3 | null {
  const [x, y, z] = numbers.slice(start, start + 3);
  const isVector = typeof x === 'number' && typeof y === 'number' && typeof z === 'number';
  return isVector ? [x, y, z] : null;
}

/** Source: PS3.3 C.7.6.2.1.1; (0020,0032), (0020,0037). */
export function readPosition(dataSet: DataSet, issues: IssueList): Vector3 | null {
  const numbers = dataSet.numbers(Tag.ImagePositionPatient);
  if (numbers.length === 0) return null;
  const position = numbers.length === 3 ? vector(numbers, 0) : null;
  if (position?.every((value) => Math.abs(value) <= MAX_POSITION_MM)) return position;
  issues.add(
    'position-invalid',
    'Image Position (Patient) is not three numbers; the image has no place in the patient.',
  );
  return null;
}

/** Both directions of the pixel grid as unit vectors. */
export function readDirections(
  dataSet: DataSet,
  issues: IssueList,
): Pick<ImagePlane, 'rowDirection' | 'columnDirection'> | null {
  const numbers = dataSet.numbers(Tag.ImageOrientationPatient);
  if (numbers.length === 0) return null;
  const row = vector(numbers, 0);
  const column = vector(numbers, 3);
  const error = row && column && numbers.length === 6 ? cosineError(row, column) : Infinity;
  if (!row || !column || error > COSINE_TOLERANCE) {
    issues.add(
      'orientation-invalid',
      'Image Orientation (Patient) is no pair of perpendicular directions; it is not used.',
    );
    return null;
  }
  if (error > COSINE_PRECISE) {
    issues.add(
      'orientation-imprecise',
      'Image Orientation (Patient) is imprecise; distances across it may be off by 1 %.',
    );
  }
  return { rowDirection: normalize(row), columnDirection: normalize(column) };
}

function cosineError(row: Vector3, column: Vector3): number {
  if (length(cross(row, column)) === 0) return Infinity;
  return Math.max(Math.abs(length(row) - 1), Math.abs(length(column) - 1), Math.abs(dot(row, column)));
}

const SPACINGS = [
  [Tag.PixelSpacing, 'pixel-spacing', 'Pixel Spacing'],
  [Tag.ImagerPixelSpacing, 'imager-pixel-spacing', 'Imager Pixel Spacing'],
  [Tag.NominalScannedPixelSpacing, 'nominal-scanned-pixel-spacing', 'Nominal Scanned Pixel Spacing'],
] as const;

/** The first spacing that is two positive numbers, in the order of trust. Source: PS3.3 10.7.1.3. */
export function readSpacing(dataSet: DataSet, issues: IssueList): PixelSpacing | null {
  for (const [tag, source, name] of SPACINGS) {
    const numbers = dataSet.numbers(tag);
    if (numbers.length === 0) continue;
    const [rowMm = null, columnMm = null] = numbers;
    if (isSpacing(rowMm) && isSpacing(columnMm)) return { rowMm, columnMm, source };
    issues.add('spacing-invalid', `${name} is not two positive numbers; nothing is measured in millimetres with it.`);
  }
  return null;
}

function isSpacing(value: number | null): value is number {
  return value !== null && value > 0 && value <= MAX_SPACING_MM;
}
