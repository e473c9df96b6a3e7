/** Windows by name. Modality units throughout. */

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
  preset('ct-stroke', 'Stroke', 40, 40),
  preset('ct-subdural', 'Subdural', 75, 215),
];

/**
 * Presets of a modality in the order of the number keys 1 to 9. Only CT has a scale that means the same on every
 * scanner; everywhere else a fixed window would be a guess, so the list is empty.
 */
export function windowPresets(modality: string): readonly WindowPreset[] {
  return modality === 'CT' ? CT_PRESETS : [];
}
