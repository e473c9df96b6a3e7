/** Pixels as 32-bit numbers whose bytes in memory are R, G, B, A; every machine Chromium runs on is little-endian. */

export const BLACK = 0xff000000;

/** Opaque; each channel 0 to 255. */
export function packed(red: number, green: number, blue: number): number {
  return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
}

/** The grey pixel of each level, or of its opposite. */
export function greyPalette(isInverted: boolean): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, index) => {
    const level = isInverted ? 255 - index : index;
    return packed(level, level, level);
  });
}
