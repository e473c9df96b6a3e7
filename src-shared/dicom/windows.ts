/** Windows by name, and the window an image starts with. Modality units throughout. */
import type { DisplayTransform } from './display';

export interface WindowPreset {
  readonly id: string;
  readonly label: string;
  readonly center: number;
  readonly width: number;
}

function preset(id: string, label: string, center: number, width: number): WindowPreset {
  return { id, label, center, width };
}

/** Hounsfield units; in the order of the number keys. */
const CT_PRESETS: readonly WindowPreset[] = [
  preset('ct-soft-tissue', 'Soft tissue', 40, 400),
  preset('ct-lung', 'Lung', -600, 1500),
  preset('ct-bone', 'Bone', 400, 1800),
  preset('ct-brain', 'Brain', 40, 80),
  preset('ct-liver', 'Liver', 60, 160),
  preset('ct-mediastinum', 'Mediastinum', 50, 350),
  preset('ct-angio', 'Angiography', 300, 600),
  preset('ct-stroke', 'Stroke', 32, 8),
  preset('ct-subdural', 'Subdural', 75, 215),
];

/**
 * Presets of a modality in the order of the number keys 1 to 9. Only CT has a scale that means the same on every
 * scanner; everywhere else a fixed window would be a guess, so the list is empty.
 */
export function windowPresets(modality: string): readonly WindowPreset[] {
  return modality === 'CT' ? CT_PRESETS : [];
}

/** The linear window that just spans `min` to `max`. */
export function spanningWindow(min: number, max: number): { readonly center: number; readonly width: number } {
  const low = Math.min(min, max);
  const high = Math.max(min, max);
  return { center: (low + high + 1) / 2, width: Math.max(high - low + 1, 1) };
}

/** The first window of the file, else one that spans the image's values `min` to `max` (modality units). */
export function defaultWindow(
  { windows }: DisplayTransform,
  min: number,
  max: number,
): { readonly center: number; readonly width: number } {
  const [first] = windows;
  return first ? { center: first.center, width: first.width } : spanningWindow(min, max);
}
