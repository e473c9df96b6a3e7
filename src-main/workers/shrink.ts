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

/** What new pixels along one edge cover: new pixel `n` takes `weights[n]` of the old pixels from `firsts[n]` on. */
interface Coverage {
  readonly firsts: Uint32Array;
  readonly weights: readonly Float32Array[];
}

function coverage(length: number, count: number): Coverage {
  const step = length / count;
  const firsts = new Uint32Array(count);
  const weights = Array.from({ length: count }, (_, index) => {
    const start = index * step;
    const end = Math.min(length, start + step);
    const first = Math.floor(start);
    const last = Math.max(first + 1, Math.ceil(end - 1e-9));
    firsts[index] = first;
    return Float32Array.from(
      { length: last - first },
      (_each, offset) => (Math.min(end, first + offset + 1) - Math.max(start, first + offset)) / step,
    );
  });
  return { firsts, weights };
}

/** One line of `samples`, whose neighbours along the line are `stride` apart, into `target`, `stride` apart too. */
interface Line {
  readonly samples: ArrayLike<number>;
  readonly from: number;
  readonly target: Float32Array | Uint8ClampedArray;
  readonly to: number;
  readonly stride: number;
}

function resampleLine({ samples, from, target, to, stride }: Line, { firsts, weights }: Coverage): void {
  for (let index = 0; index < firsts.length; index++) {
    const parts = weights[index];
    if (!parts) continue;
    let at = from + (firsts[index] ?? 0) * stride;
    let sum = 0;
    for (let part = 0; part < parts.length; part++, at += stride) sum += (parts[part] ?? 0) * (samples[at] ?? 0);
    target[to + index * stride] = sum;
  }
}

/** Along rows first, then along columns; sums stay in floating point between the two. */
export function resampled(picture: EightBitPicture, size: Size): EightBitPicture {
  const { width, height, channels, samples } = picture;
  const rowLength = size.width * channels;
  const narrow = new Float32Array(rowLength * height);
  const across = coverage(width, size.width);
  for (let y = 0; y < height; y++) {
    for (let channel = 0; channel < channels; channel++) {
      const from = y * width * channels + channel;
      resampleLine({ samples, from, target: narrow, to: y * rowLength + channel, stride: channels }, across);
    }
  }
  const result = new Uint8ClampedArray(rowLength * size.height);
  const down = coverage(height, size.height);
  for (let x = 0; x < rowLength; x++) {
    resampleLine({ samples: narrow, from: x, target: result, to: x, stride: rowLength }, down);
  }
  return { ...size, channels, samples: new Uint8Array(result.buffer) };
}
