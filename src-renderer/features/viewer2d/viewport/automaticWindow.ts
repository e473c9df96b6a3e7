/** A window from the picture itself: nearly all of its values, without the few that would flatten it. */
import { modalityValue } from '../../../../src-shared/dicom/grey';
import type { DecodedFrame } from '../../../imaging/types';
import type { WindowLevel } from '../../../viewing/voi';
import { isWholeValued } from './probe';

const LOW_SHARE = 0.01;
const HIGH_SHARE = 0.995;
/** Enough for a percentile, few enough to sort within a millisecond or two. */
const MOST_SAMPLES = 16_384;

const known = new WeakMap<DecodedFrame, WindowLevel>();

/** From the 1st to the 99.5th percentile of the modality values; padding is left out. Remembered per frame. */
export function automaticWindow(frame: DecodedFrame): WindowLevel {
  const before = known.get(frame);
  if (before) return before;
  const window = computeWindow(frame);
  known.set(frame, window);
  return window;
}

function computeWindow(frame: DecodedFrame): WindowLevel {
  const values = sortedSamples(frame);
  const [a, b] = [percentile(values, LOW_SHARE), percentile(values, HIGH_SHARE)].map((stored) =>
    modalityValue(frame.display.modality, stored),
  );
  const low = Math.min(a ?? 0, b ?? 0);
  const high = Math.max(a ?? 0, b ?? 0);
  const narrowest = isWholeValued(frame) ? 1 : Number.MIN_VALUE;
  return high - low >= narrowest ? { center: (low + high) / 2, width: high - low } : { center: low, width: 1 };
}

function sortedSamples({ samples, columns, display: { padding } }: DecodedFrame): Float64Array<ArrayBuffer> {
  const stride = strideFor(samples.length, columns);
  const taken = new Float64Array(Math.ceil(samples.length / stride));
  let count = 0;
  for (let index = 0; index < samples.length; index += stride) {
    const value = samples[index] ?? 0;
    if (padding && value >= padding.min && value <= padding.max) continue;
    taken[count] = value;
    count += 1;
  }
  return taken.subarray(0, count).sort();
}

/** Shares no factor with the width, so that the samples wander over all columns. */
function strideFor(length: number, columns: number): number {
  let stride = Math.max(1, Math.floor(length / MOST_SAMPLES));
  while (stride > 1 && greatestCommonDivisor(stride, columns) > 1) stride += 1;
  return stride;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function percentile(sorted: Float64Array<ArrayBuffer>, share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))] ?? 0;
}
