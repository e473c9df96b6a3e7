/** Decoded bytes as samples that can be shown: grey as stored values, colour as RGB of 8 bits. */
import { AppError } from '../../src-shared/base/appError';
import { rgbFromSamples } from '../../src-shared/dicom/colour';
import type { DisplayTransform } from '../../src-shared/dicom/display';
import type { DecodedPixels } from '../../src-shared/dicom/frame';
import type { PixelDescription } from '../../src-shared/dicom/records';
import { storedValues } from './samples';
import type { DecodedFrame, SampleArray } from './types';

export interface ShownSamples {
  readonly kind: DecodedFrame['kind'];
  readonly samples: SampleArray;
}

/** @throws `pixels/unsupported-format`, `pixels/mismatch` (fewer samples than the image has pixels) */
export function shownSamples(
  decoded: DecodedPixels,
  described: PixelDescription,
  display: DisplayTransform,
): ShownSamples {
  const { bytes, photometricInterpretation, bitsAllocated } = decoded;
  const pixels = { ...described, photometricInterpretation, bitsAllocated };
  const stored = storedValues(bytes, pixels);
  if (pixels.samplesPerPixel === 1 && photometricInterpretation !== 'PALETTE COLOR') {
    return { kind: 'grey', samples: exactly(stored, pixels.rows * pixels.columns) };
  }
  const rgb = rgbFromSamples(stored, pixels, display.palette);
  if (rgb) return { kind: 'colour', samples: exactly(rgb, pixels.rows * pixels.columns * 3) };
  throw new AppError(
    'pixels/unsupported-format',
    `Images of the kind ${photometricInterpretation || 'without a photometric interpretation'} cannot be shown yet.`,
    { photometricInterpretation },
  );
}

function exactly(samples: SampleArray, count: number): SampleArray {
  if (samples.length === count) return samples;
  if (samples.length > count) return samples.slice(0, count);
  throw new AppError('pixels/mismatch', `The image should have ${count} samples, but ${samples.length} were decoded.`, {
    expected: count,
    decoded: samples.length,
  });
}
