/**
 * From decoded frames to the values that the reference decoders of DICOM write out, so that hashes and differences can
 * be compared with theirs. They undo the colour transform of lossy JPEG, which belongs to that compression as the
 * component transforms belong to JPEG 2000; a viewer does it on the way to the screen.
 */
import { rgbFromJpegYcc } from '../../src-shared/codecs';
import type { DecodedPixels } from '../../src-shared/dicom/frame';
import type { OpenedPicture } from '../workers/decodeTask';

export interface StoredValues {
  /** The next frame's values; for single bits possibly without the last, which begins a byte that the next frame ends. */
  add(decoded: DecodedPixels): Uint8Array;
  /** What is left at the end. */
  finish(): Uint8Array;
}

/** PS3.5 A.4.1: JPEG baseline, extended, progressive. */
const LOSSY_JPEG = ['1.2.840.10008.1.2.4.50', '1.2.840.10008.1.2.4.51', '1.2.840.10008.1.2.4.55'];

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

/** What the values mean when data set and codestream agree that they are YCbCr; otherwise nothing is converted. */
function isJpegColour({ transferSyntaxUid, pixels }: OpenedPicture, decoded: DecodedPixels): boolean {
  return (
    LOSSY_JPEG.includes(transferSyntaxUid) &&
    pixels.photometricInterpretation.startsWith('YBR_FULL') &&
    decoded.photometricInterpretation === 'YBR_FULL' &&
    decoded.bitsAllocated === 8
  );
}

/** Values of one object's frames, to be added in order. */
export function storedValuesOf(picture: OpenedPicture): StoredValues {
  const { bitsAllocated, rows, columns } = picture.pixels;
  const isPacked = bitsAllocated === 1 && (rows * columns) % 8 !== 0;
  if (isPacked) return joinedBits(rows * columns);
  return {
    add: (decoded) => (isJpegColour(picture, decoded) ? rgbFromJpegYcc(decoded.bytes) : decoded.bytes),
    finish: () => NOTHING,
  };
}
