/** Uncompressed frames: already samples, at most in another byte or plane order. */
import type { DecodedPixels, EncodedFrame } from '../dicom/frame';
import { damaged, truncated } from './failures';
import { frameBytes, nativeFrameBytes } from './frameSize';
import { interleaved } from './samples';

/**
 * Width of the unit whose bytes are reversed. Integers of more than 8 bits are words (OW) even when they are 32 bits
 * wide, and words alone are reversed; floats (OF, OD) are reversed whole; 8-bit and 1-bit samples are bytes.
 * Source: PS3.5 8.1.1, 8.2 and A.3.
 */
function bytesReversed({ pixels }: EncodedFrame): number {
  if (pixels.sampleKind === 'float32') return 4;
  if (pixels.sampleKind === 'float64') return 8;
  return pixels.bitsAllocated > 8 ? 2 : 1;
}

function reverseUnits(bytes: Uint8Array<ArrayBuffer>, unit: number): void {
  for (let start = 0; start + unit <= bytes.length; start += unit) bytes.subarray(start, start + unit).reverse();
}

function swapPairs(bytes: Uint8Array<ArrayBuffer>): void {
  for (let index = 0; index + 1 < bytes.length; index += 2) {
    const first = bytes[index] ?? 0;
    bytes[index] = bytes[index + 1] ?? 0;
    bytes[index + 1] = first;
  }
}

function toLittleEndian(frame: EncodedFrame, bytes: Uint8Array<ArrayBuffer>): void {
  const unit = bytesReversed(frame);
  if (unit === 2) swapPairs(bytes);
  else if (unit > 2) reverseUnits(bytes, unit);
}

/** Subsampled colour may have been written out in full by a careless encoder; then it is no longer subsampled. */
function photometricOf(frame: EncodedFrame, isFull: boolean): string {
  const { photometricInterpretation } = frame.pixels;
  const isSubsampled = nativeFrameBytes(frame.pixels) !== frameBytes(frame.pixels);
  return isSubsampled && isFull ? photometricInterpretation.replace(/_422$/, '') : photometricInterpretation;
}

/** @throws `pixels/truncated` when bytes are missing, `pixels/decode-failed` when there are too many. */
export function decodeNative(frame: EncodedFrame, isBigEndian: boolean): DecodedPixels {
  const { pixels } = frame;
  const expected = nativeFrameBytes(pixels);
  const full = frameBytes(pixels);
  const length = frame.bytes.length;
  if (length < expected) throw truncated(frame, `${length} of ${expected} bytes are there`);
  const isFull = length >= full;
  const used = isFull ? full : expected;
  if (length - used > 1) throw damaged(frame, `${length} bytes where ${used} belong`);
  const bytes = frame.bytes.slice(0, used);
  if (isBigEndian) toLittleEndian(frame, bytes);
  const isPlanar = pixels.planarConfiguration === 1 && pixels.samplesPerPixel > 1 && isFull;
  return {
    bytes: isPlanar ? interleaved(bytes, pixels.samplesPerPixel, pixels.bitsAllocated / 8) : bytes,
    photometricInterpretation: photometricOf(frame, isFull),
    bitsAllocated: pixels.bitsAllocated,
  };
}
