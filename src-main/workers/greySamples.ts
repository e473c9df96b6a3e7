/** Decoded bytes of one sample per pixel as numbers: unused bits masked, signs extended. */
import type { DecodedPixels } from '../../src-shared/dicom/frame';
import type { PixelDescription } from '../../src-shared/dicom/records';

export type GreySamples =
  Uint8Array | Int8Array | Uint16Array | Int16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

function unpackedBits(packed: Uint8Array, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, index) => ((packed[index >> 3] ?? 0) >> (index & 7)) & 1);
}

function wordsOf({ bytes, bitsAllocated }: DecodedPixels, isSigned: boolean) {
  const { buffer, byteOffset, byteLength } = bytes;
  if (bitsAllocated === 8) return isSigned ? new Int8Array(buffer, byteOffset) : bytes;
  if (bitsAllocated === 16) {
    const count = Math.floor(byteLength / 2);
    return isSigned ? new Int16Array(buffer, byteOffset, count) : new Uint16Array(buffer, byteOffset, count);
  }
  if (bitsAllocated !== 32) return null;
  const count = Math.floor(byteLength / 4);
  return isSigned ? new Int32Array(buffer, byteOffset, count) : new Uint32Array(buffer, byteOffset, count);
}

/** Drops what lies above High Bit and below the stored bits, in place. Source: PS3.5 8.1.1. */
function keepStoredBits(words: Exclude<ReturnType<typeof wordsOf>, null>, pixels: PixelDescription): void {
  const width = words.BYTES_PER_ELEMENT * 8;
  const { bitsStored, isSigned } = pixels;
  if (bitsStored >= width) return;
  const highBit = Math.min(Math.max(pixels.highBit, bitsStored - 1), width - 1);
  const up = 31 - highBit;
  const down = 32 - bitsStored;
  for (let index = 0; index < words.length; index++) {
    const raised = (words[index] ?? 0) << up;
    words[index] = isSigned ? raised >> down : raised >>> down;
  }
}

/** One number per pixel, row by row; `null` for a width that is not known. May share memory with, and change, `decoded`. */
export function greySamples(decoded: DecodedPixels, pixels: PixelDescription): GreySamples | null {
  const { buffer, byteOffset, byteLength } = decoded.bytes;
  if (pixels.sampleKind === 'float32') return new Float32Array(buffer, byteOffset, byteLength / 4);
  if (pixels.sampleKind === 'float64') return new Float64Array(buffer, byteOffset, byteLength / 8);
  if (decoded.bitsAllocated === 1) return unpackedBits(decoded.bytes, pixels.rows * pixels.columns);
  const words = wordsOf(decoded, pixels.isSigned);
  if (words && pixels.bitsAllocated > 1) keepStoredBits(words, pixels);
  return words;
}
