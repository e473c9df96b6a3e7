/** Modality values into stored values of a chosen width and sign. */
import { grainAt } from './noise';

export interface PixelFormat {
  readonly bitsAllocated: 8 | 16;
  /** At most `bitsAllocated`. */
  readonly bitsStored: number;
  readonly isSigned: boolean;
  readonly photometric: 'MONOCHROME1' | 'MONOCHROME2';
  readonly slope: number;
  readonly intercept: number;
}

export const SIGNED_16: PixelFormat = {
  bitsAllocated: 16,
  bitsStored: 16,
  isSigned: true,
  photometric: 'MONOCHROME2',
  slope: 1,
  intercept: 0,
};

/** Least and greatest stored value. */
export function storedRange({ bitsStored, isSigned }: PixelFormat): readonly [least: number, greatest: number] {
  return isSigned ? [-(2 ** (bitsStored - 1)), 2 ** (bitsStored - 1) - 1] : [0, 2 ** bitsStored - 1];
}

/** Rounded, and held within what the format can say. */
export function storedFrom(format: PixelFormat, modalityValue: number): number {
  const [least, greatest] = storedRange(format);
  const stored = Math.round((modalityValue - format.intercept) / format.slope);
  return Math.min(greatest, Math.max(least, stored));
}

/**
 * One slice as the bytes of Pixel Data, little-endian; bits above `bitsStored` repeat the sign. `noise` is the standard
 * deviation of the grain in modality units: 0 keeps every value in closed form.
 */
export function packSlice(
  values: Float32Array,
  format: PixelFormat,
  grain: { readonly noise: number; readonly columns: number; readonly slice: number },
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.length * (format.bitsAllocated / 8));
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < values.length; index++) {
    const column = index % grain.columns;
    const row = (index - column) / grain.columns;
    const added = grain.noise === 0 ? 0 : grain.noise * grainAt(column, row, grain.slice);
    const stored = storedFrom(format, (values[index] ?? 0) + added);
    if (format.bitsAllocated === 8) view.setUint8(index, stored & 0xff);
    else view.setUint16(index * 2, stored & 0xffff, true);
  }
  return bytes;
}
