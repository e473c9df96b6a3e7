/** A stack: the images of one series that can be scrolled as one pile, in the order in which they are scrolled. */
import type { Vector3 } from '../geometry/vectors';
import type { InstanceRecord, Issue } from './records';

/** One frame of one instance of the library. `frameIndex` counts from 0. */
export interface ImageRef {
  readonly instanceId: number;
  readonly frameIndex: number;
}

export interface StackImage {
  readonly ref: ImageRef;
  readonly record: InstanceRecord;
  /** Signed distance from the patient origin along the stack's normal; `null` without geometry. */
  readonly positionMm: number | null;
  /** The file is not where it was. */
  readonly isMissing: boolean;
}

export type StackOrdering = 'position' | 'instance-number' | 'frame-number';

/** Attribute by which a series was split into several stacks. */
export type SplitReason =
  | 'orientation'
  | 'matrix-size'
  | 'pixel-format'
  | 'pixel-spacing'
  | 'echo'
  | 'temporal-position'
  | 'b-value'
  | 'acquisition'
  | 'image-type'
  | 'repeated-position'
  | 'multi-frame'
  | 'localizer';

export type PlaneName = 'AXIAL' | 'CORONAL' | 'SAGITTAL';

export interface StackGeometry {
  /** Unit normal = row direction × column direction. */
  readonly normal: Vector3;
  readonly rowDirection: Vector3;
  readonly columnDirection: Vector3;
  readonly plane: PlaneName;
  /** Angle between the normal and the named plane's axis, degrees. */
  readonly obliquityDeg: number;
  /** Distance between neighbouring slices along the normal; both `null` with fewer than two positions. */
  readonly spacingMinMm: number | null;
  readonly spacingMaxMm: number | null;
  /** Spacing is equal within 1 % or 0.01 mm, whichever is larger. */
  readonly isUniform: boolean;
  /** Angle between the line through the slice origins and the normal, degrees; 0 for one slice. */
  readonly tiltDeg: number;
}

export interface Stack {
  /** Stable within the series as long as its instances are the same. */
  readonly id: string;
  /** What tells it from its siblings (`TE 20 ms`, `SAGITTAL`), `''` when the series is one stack. */
  readonly label: string;
  readonly splitBy: readonly SplitReason[];
  readonly ordering: StackOrdering;
  readonly geometry: StackGeometry | null;
  readonly images: readonly StackImage[];
  readonly issues: readonly Issue[];
}
