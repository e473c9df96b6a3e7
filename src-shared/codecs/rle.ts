/**
 * RLE Lossless: one run-length segment for each byte of a composite pixel, most significant byte first, colours in
 * order. The segments are planes of bytes; the result is little-endian samples interleaved by pixel.
 * Source: PS3.5 Annex G (G.3.1 the PackBits decoder, G.5 the header).
 */
import type { DecodedPixels, EncodedFrame } from '../dicom/frame';
import { damaged, mismatch } from './failures';
import { frameBytes } from './frameSize';

const HEADER_BYTES = 64;
const MAX_SEGMENTS = 15;

/** Where one segment's bytes go: every `stride`-th byte from `start`. */
interface Target {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly start: number;
  readonly stride: number;
}

/**
 * Unpacks one segment; returns whether it filled its target. A last run that is longer than the target is cut: encoders
 * that pad rows exist.
 */
function unpackSegment(segment: Uint8Array, target: Target): boolean {
  const { bytes, stride } = target;
  const end = bytes.length;
  let to = target.start;
  let from = 0;
  while (to < end && from < segment.length) {
    const control = segment[from++] ?? 0;
    if (control < 128) {
      const last = from + control + 1;
      if (last > segment.length) return false;
      for (; from < last && to < end; to += stride) bytes[to] = segment[from++] ?? 0;
    } else if (control > 128) {
      if (from >= segment.length) return false;
      const value = segment[from++] ?? 0;
      for (let left = 257 - control; left > 0 && to < end; left--, to += stride) bytes[to] = value;
    }
  }
  return to >= end;
}

/** Start and end of each segment. @throws `pixels/decode-failed` when they do not lie one after the other in the frame. */
function segmentBounds(frame: EncodedFrame): readonly (readonly [number, number])[] {
  const { bytes } = frame;
  if (bytes.length < HEADER_BYTES) throw damaged(frame, 'its RLE header is cut off');
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const count = view.getUint32(0, true);
  if (count < 1 || count > MAX_SEGMENTS) throw damaged(frame, `its RLE header announces ${count} segments`);
  const starts = Array.from({ length: count }, (_, index) => view.getUint32(4 + index * 4, true));
  const ends = [...starts.slice(1), bytes.length];
  return starts.map((start, index) => {
    const end = ends[index] ?? 0;
    if (start < HEADER_BYTES || start >= end || end > bytes.length)
      throw damaged(frame, `RLE segment ${index + 1} lies outside the frame`);
    return [start, end];
  });
}

/** @throws `pixels/decode-failed`, `pixels/mismatch` */
export function decodeRle(frame: EncodedFrame): DecodedPixels {
  const { pixels } = frame;
  const bounds = segmentBounds(frame);
  const bytesPerSample = Math.max(1, pixels.bitsAllocated / 8);
  const stride = bytesPerSample * pixels.samplesPerPixel;
  if (bounds.length !== stride)
    throw mismatch(frame, `it has ${bounds.length} RLE segments where ${stride} are described`);
  const bytes = new Uint8Array(frameBytes(pixels));
  bounds.forEach(([start, end], index) => {
    const sample = Math.floor(index / bytesPerSample);
    const byte = bytesPerSample - 1 - (index % bytesPerSample);
    const target = { bytes, start: sample * bytesPerSample + byte, stride };
    if (!unpackSegment(frame.bytes.subarray(start, end), target))
      throw damaged(frame, `RLE segment ${index + 1} of ${bounds.length} ends too early`);
  });
  return {
    bytes,
    photometricInterpretation: pixels.photometricInterpretation.replace(/_422$/, ''),
    bitsAllocated: pixels.bitsAllocated,
  };
}
