/** What every compressed codestream goes through around its kernel: agreement with the data set before, size after. */
import type { DecodedPixels, EncodedFrame } from '../dicom/frame';
import { damaged, mismatch } from './failures';
import { frameBytes } from './frameSize';
import type { Kernel, KernelEntry, KernelImage, KernelPicture } from './kernel/kernel';
import { interleaved, widened } from './samples';

/** What a codestream's own header says. */
interface CodestreamHeader {
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  readonly precision: number;
}

/**
 * Precision may be below Bits Allocated (it is Bits Stored in a careful file and anything in others), never above it:
 * samples would not fit. @throws `pixels/mismatch`
 */
export function checkHeader(frame: EncodedFrame, header: CodestreamHeader): void {
  const { pixels } = frame;
  if (header.rows !== pixels.rows || header.columns !== pixels.columns)
    throw mismatch(
      frame,
      `it has ${header.columns} columns and ${header.rows} rows where ${pixels.columns} and ${pixels.rows} are described`,
    );
  if (header.components !== pixels.samplesPerPixel)
    throw mismatch(
      frame,
      `it has ${header.components} samples per pixel where ${pixels.samplesPerPixel} are described`,
    );
  if (header.precision > Math.max(8, pixels.bitsAllocated))
    throw mismatch(frame, `its samples have ${header.precision} bits where ${pixels.bitsAllocated} are described`);
}

/** The picture the kernel gave must be the one it was asked for. @throws `pixels/decode-failed` */
function checkPicture(frame: EncodedFrame, asked: KernelImage, picture: KernelPicture): void {
  const { columns, rows, samplesPerPixel, bitsAllocated, bytes, damage } = picture;
  if (damage !== null) throw damaged(frame, damage);
  if (columns !== asked.columns || rows !== asked.rows || samplesPerPixel !== asked.samplesPerPixel)
    throw damaged(frame, 'the decoder gave a picture of another size');
  if (bitsAllocated !== 8 && bitsAllocated !== 16)
    throw damaged(frame, `the decoder gave ${bitsAllocated}-bit samples`);
  const expected = (columns * rows * samplesPerPixel * bitsAllocated) / 8;
  if (bytes.length !== expected) throw damaged(frame, `${bytes.length} of ${expected} bytes were decoded`);
}

/** Samples in the width that the data set describes. */
function inDescribedWidth(frame: EncodedFrame, picture: KernelPicture, bitsAllocated: number): Uint8Array<ArrayBuffer> {
  if (picture.bitsAllocated === bitsAllocated) return picture.bytes;
  if (picture.bitsAllocated === 8 && bitsAllocated === 16) return widened(picture.bytes, picture.isSigned);
  throw damaged(frame, `the decoder gave ${picture.bitsAllocated}-bit samples where ${bitsAllocated} are described`);
}

export interface KernelRequest {
  readonly kernel: Kernel;
  readonly entry: KernelEntry;
  readonly codestream: Uint8Array;
  /** Bits of a sample in the codestream. */
  readonly precision: number;
  readonly isSigned: boolean;
  /** The decoder gives one component after the other, whatever it says. */
  readonly isPlanar?: boolean;
}

/** Decodes one whole codestream. @throws `pixels/decode-failed` */
export async function decodeWithKernel(
  frame: EncodedFrame,
  request: KernelRequest,
): Promise<Omit<DecodedPixels, 'photometricInterpretation'>> {
  const { pixels } = frame;
  const bitsAllocated = Math.max(8, pixels.bitsAllocated);
  const asked: KernelImage = {
    columns: pixels.columns,
    rows: pixels.rows,
    bitsAllocated: request.precision > 8 ? 16 : 8,
    bitsStored: request.precision,
    samplesPerPixel: pixels.samplesPerPixel,
    isSigned: request.isSigned,
  };
  let picture: KernelPicture;
  try {
    picture = await request.kernel.decode(request.entry, asked, request.codestream);
  } catch (thrown) {
    throw damaged(frame, thrown instanceof Error ? thrown.message : 'the decoder gave up', thrown);
  }
  checkPicture(frame, asked, picture);
  const samples = inDescribedWidth(frame, picture, bitsAllocated);
  const isPlanar = (request.isPlanar ?? picture.isPlanar) && pixels.samplesPerPixel > 1;
  const bytes = isPlanar ? interleaved(samples, pixels.samplesPerPixel, bitsAllocated / 8) : samples;
  if (bytes.length !== frameBytes({ ...pixels, bitsAllocated }))
    throw damaged(frame, 'the decoded picture has the wrong size');
  return { bytes, bitsAllocated };
}
