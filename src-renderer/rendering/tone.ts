/**
 * Lookup tables: where a Modality LUT or VOI LUT takes the place of a formula, light is worked out per stored value
 * before drawing. Blending between pixels then happens in light instead of modality units.
 */
import type { DisplayTransform, LookupTable } from '../../src-shared/dicom/display';
import type { DecodedFrame, SampleArray } from '../imaging/types';
import { lightOf, windowCurve } from './curve';
import type { SliceVoi } from './types';

/** Samples ready to be drawn; row by row, `kind` tells one sample a pixel from three. */
export interface SampleSource {
  readonly rows: number;
  readonly columns: number;
  readonly kind: 'grey' | 'colour';
  readonly samples: SampleArray;
}

/** Level of toned samples that are padding; the others are 0 to 255. */
export const TONED_PADDING = 256;

const tonedSources = new WeakMap<DecodedFrame, { readonly voi: SliceVoi; readonly source: SampleSource }>();

/** The frame's light, kept as long as the frame is shown with the same table. */
export function tonedSource(frame: DecodedFrame, voi: SliceVoi): SampleSource {
  const kept = tonedSources.get(frame);
  if (kept?.voi === voi) return kept.source;
  const source = tone(frame, voi);
  tonedSources.set(frame, { voi, source });
  return source;
}

function tone(frame: DecodedFrame, voi: SliceVoi): SampleSource {
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

function levelFunction(display: DisplayTransform, voi: SliceVoi): (sample: number) => number {
  const { padding, modality } = display;
  const modalityOf = (sample: number): number => {
    if (!modality) return sample;
    return modality.kind === 'table' ? lookUp(modality.table, sample) : sample * modality.slope + modality.intercept;
  };
  const lightFromModality = voiFunction(voi);
  return (sample) => {
    if (padding && sample >= padding.min && sample <= padding.max) return TONED_PADDING;
    return Math.round(lightFromModality(modalityOf(sample)) * 255);
  };
}

/** 0 to 1. */
function voiFunction(voi: SliceVoi): (value: number) => number {
  if (voi.kind === 'table') {
    const brightest = 2 ** voi.table.bits - 1;
    return (value) => Math.min(1, lookUp(voi.table, value) / brightest);
  }
  const curve = windowCurve(voi, { slope: 1, intercept: 0 });
  return (value) => lightOf(curve, value);
}

/** Source: PS3.3 C.11.1.1, C.11.2.1.1: below the first mapped value its entry counts, above the last the last entry. */
export function lookUp(table: LookupTable, value: number): number {
  const at = Math.round(value) - table.firstMapped;
  const last = table.entries.length - 1;
  return table.entries[Math.min(last, Math.max(0, at))] ?? 0;
}
