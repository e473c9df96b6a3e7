/**
 * Lookup tables: where a Modality LUT or VOI LUT takes the place of a formula, light is worked out per stored value
 * before drawing. Blending between pixels then happens in light instead of modality units.
 */
import type { DisplayTransform } from '../../src-shared/dicom/display';
import { isPadding, modalityValue, voiLight, type GreyVoi } from '../../src-shared/dicom/grey';
import type { DecodedFrame, SampleArray } from '../imaging/types';

/** Samples ready to be drawn; row by row, `kind` tells one sample a pixel from three. */
export interface SampleSource {
  readonly rows: number;
  readonly columns: number;
  readonly kind: 'grey' | 'colour';
  readonly samples: SampleArray;
}

/** Level of toned samples that are padding; the others are 0 to 255. */
export const TONED_PADDING = 256;

const tonedSources = new WeakMap<DecodedFrame, { readonly voi: GreyVoi; readonly source: SampleSource }>();

/** The frame's light, kept as long as the frame is shown with the same table. */
export function tonedSource(frame: DecodedFrame, voi: GreyVoi): SampleSource {
  const kept = tonedSources.get(frame);
  if (kept?.voi === voi) return kept.source;
  const source = tone(frame, voi);
  tonedSources.set(frame, { voi, source });
  return source;
}

function tone(frame: DecodedFrame, voi: GreyVoi): SampleSource {
  const { rows, columns, samples } = frame;
  const levelOf = levelFunction(frame.display, voi);
  const levels = new Uint16Array(samples.length);
  const known = new Map<number, number>();
  for (let at = 0; at < samples.length; at += 1) {
    const sample = samples[at] ?? 0;
    let level = known.get(sample);
    if (level === undefined) {
      level = levelOf(sample);
      known.set(sample, level);
    }
    levels[at] = level;
  }
  return { rows, columns, kind: 'grey', samples: levels };
}

function levelFunction(display: DisplayTransform, voi: GreyVoi): (sample: number) => number {
  return (sample) =>
    isPadding(display, sample)
      ? TONED_PADDING
      : Math.round(voiLight(voi, modalityValue(display.modality, sample)) * 255);
}
