/** Makes a picture smaller by averaging the area that each new pixel covers, so that nothing thin is lost or flickers. */
import type { EightBitPicture } from './png';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Largest size within a square of `maxEdge` that shows the picture undistorted; never larger than the picture's own
 * longer edge. `pixelAspect` is the height of a pixel divided by its width.
 */
export function fittedSize({ width, height }: Size, pixelAspect: number, maxEdge: number): Size {
  const shownHeight = height * pixelAspect;
  const scale = Math.min(maxEdge, Math.max(width, height)) / Math.max(width, shownHeight);
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(shownHeight * scale)),
  };
}

/** For each of `count` new pixels along one edge of `length` old ones: the old pixels it covers, and how much of each. */
function coverage(length: number, count: number) {
  const step = length / count;
  return Array.from({ length: count }, (_, index) => {
    const start = index * step;
    const end = Math.min(length, start + step);
    const first = Math.floor(start);
    const last = Math.max(first + 1, Math.ceil(end - 1e-9));
    const weights = Array.from(
      { length: last - first },
      (_each, offset) => (Math.min(end, first + offset + 1) - Math.max(start, first + offset)) / step,
    );
    return { first, weights };
  });
}

/** Along rows first, then along columns; sums stay in floating point between the two. */
export function resampled(picture: EightBitPicture, size: Size): EightBitPicture {
  const { width, height, channels, samples } = picture;
  const narrow = new Float32Array(size.width * height * channels);
  coverage(width, size.width).forEach(({ first, weights }, x) => {
    for (let y = 0; y < height; y++) {
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        weights.forEach((weight, offset) => {
          sum += weight * (samples[(y * width + first + offset) * channels + channel] ?? 0);
        });
        narrow[(y * size.width + x) * channels + channel] = sum;
      }
    }
  });
  const rowLength = size.width * channels;
  const result = new Uint8Array(rowLength * size.height);
  coverage(height, size.height).forEach(({ first, weights }, y) => {
    for (let at = 0; at < rowLength; at++) {
      let sum = 0;
      weights.forEach((weight, offset) => {
        sum += weight * (narrow[(first + offset) * rowLength + at] ?? 0);
      });
      result[y * rowLength + at] = Math.round(sum);
    }
  });
  return { ...size, channels, samples: result };
}
