/**
 * Which frames of an object can be shown where its pixel data end early: all up to the first that is not whole. Of compressed
 * pixel data only the headers of their fragments are read. Source: PS3.5 A.4.
 */
import { transferSyntaxOf } from '../dicom/transferSyntax';
import { DataSet } from './dataSet';
import { walkElements } from './elements';
import { frameRanges, isCodestreamStart, type Fragment, type FragmentRange } from './fragments';
import { longs, nativeStride } from './frames';
import { IssueList } from './issueList';
import { locateDataSet, type LocatedDataSet } from './part10';
import { MAX_FRAMES, pixelPlace, readPixelDescription, type PixelPlace } from './pixelDescription';
import { Tag } from './tags';

/** Bytes of the file from `offset`, fewer than `length` where it ends. */
export type ReadRange = (offset: number, length: number) => Uint8Array;

/** Items and delimiters are little endian in every encapsulated transfer syntax: tag and length, here as one number each. */
const ITEM = 0xe000fffe;
const SEQUENCE_DELIMITATION = 0xe0ddfffe;
const ITEM_HEADER_BYTES = 8;
/** Beside the header: enough to see a codestream begin. */
const SIGNATURE_BYTES = 4;
/** A file with more is taken to be whole: an endless walk helps nobody. */
const MOST_FRAGMENTS = 65_536;
const MOST_TABLE_BYTES = 4 * MOST_FRAGMENTS;

interface WalkedFragments {
  readonly fragments: readonly Fragment[];
  readonly basicOffsets: readonly number[];
  /** Fragments that look like the first of a frame. */
  readonly frameStarts: ReadonlySet<Fragment>;
  readonly isEndless: boolean;
}

function uint32s(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => view.getUint32(index * 4, true));
}

function walkFragments(start: number, fileSizeBytes: number, read: ReadRange): WalkedFragments {
  const fragments: Fragment[] = [];
  const frameStarts = new Set<Fragment>();
  let basicOffsets: readonly number[] = [];
  let tableEnd = -1;
  for (let position = start; fragments.length < MOST_FRAGMENTS;) {
    const head = read(position, ITEM_HEADER_BYTES + SIGNATURE_BYTES);
    const [tag, length = 0] = uint32s(head);
    if (head.length < ITEM_HEADER_BYTES || tag !== ITEM)
      return { fragments, basicOffsets, frameStarts, isEndless: false };
    const offset = position + ITEM_HEADER_BYTES;
    if (tableEnd < 0) {
      tableEnd = offset + length;
      basicOffsets = length <= MOST_TABLE_BYTES ? uint32s(read(offset, length)) : [];
    } else {
      const isWhole = offset + length <= fileSizeBytes;
      const fragment = { tableOffset: position - tableEnd, offset, length, isWhole };
      fragments.push(fragment);
      if (length >= SIGNATURE_BYTES && isCodestreamStart(head, ITEM_HEADER_BYTES)) frameStarts.add(fragment);
    }
    position = offset + length;
  }
  return { fragments, basicOffsets, frameStarts, isEndless: true };
}

function endsWithDelimiter(fileSizeBytes: number, read: ReadRange): boolean {
  const [tag, length] = uint32s(read(Math.max(0, fileSizeBytes - ITEM_HEADER_BYTES), ITEM_HEADER_BYTES));
  return tag === SEQUENCE_DELIMITATION && length === 0;
}

interface Pixels {
  readonly dataSet: DataSet;
  readonly place: PixelPlace;
  readonly frames: number;
  readonly isVideo: boolean;
}

/** Frames whose fragments are all whole, up to the first that is not. */
function wholeEncapsulated(
  { dataSet, place, frames, isVideo }: Pixels,
  fileSizeBytes: number,
  read: ReadRange,
): number {
  const frameCount = isVideo ? 1 : frames;
  if (frameCount === 1 && endsWithDelimiter(fileSizeBytes, read)) return frames;
  const walked = walkFragments(place.element.offset, fileSizeBytes, read);
  if (walked.isEndless) return frames;
  const ranges = frameRanges(walked, {
    frameCount,
    extendedOffsets: longs(dataSet, Tag.ExtendedOffsetTable),
    isFrameStart: (fragment) => walked.frameStarts.has(fragment),
  });
  const isWhole = ({ first, end }: FragmentRange): boolean =>
    walked.fragments.slice(first, end).every((fragment) => fragment.isWhole);
  const firstCut = ranges.findIndex((range) => !isWhole(range));
  const whole = firstCut < 0 ? ranges.length : firstCut;
  return isVideo && whole === 1 ? frames : whole;
}

function announcedFrames(dataSet: DataSet): number {
  const announced = dataSet.number(Tag.NumberOfFrames);
  return announced !== null && Number.isInteger(announced) ? Math.min(announced, MAX_FRAMES) : 1;
}

function locatePixels(located: LocatedDataSet, totalBytes: number): (Pixels & { readonly native: number }) | null {
  const { pixelElement, elements } = walkElements(located.bytes, located.start, located.encoding);
  if (!pixelElement || pixelElement.length === 0) return null;
  const dataSet = new DataSet(located.bytes, located.encoding, elements);
  const place = pixelPlace(pixelElement, dataSet, totalBytes);
  const pixels = readPixelDescription(dataSet, place, new IssueList());
  if (!pixels) return null;
  const isVideo = transferSyntaxOf(located.transferSyntaxUid).codec === 'video';
  const native = Math.floor((place.presentBytes * 8) / nativeStride({ pixels, place }));
  // Fragments have no length of their own to say how many frames there were before the end was cut off.
  const frames = place.isEncapsulated ? Math.max(pixels.frames, announcedFrames(dataSet)) : pixels.frames;
  return { dataSet, place, frames, isVideo, native };
}

/**
 * `1–37 of 60`, `none of 1`; `null` when all frames are whole or nothing can be said. `prefix` holds the header up to the pixel
 * data.
 * @throws `file/malformed`
 */
export function wholeFrames(prefix: Uint8Array<ArrayBuffer>, fileSizeBytes: number, read: ReadRange): string | null {
  const located = locateDataSet(prefix);
  // Where a deflated data set ends is known only when all of it is here.
  if (!located || (located.isDeflated && prefix.length < fileSizeBytes)) return null;
  const pixels = locatePixels(located, located.isDeflated ? located.bytes.length : fileSizeBytes);
  if (!pixels) return null;
  const { frames, place } = pixels;
  const isWalked = place.isEncapsulated && !located.isDeflated;
  if (place.isEncapsulated && !isWalked) return null;
  const whole = isWalked ? wholeEncapsulated(pixels, fileSizeBytes, read) : pixels.native;
  if (whole >= frames) return null;
  if (whole === 0) return `none of ${frames}`;
  return `${whole === 1 ? '1' : `1–${whole}`} of ${frames}`;
}
