/** JPEG 2000 Part 1, reversible and irreversible. Source: PS3.5 8.2.4 and A.4.4; ITU-T T.800. */
import type { DecodedPixels, EncodedFrame } from '../dicom/frame';
import { checkHeader, decodeWithKernel } from './codestream';
import { damaged, unsupportedFormat } from './failures';
import { parseJpeg2000Header, unboxedCodestream } from './jpeg2000Header';
import { findEndMarker } from './jpegHeader';
import type { Kernel } from './kernel/kernel';

/** The inverse multiple component transform is part of the decoder: what was YBR_RCT or YBR_ICT is RGB now. */
function photometricOf({ pixels }: EncodedFrame): string {
  return /^YBR_(RCT|ICT)$/.test(pixels.photometricInterpretation) ? 'RGB' : pixels.photometricInterpretation;
}

/** @throws `pixels/decode-failed`, `pixels/mismatch`, `pixels/unsupported-format` */
export async function decodeJpeg2000(frame: EncodedFrame, kernel: Kernel): Promise<DecodedPixels> {
  const codestream = unboxedCodestream(frame.bytes);
  const header = parseJpeg2000Header(codestream);
  if (!header) throw damaged(frame, 'it does not begin as a JPEG 2000 image');
  if (header.isSubsampled) throw unsupportedFormat(frame, 'JPEG 2000 with subsampled components');
  checkHeader(frame, header);
  const end = findEndMarker(codestream);
  if (end < 0) throw damaged(frame, 'its JPEG 2000 image has no end');
  const decoded = await decodeWithKernel(frame, {
    kernel,
    entry: 'DecodeJpeg2000',
    codestream: codestream.subarray(0, end + 2),
    precision: header.precision,
    isSigned: header.isSigned,
  });
  return { ...decoded, photometricInterpretation: photometricOf(frame) };
}
