/** One frame's bytes out of an object's pixel data. */
import { AppError } from '../base/appError';
import { transferSyntaxOf } from '../dicom/transferSyntax';
import type { EncodedFrame } from '../dicom/frame';
import type { PixelDescription } from '../dicom/records';
import type { DataSet } from './dataSet';
import { isCodestreamStart, frameRanges, readFragments, type Fragment } from './fragments';
import { nativeFrameBits, type PixelPlace } from './pixelDescription';
import { Tag } from './tags';

type Bytes = Uint8Array<ArrayBuffer>;

export interface FrameSource {
  readonly dataSet: DataSet;
  readonly place: PixelPlace;
  readonly pixels: PixelDescription;
  readonly transferSyntaxUid: string;
}

export interface FrameOptions {
  /** A native frame of which the end is missing comes filled up with zeros; its header carries `pixels-truncated`. */
  readonly isPartialAllowed?: boolean;
}

type ReadFrame = (frameIndex: number, options: FrameOptions) => Bytes;

/** Gives frames by index from 0. @throws `pixels/truncated`, `pixels/no-such-frame` */
export function frameReader(source: FrameSource): (frameIndex: number, options?: FrameOptions) => EncodedFrame {
  const { pixels, transferSyntaxUid, place } = source;
  const read = place.isEncapsulated ? encapsulatedReader(source) : nativeReader(source);
  return (frameIndex, options = {}) => {
    if (!Number.isInteger(frameIndex) || frameIndex < 0 || frameIndex >= pixels.frames) {
      throw new AppError(
        'pixels/no-such-frame',
        `The object has ${pixels.frames} frames; frame ${frameIndex + 1} is not among them.`,
        {
          frame: frameIndex + 1,
          frames: pixels.frames,
        },
      );
    }
    return { transferSyntaxUid, pixels, frameIndex, bytes: read(frameIndex, options) };
  };
}

function truncated(frameIndex: number, frames: number, why: string): AppError {
  return new AppError('pixels/truncated', `Frame ${frameIndex + 1} of ${frames} is not whole: ${why}.`, {
    frame: frameIndex + 1,
    frames,
  });
}

/**
 * Bits of one native frame as they lie in the file. Subsampled colour is sometimes written out in full; the length of
 * the pixel data shows it.
 */
export function nativeStride({ pixels, place }: Pick<FrameSource, 'pixels' | 'place'>): number {
  const bits = nativeFrameBits(pixels);
  const full = pixels.rows * pixels.columns * pixels.samplesPerPixel * pixels.bitsAllocated;
  const isWrittenInFull = place.element.length * 8 >= full * pixels.frames;
  return isWrittenInFull ? full : bits;
}

function nativeReader(source: FrameSource): ReadFrame {
  const { dataSet, place, pixels } = source;
  const stride = nativeStride(source);
  const start = place.element.offset;
  const isWordSwapped = !dataSet.encoding.isLittleEndian && pixels.bitsAllocated <= 8 && place.element.vr === 'OW';
  return (frameIndex, { isPartialAllowed = false }) => {
    const firstBit = frameIndex * stride;
    const firstByte = Math.floor(firstBit / 8);
    const endByte = Math.ceil((firstBit + stride) / 8);
    const there = Math.max(Math.min(place.presentBytes, endByte) - firstByte, 0);
    const canFillUp = isPartialAllowed && there > 0 && endByte - firstByte <= MOST_FILLED_BYTES;
    if (there < endByte - firstByte && !canFillUp) {
      throw truncated(frameIndex, pixels.frames, `${there} of ${endByte - firstByte} bytes are there`);
    }
    const bytes = new Uint8Array(endByte - firstByte);
    bytes.set(
      isWordSwapped
        ? swappedSlice(dataSet.bytes, { start, from: firstByte, to: firstByte + there })
        : dataSet.bytes.subarray(start + firstByte, start + firstByte + there),
    );
    return stride % 8 === 0 ? bytes : shiftedToBitZero(bytes, firstBit % 8, stride);
  };
}

/** Bytes `from` to `to` of values written as 16-bit big-endian words, in the order of the values. Source: PS3.5 8.1.1. */
function swappedSlice(bytes: Bytes, { start, from, to }: { start: number; from: number; to: number }): Bytes {
  const swapped = new Uint8Array(to - from);
  for (let index = from; index < to; index += 1) swapped[index - from] = bytes[start + (index ^ 1)] ?? 0;
  return swapped;
}

/** A few bytes must not become a frame of gigabytes because Rows and Columns say so. */
const MOST_FILLED_BYTES = 512 * 1024 * 1024;

/** 1-bit frames follow each other without padding: one may begin inside a byte. Source: PS3.5 8.1.1. */
function shiftedToBitZero(bytes: Bytes, shift: number, bits: number): Bytes {
  const shifted = new Uint8Array(Math.ceil(bits / 8));
  for (let index = 0; index < shifted.length; index += 1) {
    const pair = (bytes[index] ?? 0) | ((bytes[index + 1] ?? 0) << 8);
    shifted[index] = (pair >> shift) & 0xff;
  }
  const spare = shifted.length * 8 - bits;
  const last = shifted.length - 1;
  shifted[last] = (shifted[last] ?? 0) & (0xff >> spare);
  return shifted;
}

/** 64-bit little-endian numbers; beyond 2^53 no file has bytes. */
export function longs(dataSet: DataSet, tag: number): number[] {
  const element = dataSet.elements.get(tag);
  if (!element) return [];
  const bytes = dataSet.valueBytes(element);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = dataSet.encoding.isLittleEndian;
  return Array.from({ length: Math.floor(bytes.length / 8) }, (_, index) =>
    Number(view.getBigUint64(index * 8, little)),
  );
}

function encapsulatedReader({ dataSet, place, pixels, transferSyntaxUid }: FrameSource): ReadFrame {
  const encapsulated = readFragments(dataSet.bytes, place.element.offset, dataSet.encoding);
  const isVideo = transferSyntaxOf(transferSyntaxUid).codec === 'video';
  const frameCount = isVideo ? 1 : pixels.frames;
  const extendedOffsets = longs(dataSet, Tag.ExtendedOffsetTable);
  const extendedLengths = longs(dataSet, Tag.ExtendedOffsetTableLengths);
  const isFrameStart = ({ offset, length }: Fragment): boolean =>
    length >= 4 && isCodestreamStart(dataSet.bytes, offset);
  const ranges = frameRanges(encapsulated, { frameCount, extendedOffsets, isFrameStart });
  const isExtended = extendedOffsets.length === frameCount && extendedLengths.length === frameCount;
  return (frameIndex) => {
    const range = ranges[isVideo ? 0 : frameIndex];
    if (!range) throw truncated(frameIndex, pixels.frames, 'the pixel data have no fragment for it');
    const fragments = encapsulated.fragments.slice(range.first, range.end);
    if (fragments.some((fragment) => !fragment.isWhole)) {
      throw truncated(frameIndex, pixels.frames, 'the file ends inside it');
    }
    const bytes = joinedFragments(dataSet.bytes, fragments);
    const exact = isExtended && range.end - range.first === 1 ? extendedLengths[frameIndex] : undefined;
    return exact !== undefined && exact < bytes.length ? bytes.slice(0, exact) : bytes;
  };
}

/** A copy, so that nobody who keeps a frame keeps the whole file. */
function joinedFragments(bytes: Bytes, fragments: readonly Fragment[]): Bytes {
  const joined = new Uint8Array(fragments.reduce((size, fragment) => size + fragment.length, 0));
  let at = 0;
  for (const { offset, length } of fragments) {
    joined.set(bytes.subarray(offset, offset + length), at);
    at += length;
  }
  return joined;
}
