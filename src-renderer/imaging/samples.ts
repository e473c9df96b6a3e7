/** Stored values from decoded bytes: bits outside BitsStored removed, signs extended. Source: PS3.5 8.1.1, 8.2. */
import { AppError } from '../../src-shared/base/appError';
import type { PixelDescription } from '../../src-shared/dicom/records';
import type { SampleArray } from './types';

/**
 * One number per sample in the order of the bytes. `bytes` are little-endian, `bitsAllocated` wide; they may be reused
 * for the result.
 *
 * @throws `pixels/unsupported-format` for other widths than 1, 8, 16 and 32 bits (64 for floats).
 */
export function storedValues(bytes: Uint8Array<ArrayBuffer>, pixels: PixelDescription): SampleArray {
  if (pixels.sampleKind === 'float32') return new Float32Array(alignedCopy(bytes, 4));
  if (pixels.sampleKind === 'float64') return Float32Array.from(new Float64Array(alignedCopy(bytes, 8)));
  if (pixels.bitsAllocated === 1) return unpackedBits(bytes, pixels.rows * pixels.columns * pixels.samplesPerPixel);
  const values = typedValues(bytes, pixels);
  cleanBits(values, pixels);
  return values;
}

function typedValues(bytes: Uint8Array<ArrayBuffer>, { bitsAllocated, isSigned }: PixelDescription) {
  const buffer = alignedCopy(bytes, bitsAllocated / 8);
  switch (bitsAllocated) {
    case 8:
      return isSigned ? new Int8Array(buffer) : new Uint8Array(buffer);
    case 16:
      return isSigned ? new Int16Array(buffer) : new Uint16Array(buffer);
    case 32:
      return isSigned ? new Int32Array(buffer) : new Uint32Array(buffer);
    default:
      throw new AppError(
        'pixels/unsupported-format',
        `Images with ${bitsAllocated} bits allocated are not supported.`,
        {
          bitsAllocated,
        },
      );
  }
}

/** The bytes' own buffer when it is exactly theirs, otherwise a copy; whole elements only. */
function alignedCopy(bytes: Uint8Array<ArrayBuffer>, elementBytes: number): ArrayBuffer {
  const length = bytes.byteLength - (bytes.byteLength % elementBytes);
  if (bytes.byteOffset === 0 && bytes.buffer.byteLength === length) return bytes.buffer;
  return bytes.slice(0, length).buffer;
}

/**
 * Bits above and below the stored ones hold anything at all in real files. Moving the stored bits to the top and back
 * drops both, and brings the sign along.
 */
function cleanBits(
  values: Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array,
  { bitsAllocated, bitsStored, highBit, isSigned }: PixelDescription,
): void {
  if (bitsStored === bitsAllocated) return;
  const up = 31 - highBit;
  const down = 32 - bitsStored;
  for (let at = 0; at < values.length; at += 1) {
    const raised = (values[at] ?? 0) << up;
    values[at] = isSigned ? raised >> down : raised >>> down;
  }
}

/** First pixel in the lowest bit of the first byte. Source: PS3.5 8.1.1, D.2. */
function unpackedBits(bytes: Uint8Array, count: number): Uint8Array<ArrayBuffer> {
  const values = new Uint8Array(count);
  for (let at = 0; at < count; at += 1) values[at] = ((bytes[at >> 3] ?? 0) >> (at & 7)) & 1;
  return values;
}

/** Smallest and largest value outside the padding; both 0 when nothing is left. NaN counts as padding. */
export function valueRange(
  samples: SampleArray,
  padding: { readonly min: number; readonly max: number } | null,
): { readonly min: number; readonly max: number } {
  const low = padding?.min ?? 1;
  const high = padding?.max ?? 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of samples) {
    if (value >= low && value <= high) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? { min, max } : { min: 0, max: 0 };
}
