/** Named windows of a modality, in the order of the number keys. */
import type { WindowLevel } from '../../../viewing/voi';

export interface Preset {
  readonly id: string;
  readonly label: string;
  readonly level: WindowLevel;
}

export function presetsFor(_modality: string): readonly Preset[] {
  return [];
}
