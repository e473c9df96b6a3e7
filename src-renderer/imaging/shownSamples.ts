/** Decoded bytes as samples that can be shown: grey as stored values, colour as RGB of 8 bits. */
import { AppError } from '../../src-shared/base/appError';
import type { DisplayTransform } from '../../src-shared/dicom/display';
import type { DecodedPixels } from '../../src-shared/dicom/frame';
import type { PixelDescription } from '../../src-shared/dicom/records';
import { storedValues } from './samples';
import type { DecodedFrame, SampleArray } from './types';

export interface ShownSamples {
  readonly kind: DecodedFrame['kind'];
  readonly samples: SampleArray;
}

/** @throws `pixels/unsupported-format` */
export function shownSamples(
  decoded: DecodedPixels,
  described: PixelDescription,
  _display: DisplayTransform,
): ShownSamples {
  const { bytes, photometricInterpretation: photometric, bitsAllocated } = decoded;
  const pixels = { ...described, photometricInterpretation: photometric, bitsAllocated };
  const samples = storedValues(bytes, pixels);
  if (pixels.samplesPerPixel === 1 && photometric !== 'PALETTE COLOR') return { kind: 'grey', samples };
  if (photometric === 'RGB' && samples instanceof Uint8Array) return { kind: 'colour', samples };
  throw new AppError('pixels/unsupported-format', `Images of the kind ${photometric} cannot be shown yet.`, {
    photometric,
  });
}
