/** Named windows of an image, in the order of the number keys. */
import type { VoiWindow } from '../../../../src-shared/dicom/records';
import { windowPresets } from '../../../../src-shared/dicom/windows';
import { wantedImage, type ViewportState } from '../../../viewing/screen';
import type { WindowLevel } from '../../../viewing/voi';
import { t } from '../../../strings';

export interface Preset {
  readonly id: string;
  readonly label: string;
  readonly level: WindowLevel;
}

const NONE: readonly VoiWindow[] = [];

/** Those of the modality; where values mean nothing across scanners, the windows that the file itself offers. */
export function presetsFor(viewport: ViewportState): readonly Preset[] {
  const named = windowPresets(viewport.content?.series.modality ?? '');
  if (named.length > 0) return named.map(({ id, label, center, width }) => ({ id, label, level: { center, width } }));
  return (wantedImage(viewport)?.record.windows ?? NONE).map(({ center, width, explanation }, index) => ({
    id: `file-${String(index)}`,
    label: explanation || t('reading.window.ofFile', { number: index + 1 }),
    level: { center, width },
  }));
}
