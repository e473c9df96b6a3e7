/** Which part of the modality values becomes light, as the person chose it; what it means in numbers depends on the frame. */

/** Centre and width in modality units (HU, or stored values without a Modality LUT); width at least 1 where LINEAR. */
export interface WindowLevel {
  readonly center: number;
  readonly width: number;
}

export type Voi =
  /** What each image's file says first: its VOI LUT or window; without either, automatic. */
  | { readonly kind: 'default' }
  | ({ readonly kind: 'preset'; readonly presetId: string } & WindowLevel)
  | ({ readonly kind: 'explicit' } & WindowLevel)
  /** From the values of each image, outliers left out. */
  | { readonly kind: 'auto' };

export const DEFAULT_VOI: Voi = { kind: 'default' };

/** Narrowest window a hand can make, as a share of the range the values can take. */
const MIN_WIDTH_SHARE = 1 / 4096;

/**
 * A window after dragging: right widens, left narrows; down darkens (raises the centre), up brightens. The speed follows
 * the width, so that a narrow brain window and a wide bone window answer the hand alike: the length of the viewport's
 * shorter side doubles or halves the width about five times, and moves the centre by two widths.
 */
export function draggedWindow(
  start: WindowLevel,
  by: { readonly x: number; readonly y: number },
  limits: WindowLimits,
): WindowLevel {
  const side = Math.max(limits.sidePx, 100);
  const narrowest = Math.max(limits.range * MIN_WIDTH_SHARE, limits.isFine ? Number.EPSILON : 1);
  const widest = Math.max(limits.range * 4, narrowest * 2);
  const width = Math.min(Math.max(start.width * Math.exp((by.x / side) * 3.5), narrowest), widest);
  const center = start.center + (by.y / side) * 2 * Math.max(start.width, narrowest);
  return { center: rounded(center, width), width: rounded(width, width) };
}

export interface WindowLimits {
  /** The viewport's shorter side, CSS pixels. */
  readonly sidePx: number;
  /** Largest minus smallest value of the image, modality units. */
  readonly range: number;
  /** Values are not whole numbers (SUV, ADC maps): a width below 1 makes sense. */
  readonly isFine: boolean;
}

/** Three significant digits finer than the width: whole numbers for HU, fractions for SUV. */
function rounded(value: number, width: number): number {
  if (width >= 20) return Math.round(value);
  const digits = Math.min(Math.max(3 - Math.ceil(Math.log10(width)), 0), 12);
  return Number(value.toFixed(digits));
}
