/** How many bytes one decoded frame has, and the limits beyond which a description is not believed. */
import type { EncodedFrame } from '../dicom/frame';
import type { PixelDescription } from '../dicom/records';
import { unsupportedFormat } from './failures';

/** Largest frame decoded, in bytes: what one typed array holds on every platform. */
const MAX_FRAME_BYTES = 2 ** 31 - 1;

const BITS_ALLOCATED = [1, 8, 16, 32, 64];

function isCount(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= max;
}

/** Refuses descriptions that no decoder may be asked to fill. @throws `pixels/unsupported-format` */
export function checkDescription(frame: EncodedFrame): void {
  const { rows, columns, samplesPerPixel, bitsAllocated, bitsStored } = frame.pixels;
  if (!isCount(rows, 65_535) || !isCount(columns, 65_535))
    throw unsupportedFormat(frame, `${columns} columns and ${rows} rows`);
  if (!isCount(samplesPerPixel, 4)) throw unsupportedFormat(frame, `${samplesPerPixel} samples per pixel`);
  if (!BITS_ALLOCATED.includes(bitsAllocated)) throw unsupportedFormat(frame, `${bitsAllocated} bits allocated`);
  if (!isCount(bitsStored, bitsAllocated))
    throw unsupportedFormat(frame, `${bitsStored} bits stored in ${bitsAllocated}`);
  if (bitsAllocated === 1 && samplesPerPixel !== 1) throw unsupportedFormat(frame, 'colour of 1 bit');
  if (frameBytes(frame.pixels) > MAX_FRAME_BYTES)
    throw unsupportedFormat(frame, `a frame of ${frameBytes(frame.pixels)} bytes`);
}

/** Every sample present, not subsampled; 1-bit samples packed eight to a byte. */
export function frameBytes(pixels: PixelDescription): number {
  return Math.ceil((pixels.rows * pixels.columns * pixels.samplesPerPixel * pixels.bitsAllocated) / 8);
}

/**
 * Uncompressed chroma-subsampled frames hold two samples a pixel: Y Y Cb Cr.
 * Source: PS3.3 C.7.6.3.1.2, YBR_FULL_422 and YBR_PARTIAL_422.
 */
export function nativeFrameBytes(pixels: PixelDescription): number {
  const isSubsampled = pixels.photometricInterpretation.endsWith('_422') && pixels.samplesPerPixel === 3;
  return isSubsampled ? (frameBytes(pixels) / 3) * 2 : frameBytes(pixels);
}
