/** The value under the cursor: what the file stores, what it means, where in the patient it is. */
import type { DisplayTransform } from '../../../../src-shared/dicom/display';
import { modalityValue } from '../../../../src-shared/dicom/grey';
import type { InstanceRecord } from '../../../../src-shared/dicom/records';
import type { Vector3 } from '../../../../src-shared/geometry/vectors';
import type { DecodedFrame } from '../../../imaging/types';
import type { ImagePoint } from '../../../viewing/spaces';

export interface Probe {
  /** From 0, as the Standard counts columns of a frame from the left of the stored image. */
  readonly column: number;
  readonly row: number;
  /** One number for grey, red, green and blue for colour. */
  readonly stored: readonly number[];
  /** After the Modality LUT; `null` for colour. */
  readonly value: number | null;
  /** `''` when the values have no unit. */
  readonly unit: string;
  /** Centre of the pixel, LPS, millimetres; `null` without an image plane or trusted spacing. */
  readonly positionMm: Vector3 | null;
}

/** The pixel whose area holds the point; `null` outside the image. */
export function probeAt(frame: DecodedFrame, record: InstanceRecord, at: ImagePoint): Probe | null {
  const column = Math.floor(at.x + 0.5);
  const row = Math.floor(at.y + 0.5);
  if (column < 0 || row < 0 || column >= frame.columns || row >= frame.rows) return null;
  const samplesPerPixel = frame.kind === 'colour' ? 3 : 1;
  const offset = (row * frame.columns + column) * samplesPerPixel;
  const stored = Array.from(frame.samples.subarray(offset, offset + samplesPerPixel));
  const isGrey = frame.kind === 'grey';
  return {
    column,
    row,
    stored,
    value: isGrey ? modalityValue(frame.display.modality, stored[0] ?? 0) : null,
    unit: isGrey ? modalityUnit(frame.display) : '',
    positionMm: positionOf(record, column, row),
  };
}

export function modalityUnit({ modality }: DisplayTransform): string {
  return modality && modality.unit !== 'US' ? modality.unit : '';
}

/** The modality values are whole numbers whatever the pixel. */
export function isWholeValued(frame: DecodedFrame): boolean {
  const { modality } = frame.display;
  if (frame.pixels.sampleKind !== 'integer') return false;
  return modality?.kind !== 'rescale' || (Number.isInteger(modality.slope) && Number.isInteger(modality.intercept));
}

/** Source: PS3.3 C.7.6.2.1.1, equation C.7.6.2.1-1. */
function positionOf({ plane, spacing }: InstanceRecord, column: number, row: number): Vector3 | null {
  if (!plane || spacing?.source !== 'pixel-spacing') return null;
  const along = (axis: 0 | 1 | 2): number =>
    plane.position[axis] +
    plane.rowDirection[axis] * spacing.columnMm * column +
    plane.columnDirection[axis] * spacing.rowMm * row;
  return [along(0), along(1), along(2)];
}
