/** What of an instance's picture can be shown, as far as its header and the ends of its fragments tell. */
import type { InstanceRecord } from '../../src-shared/dicom/records';
import { wholeFrames } from '../../src-shared/dataset/wholeFrames';
import { headerWarning, isCompressed, cutFragmentsWarning, type HeaderWarning } from './headerWarning';
import { readSliceAt, type OpenSlice } from './openSlice';

export interface Picture {
  readonly warning: HeaderWarning | null;
  /** `1–37 of 60`; `null` when all can be shown, or nothing can be said. */
  readonly wholeFrames: string | null;
}

/** `prefix` holds the header up to the pixel data. */
export function pictureOf(instance: InstanceRecord, prefix: Uint8Array<ArrayBuffer>, slice: OpenSlice): Picture {
  const warning = headerWarning(instance);
  if (instance.pixels === null || (!isCompressed(instance) && warning?.code !== 'pixels/truncated')) {
    return { warning, wholeFrames: null };
  }
  const frames = wholeFrames(prefix, slice.sizeBytes, (offset, length) => {
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, readSliceAt(slice, bytes, offset));
  });
  return { warning: warning ?? (frames === null ? null : cutFragmentsWarning), wholeFrames: frames };
}
