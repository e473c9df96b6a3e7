/** How long the scale bar is: a round number of millimetres, as long as it can be within its room. */
import type { PixelSpacing } from '../../../../src-shared/dicom/records';
import type { ImageView } from '../../../viewing/camera';
import { scaleOf } from '../../../viewing/camera';

export interface ScaleBar {
  readonly lengthMm: number;
  /** CSS pixels. */
  readonly lengthPx: number;
  readonly source: PixelSpacing['source'];
}

const SHARE_OF_SIDE = 0.3;
const SHORTEST_PX = 24;

/**
 * `null` without spacing: a bar that guesses is worse than none. The image's scale is the same in
 * both directions because the camera already evens out pixels that are not square.
 */
export function scaleBarFor(view: ImageView, spacing: PixelSpacing | null): ScaleBar | null {
  if (!spacing) return null;
  const pxPerMm = scaleOf(view) / spacing.columnMm;
  const roomPx = Math.min(view.viewport.width, view.viewport.height) * SHARE_OF_SIDE;
  if (!Number.isFinite(pxPerMm) || pxPerMm <= 0 || roomPx < SHORTEST_PX) return null;
  const lengthMm = roundDown(roomPx / pxPerMm);
  return { lengthMm, lengthPx: lengthMm * pxPerMm, source: spacing.source };
}

/** The largest of 1, 2, 5 times a power of ten that is not larger. */
function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const lead = value / power;
  if (lead >= 5) return 5 * power;
  return lead >= 2 ? 2 * power : power;
}
