/**
 * Frames that are compressed although their transfer syntax says native. Workstations that rewrite headers leave such
 * files behind; what the bytes are is written at their beginning, and the codestream's header must still agree with the
 * data set.
 */
import type { EncodedFrame } from '../dicom/frame';
import { nativeFrameBytes } from './frameSize';
import { parseJpegHeader, START_OF_FRAME_JPEG_LS } from './jpegHeader';
import { parseJpeg2000Header } from './jpeg2000Header';

/** `null` when the frame is what it says, or nothing that is known. */
export function disguiseOf(frame: EncodedFrame): 'jpeg' | 'jpeg-ls' | 'jpeg-2000' | null {
  if (frame.bytes.length >= nativeFrameBytes(frame.pixels)) return null;
  const jpeg = parseJpegHeader(frame.bytes);
  if (jpeg) return jpeg.startOfFrame === START_OF_FRAME_JPEG_LS ? 'jpeg-ls' : 'jpeg';
  return parseJpeg2000Header(frame.bytes) ? 'jpeg-2000' : null;
}
