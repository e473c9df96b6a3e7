/** JPEG-LS, lossless and near-lossless, in every interleave mode. Source: PS3.5 8.2.3 and A.4.3; ITU-T T.87. */
import type { DecodedPixels, EncodedFrame } from '../dicom/frame';
import { checkHeader, decodeWithKernel } from './codestream';
import { damaged, unsupportedFormat } from './failures';
import { findEndMarker, isScannedByComponent, parseJpegHeader, START_OF_FRAME_JPEG_LS } from './jpegHeader';
import type { Kernel } from './kernel/kernel';

/** @throws `pixels/decode-failed`, `pixels/mismatch`, `pixels/unsupported-format` */
export async function decodeJpegLs(frame: EncodedFrame, kernel: Kernel): Promise<DecodedPixels> {
  const header = parseJpegHeader(frame.bytes);
  if (!header) throw damaged(frame, 'it does not begin as a JPEG-LS image');
  if (header.startOfFrame !== START_OF_FRAME_JPEG_LS)
    throw unsupportedFormat(frame, 'another JPEG process where JPEG-LS is announced');
  checkHeader(frame, header);
  const end = findEndMarker(frame.bytes);
  if (end < 0) throw damaged(frame, 'its JPEG-LS image has no end');
  const decoded = await decodeWithKernel(frame, {
    kernel,
    entry: 'DecodeJpegLs',
    codestream: frame.bytes.subarray(0, end + 2),
    precision: header.precision,
    isSigned: frame.pixels.isSigned,
    // The kernel (dcmjs-codecs 0.0.8, CharLS) leaves interleave mode "none" in planes and calls it interleaved.
    isPlanar: isScannedByComponent(frame.bytes),
  });
  return { ...decoded, photometricInterpretation: frame.pixels.photometricInterpretation };
}
