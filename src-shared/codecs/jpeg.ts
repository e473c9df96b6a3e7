/** JPEG in all its DICOM processes: baseline, extended, progressive and lossless. Source: PS3.5 8.2.1 and A.4.1, A.4.2. */
import type { DecodedPixels, EncodedFrame } from '../dicom/frame';
import { checkHeader, decodeWithKernel } from './codestream';
import { damaged, unsupportedFormat } from './failures';
import { findEndMarker, parseJpegHeader, type JpegHeader } from './jpegHeader';
import type { Kernel } from './kernel/kernel';

/** SOF0 to SOF3: Huffman-coded and not hierarchical. The process a file announces and the one it uses may differ. */
const DECODABLE_FRAMES = [0xc0, 0xc1, 0xc2, 0xc3];

/**
 * The decoder upsamples chroma and converts nothing. What the stream says of its colour outweighs the data set: files
 * that call YCbCr data RGB are common, and the stream is what the encoder wrote.
 */
function photometricOf(frame: EncodedFrame, header: JpegHeader): string {
  if (header.components !== 3) return frame.pixels.photometricInterpretation;
  if (header.declaredColour === 'YCbCr') return 'YBR_FULL';
  if (header.declaredColour === 'RGB') return 'RGB';
  return frame.pixels.photometricInterpretation.replace(/_422$/, '');
}

/** @throws `pixels/decode-failed`, `pixels/mismatch`, `pixels/unsupported-format` */
export async function decodeJpeg(frame: EncodedFrame, kernel: Kernel): Promise<DecodedPixels> {
  const header = parseJpegHeader(frame.bytes);
  if (!header) throw damaged(frame, 'it does not begin as a JPEG image');
  if (!DECODABLE_FRAMES.includes(header.startOfFrame))
    throw unsupportedFormat(frame, `JPEG process SOF${header.startOfFrame - 0xc0}`);
  checkHeader(frame, header);
  const end = findEndMarker(frame.bytes);
  if (end < 0) throw damaged(frame, 'its JPEG image has no end');
  const decoded = await decodeWithKernel(frame, {
    kernel,
    entry: 'DecodeJpeg',
    codestream: frame.bytes.subarray(0, end + 2),
    precision: header.precision,
    isSigned: frame.pixels.isSigned,
  });
  return { ...decoded, photometricInterpretation: photometricOf(frame, header) };
}
