import type { Instance } from '../../src-shared/dataset/instance';
import type { DecodedPixels } from '../../src-shared/dicom/frame';
export function renderThumbnail(_i: Instance, _d: DecodedPixels, _m: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(0);
}
