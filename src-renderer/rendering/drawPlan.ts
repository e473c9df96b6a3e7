/**
 * Everything that decides a pixel's light, worked out once in double precision, for whoever then does it a million times
 * (the shader or the processor). Both follow the same short formula, so their pictures are the same within rounding.
 */
import { isLowestBrightest } from '../../src-shared/dicom/grey';
import { compose, invert, type Affine } from '../viewing/spaces';
import type { DecodedFrame } from '../imaging/types';
import { IDENTITY_8_BIT, windowCurve, type Curve } from './curve';
import { TONED_PADDING, tonedSource, type SampleSource } from './tone';
import type { SliceDisplay } from './types';

/** Device pixels of the picture, and how many of them make one CSS pixel. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly devicePixelRatio: number;
}

export interface DrawPlan {
  readonly source: SampleSource;
  /** Continuous (column, row) from device pixels; a device pixel's centre is at its index + 0.5. */
  readonly imageFromDevice: Affine;
  /** Bilinear between the four nearest samples, or the nearest one. */
  readonly isLinear: boolean;
  /** Above 1: the picture is smaller than the image, and each pixel is the mean of `taps × taps` samples under it. */
  readonly taps: number;
  readonly curve: Curve;
  /** Samples from `min` to `max` are no image and drawn black. */
  readonly padding: { readonly min: number; readonly max: number } | null;
  readonly isInverted: boolean;
}

/** More would cost more than it shows. */
const MAX_TAPS = 4;

export function drawPlan(frame: DecodedFrame, display: SliceDisplay, raster: Raster): DrawPlan {
  const ratio = raster.devicePixelRatio;
  const deviceFromCanvas: Affine = { a: ratio, b: 0, c: 0, d: ratio, e: 0, f: 0 };
  const imageFromDevice = invert(compose(deviceFromCanvas, display.canvasFromImage));
  const place = {
    imageFromDevice,
    isLinear: display.interpolation === 'linear',
    taps: display.interpolation === 'linear' ? tapsFor(imageFromDevice) : 1,
  };
  if (frame.kind === 'colour') {
    return { ...place, source: frame, curve: IDENTITY_8_BIT, padding: null, isInverted: display.isInverted };
  }
  const isInverted = isLowestBrightest(frame.display) !== display.isInverted;
  const modality = frame.display.modality;
  if (display.voi.kind === 'table' || modality?.kind === 'table') {
    const source = tonedSource(frame, display.voi);
    return { ...place, source, curve: IDENTITY_8_BIT, padding: { min: TONED_PADDING, max: TONED_PADDING }, isInverted };
  }
  const curve = windowCurve(display.voi, modality ?? { slope: 1, intercept: 0 });
  return { ...place, source: frame, curve, padding: frame.display.padding, isInverted };
}

/** How many samples per axis fall under one device pixel, rounded up. */
function tapsFor(map: Affine): number {
  const perPixel = Math.max(Math.hypot(map.a, map.b), Math.hypot(map.c, map.d));
  return perPixel > 1.01 ? Math.min(MAX_TAPS, Math.ceil(perPixel - 0.01)) : 1;
}
