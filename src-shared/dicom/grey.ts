/**
 * The grey pipeline as the Standard writes it: stored value → Modality LUT → VOI LUT → presentation → 0 to 255. It is
 * the reference that faster painters are tested against, and as a table over all stored values it is fast itself.
 * Source: PS3.3 C.11.1, C.11.2, C.11.6; PS3.4 N.2.
 */
import type { DisplayTransform, LookupTable, ModalityTransform } from './display';
import type { VoiFunction, VoiWindow } from './records';

/** What turns modality values into light. */
export type GreyVoi =
  | {
      readonly kind: 'window';
      /** Modality units. */
      readonly center: number;
      /** Modality units; at least 1 for LINEAR, above 0 otherwise. */
      readonly width: number;
      readonly fn: VoiFunction;
    }
  | { readonly kind: 'table'; readonly table: LookupTable };

/** Below the first mapped value its entry counts, above the last the last entry. Source: PS3.3 C.11.1.1, C.11.2.1.1. */
export function lookUp({ entries, firstMapped }: LookupTable, value: number): number {
  const index = Math.min(Math.max(Math.round(value) - firstMapped, 0), entries.length - 1);
  return entries[index] ?? 0;
}

/** Source: PS3.3 C.11.1.1.1, C.11.1.1.2. */
export function modalityValue(modality: ModalityTransform | null, stored: number): number {
  if (!modality) return stored;
  if (modality.kind === 'table') return lookUp(modality.table, stored);
  return stored * modality.slope + modality.intercept;
}

/** Light from 0 to 1. Source: PS3.3 C.11.2.1.2 (LINEAR, LINEAR_EXACT), C.11.2.1.3 (SIGMOID), C.11.2.1.1 (tables). */
export function voiLight(voi: GreyVoi, value: number): number {
  if (voi.kind === 'table') return Math.min(1, lookUp(voi.table, value) / (2 ** voi.table.bits - 1));
  const { center, width, fn } = voi;
  switch (fn) {
    case 'LINEAR':
      return linear(value, center - 0.5, width - 1);
    case 'LINEAR_EXACT':
      return linear(value, center, width);
    case 'SIGMOID':
      return 1 / (1 + Math.exp((-4 * (value - center)) / width));
  }
}

/** 0 up to `center - width / 2`, 1 above `center + width / 2`; a step when the width is 0. */
function linear(value: number, center: number, width: number): number {
  if (value <= center - width / 2) return 0;
  if (value > center + width / 2) return 1;
  return (value - center) / width + 0.5;
}

/** MONOCHROME1 and the shape INVERSE say the same: lowest is brightest. Source: PS3.3 C.7.6.3.1.2, C.11.6.1.2. */
export function isLowestBrightest({ photometricInterpretation, isInverse }: DisplayTransform): boolean {
  return isInverse || photometricInterpretation === 'MONOCHROME1';
}

export function isPadding({ padding }: DisplayTransform, stored: number): boolean {
  return padding !== null && stored >= padding.min && stored <= padding.max;
}

export interface GreyChoice {
  readonly voi: GreyVoi;
  /** The person's own inversion, on top of what the object asks for. */
  readonly isInverted: boolean;
}

/** 0 to 255. Padding is black, inverted or not. */
export function greyLevel(display: DisplayTransform, { voi, isInverted }: GreyChoice, stored: number): number {
  if (isPadding(display, stored)) return 0;
  const light = voiLight(voi, modalityValue(display.modality, stored));
  return Math.round(255 * (isLowestBrightest(display) === isInverted ? light : 1 - light));
}

/** Grey levels of the stored values from `first` to `last`, both included: `table[stored - first]`. */
export function greyTable(
  display: DisplayTransform,
  choice: GreyChoice,
  { first, last }: { readonly first: number; readonly last: number },
): Uint8Array<ArrayBuffer> {
  const levels = new Uint8Array(last - first + 1);
  for (let index = 0; index < levels.length; index += 1) levels[index] = greyLevel(display, choice, first + index);
  return levels;
}

/** The object's own first choice: its VOI LUT, its first window, or one that spans `min` to `max` (stored values). */
export function defaultVoi(display: DisplayTransform, min: number, max: number): GreyVoi {
  const [table] = display.voiTables;
  if (table) return { kind: 'table', table };
  const [window] = display.windows;
  return window ? windowVoi(window, display.voiFunction) : spanningVoi(display, min, max);
}

function windowVoi({ center, width }: VoiWindow, fn: VoiFunction): GreyVoi {
  return { kind: 'window', center, width, fn };
}

/** Lowest black, highest white. */
function spanningVoi(display: DisplayTransform, min: number, max: number): GreyVoi {
  const ends = [modalityValue(display.modality, min), modalityValue(display.modality, max)];
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  return { kind: 'window', center: (low + high) / 2, width: high > low ? high - low : 1, fn: 'LINEAR_EXACT' };
}
