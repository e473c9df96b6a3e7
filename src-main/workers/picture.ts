/** What of an instance's picture can be shown, as far as its header and the ends of its fragments tell. */
import { AppError } from '../../src-shared/base/appError';
import { wholeFrames } from '../../src-shared/dataset/wholeFrames';
import type { InstanceRecord } from '../../src-shared/dicom/records';
import { cutFragmentsWarning, headerWarning, isCompressed, type HeaderWarning } from './headerWarning';
import { readSliceAt, type OpenSlice } from './openSlice';

export interface Picture {
  readonly warning: HeaderWarning | null;
  /** `1–37 of 60`; `null` when all can be shown, or nothing can be said. */
  readonly wholeFrames: string | null;
}

/** Sequence Delimitation Item, its length included. Source: PS3.5 A.4. */
const DELIMITER = Uint8Array.of(0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0);

/** `prefix` holds the header up to the pixel data. */
export function pictureOf(instance: InstanceRecord, prefix: Uint8Array<ArrayBuffer>, slice: OpenSlice): Picture {
  const warning = headerWarning(instance);
  if (!mayBeCut(instance, warning, slice)) return { warning, wholeFrames: null };
  const frames = framesOf(prefix, slice);
  return { warning: warning ?? (frames === null ? null : cutFragmentsWarning), wholeFrames: frames };
}

/** Nearly every compressed picture ends with its file: one look tells, and its header need not be read again. */
function mayBeCut(instance: InstanceRecord, warning: HeaderWarning | null, slice: OpenSlice): boolean {
  if (instance.pixels === null) return false;
  if (!isCompressed(instance)) return warning?.code === 'pixels/truncated';
  return instance.pixels.frames > 1 || !endsWithDelimiter(slice);
}

function endsWithDelimiter(slice: OpenSlice): boolean {
  const last = new Uint8Array(DELIMITER.length);
  const count = readSliceAt(slice, last, Math.max(0, slice.sizeBytes - last.length));
  return count === last.length && last.every((byte, index) => byte === DELIMITER[index]);
}

function framesOf(prefix: Uint8Array<ArrayBuffer>, slice: OpenSlice): string | null {
  try {
    return wholeFrames(prefix, slice.sizeBytes, (offset, length) => {
      const there = Math.max(0, Math.min(length, slice.sizeBytes - offset));
      const bytes = new Uint8Array(there);
      return bytes.subarray(0, readSliceAt(slice, bytes, offset));
    });
  } catch (thrown) {
    // Offsets that make no sense say nothing of what can be shown.
    if (thrown instanceof AppError) return null;
    throw thrown;
  }
}
