/**
 * From decoded frames to the values that the reference decoders of DICOM write out, so that hashes and differences can
 * be compared with theirs.
 */
import type { DecodedPixels } from '../../src-shared/dicom/frame';
import type { PixelDescription } from '../../src-shared/dicom/records';

export interface StoredValues {
  /** The next frame's values; for single bits possibly without the last, which begins a byte that the next frame ends. */
  add(decoded: DecodedPixels): Uint8Array;
  /** What is left at the end. */
  finish(): Uint8Array;
}

const NOTHING = new Uint8Array(0);

/** Frames of single bits follow one another without padding, as they do in native pixel data. Source: PS3.5 8.1.1. */
function joinedBits(bitsPerFrame: number): StoredValues {
  let pending = 0;
  let pendingBits = 0;
  return {
    add({ bytes, bitsAllocated }) {
      if (bitsAllocated !== 1) return bytes;
      const result = new Uint8Array(Math.floor((pendingBits + bitsPerFrame) / 8));
      const lastBits = bitsPerFrame % 8 || 8;
      let at = 0;
      bytes.forEach((byte, index) => {
        const bits = index === bytes.length - 1 ? lastBits : 8;
        pending |= (byte & (0xff >> (8 - bits))) << pendingBits;
        pendingBits += bits;
        if (pendingBits < 8) return;
        result[at++] = pending & 0xff;
        pending >>= 8;
        pendingBits -= 8;
      });
      return result;
    },
    finish: () => (pendingBits === 0 ? NOTHING : Uint8Array.of(pending)),
  };
}

/** Values of one object's frames, to be added in order. */
export function storedValuesOf(pixels: PixelDescription): StoredValues {
  const bitsPerFrame = pixels.rows * pixels.columns;
  const isPacked = pixels.bitsAllocated === 1 && bitsPerFrame % 8 !== 0;
  if (isPacked) return joinedBits(bitsPerFrame);
  return { add: ({ bytes }) => bytes, finish: () => NOTHING };
}
