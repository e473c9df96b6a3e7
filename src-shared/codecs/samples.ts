/** Rearranging decoded samples: planes to pixels, one width to another. */

/**
 * Samples of one colour after the other become samples of one pixel after the other. `bytesPerSample` 1, 2, 4 or 8;
 * the length of `planes` is pixels × `samplesPerPixel` × `bytesPerSample`. Source: PS3.3 C.7.6.3.1.3.
 */
export function interleaved(
  planes: Uint8Array<ArrayBuffer>,
  samplesPerPixel: number,
  bytesPerSample: number,
): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(planes.length);
  const planeBytes = planes.length / samplesPerPixel;
  const pixelBytes = samplesPerPixel * bytesPerSample;
  for (let sample = 0; sample < samplesPerPixel; sample++) {
    for (let byte = 0; byte < bytesPerSample; byte++) {
      let from = sample * planeBytes + byte;
      for (let to = sample * bytesPerSample + byte; to < result.length; to += pixelBytes) {
        result[to] = planes[from] ?? 0;
        from += bytesPerSample;
      }
    }
  }
  return result;
}

/** 8-bit samples as 16-bit little-endian ones; signed samples keep their sign. */
export function widened(samples: Uint8Array<ArrayBuffer>, isSigned: boolean): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(samples.length * 2);
  for (let index = 0; index < samples.length; index++) {
    const low = samples[index] ?? 0;
    result[index * 2] = low;
    if (isSigned && low > 127) result[index * 2 + 1] = 0xff;
  }
  return result;
}
