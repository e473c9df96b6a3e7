/**
 * YCbCr of JPEG to RGB in 8 bits, by the integer arithmetic that the reference decoders share, so that results can be
 * compared with theirs byte by byte. Source: ITU-T T.871 7; PS3.3 C.7.6.3.1.2 (YBR_FULL).
 */

/** Coefficients times 2^16. */
const RED_FROM_CR = 91_881;
const GREEN_FROM_CB = -22_554;
const GREEN_FROM_CR = -46_802;
const BLUE_FROM_CB = 116_130;
const HALF = 32_768;
/** Half less the smallest step: the two green terms are rounded once, together. */
const HALF_OF_GREEN = HALF - 1;

/** Samples interleaved by pixel, three to a pixel; a new array. Results beyond 0 to 255 are clamped. */
export function rgbFromJpegYcc(ybr: Uint8Array): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8ClampedArray(ybr.length);
  for (let at = 0; at + 2 < ybr.length; at += 3) {
    const y = ybr[at] ?? 0;
    const cb = (ybr[at + 1] ?? 0) - 128;
    const cr = (ybr[at + 2] ?? 0) - 128;
    rgb[at] = y + ((RED_FROM_CR * cr + HALF) >> 16);
    rgb[at + 1] = y + ((GREEN_FROM_CB * cb + GREEN_FROM_CR * cr + HALF_OF_GREEN) >> 16);
    rgb[at + 2] = y + ((BLUE_FROM_CB * cb + HALF) >> 16);
  }
  return new Uint8Array(rgb.buffer);
}
