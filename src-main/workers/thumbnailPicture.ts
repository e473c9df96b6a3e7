/** One decoded frame as its object wants to be seen, small, as a PNG. */
import { AppError } from '../../src-shared/base/appError';
import type { Instance } from '../../src-shared/dataset/instance';
import { rgbFromSamples } from '../../src-shared/dicom/colour';
import type { DisplayTransform } from '../../src-shared/dicom/display';
import type { DecodedPixels } from '../../src-shared/dicom/frame';
import { defaultVoi, greyLevel, greyTable, isPadding, type GreyChoice } from '../../src-shared/dicom/grey';
import type { InstanceRecord, PixelDescription } from '../../src-shared/dicom/records';
import { greySamples, type GreySamples } from './greySamples';
import { encodePng, type EightBitPicture } from './png';
import { fittedSize, resampled } from './shrink';

/** Pixels longer than this against their width are a wrong spacing rather than a shape. */
const MAX_PIXEL_ASPECT = 10;

/** Span of a table worth filling before painting. */
const MAX_TABLE_SPAN = 65_536;

interface ValueRange {
  readonly first: number;
  readonly last: number;
}

/** Smallest and largest value that is image; 0 to 0 when there is none. */
function rangeOf(samples: GreySamples, display: DisplayTransform): ValueRange {
  let first = Infinity;
  let last = -Infinity;
  for (let at = 0; at < samples.length; at++) {
    const value = samples[at] ?? 0;
    if (!Number.isFinite(value) || isPadding(display, value)) continue;
    if (value < first) first = value;
    if (value > last) last = value;
  }
  return first <= last ? { first, last } : { first: 0, last: 0 };
}

function paintedGrey(samples: GreySamples, display: DisplayTransform): Uint8Array {
  const range = rangeOf(samples, display);
  const choice: GreyChoice = { voi: defaultVoi(display, range.first, range.last), isInverted: false };
  const isFloat = samples instanceof Float32Array || samples instanceof Float64Array;
  const painted = new Uint8Array(samples.length);
  if (isFloat || range.last - range.first >= MAX_TABLE_SPAN) {
    for (let at = 0; at < painted.length; at++) painted[at] = greyLevel(display, choice, samples[at] ?? 0);
    return painted;
  }
  const levels = greyTable(display, choice, range);
  // What is outside the range is padding: black.
  for (let at = 0; at < painted.length; at++) painted[at] = levels[(samples[at] ?? 0) - range.first] ?? 0;
  return painted;
}

function unsupported(pixels: PixelDescription): AppError {
  return new AppError('pixels/unsupported-format', 'This kind of colour is not known.', {
    photometricInterpretation: pixels.photometricInterpretation.slice(0, 16),
  });
}

function samplesOf({ bytes, bitsAllocated }: DecodedPixels): ArrayLike<number> {
  if (bitsAllocated === 16) return new Uint16Array(bytes.buffer, bytes.byteOffset);
  return bitsAllocated === 32 ? new Uint32Array(bytes.buffer, bytes.byteOffset) : bytes;
}

function colourOf(decoded: DecodedPixels, pixels: PixelDescription, display: DisplayTransform): Uint8Array {
  const { photometricInterpretation } = decoded;
  const rgb = rgbFromSamples(samplesOf(decoded), { ...pixels, photometricInterpretation }, display.palette);
  if (!rgb) throw unsupported(pixels);
  return rgb;
}

function painted(decoded: DecodedPixels, pixels: PixelDescription, display: DisplayTransform): EightBitPicture {
  const { columns: width, rows: height, samplesPerPixel, photometricInterpretation } = pixels;
  if (samplesPerPixel > 1 || photometricInterpretation === 'PALETTE COLOR')
    return { width, height, channels: 3, samples: colourOf(decoded, pixels, display) };
  const samples = greySamples(decoded, pixels);
  if (!samples) throw unsupported(pixels);
  return { width, height, channels: 1, samples: paintedGrey(samples, display) };
}

/** Height of a pixel divided by its width. */
function pixelAspectOf({ spacing }: InstanceRecord): number {
  const aspect = spacing ? spacing.rowMm / spacing.columnMm : 1;
  return aspect >= 1 / MAX_PIXEL_ASPECT && aspect <= MAX_PIXEL_ASPECT ? aspect : 1;
}

/** @throws `pixels/none`, `pixels/unsupported-format` */
export function renderThumbnail(
  { header, display }: Instance,
  decoded: DecodedPixels,
  maxEdge: number,
): Uint8Array<ArrayBuffer> {
  const { pixels } = header.instance;
  if (!pixels) throw new AppError('pixels/none', 'This object holds no picture.');
  const picture = painted(decoded, pixels, display);
  return encodePng(resampled(picture, fittedSize(picture, pixelAspectOf(header.instance), maxEdge)));
}
