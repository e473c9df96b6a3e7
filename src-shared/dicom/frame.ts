/** One frame on its way from the file to the screen. */
import type { PixelDescription } from './records';

/** A frame as the file holds it. */
export interface EncodedFrame {
  readonly transferSyntaxUid: string;
  readonly pixels: PixelDescription;
  readonly frameIndex: number;
  /**
   * Native: exactly this frame's bytes in file byte order, except that 8-bit samples written as big-endian words (OW)
   * are already in pixel order, because a frame may begin inside a word. Encapsulated: the frame's fragments joined.
   */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Decoded stored values: little-endian, `bitsAllocated` wide, samples interleaved by pixel, no colour conversion except
 * the inverse transforms that are part of JPEG 2000, no rescale, unused bits as they were. 1-bit data stay packed;
 * uncompressed YBR_FULL_422 stays subsampled.
 */
export interface DecodedPixels {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What the samples mean now: decoding YBR_RCT or YBR_ICT gives RGB, decoding a JPEG of YBR_FULL_422 gives YBR_FULL. */
  readonly photometricInterpretation: string;
  /** Width of a sample now: as described, except that 1-bit samples compressed with JPEG 2000 come out 8 bits wide. */
  readonly bitsAllocated: number;
}
