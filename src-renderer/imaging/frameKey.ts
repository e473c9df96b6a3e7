import type { ImageRef } from '../../src-shared/dicom/stack';

/** Equal for refs to the same frame only. */
export function frameKey(ref: ImageRef): string {
  return `${ref.instanceId}/${ref.frameIndex}`;
}
