/**
 * Encapsulated pixel data: a list of fragments and, perhaps, tables that say where frames begin. Tables are believed
 * only when they point at fragments, in order; otherwise the fragments themselves say.
 * Source: PS3.5 A.4, PS3.3 C.7.6.3.1.8 (Extended Offset Table).
 */
import { HeaderReader, UNDEFINED_LENGTH, type Encoding } from './elements';
import { Tag } from './tags';

export interface Fragment {
  /** Of the item header, from the first byte after the Basic Offset Table: what offset tables count. */
  readonly tableOffset: number;
  /** Of the content, from the start of the bytes. */
  readonly offset: number;
  /** As the item says. */
  readonly length: number;
  /** False: the file ends inside it. */
  readonly isWhole: boolean;
}

export interface Encapsulated {
  readonly basicOffsets: readonly number[];
  readonly fragments: readonly Fragment[];
  /** The sequence had its delimiter: nothing is missing. */
  readonly isComplete: boolean;
}

/** Reads the items of pixel data whose first item (the Basic Offset Table) begins at `start`. */
export function readFragments(bytes: Uint8Array, start: number, encoding: Encoding): Encapsulated {
  const reader = new HeaderReader(bytes, bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const basicOffsets: number[] = [];
  const fragments: Fragment[] = [];
  let position = start;
  let tableEnd = -1;
  while (reader.read(position, encoding) && reader.tag === Tag.Item && reader.length !== UNDEFINED_LENGTH) {
    const { length, valueOffset } = reader;
    const end = valueOffset + length;
    if (tableEnd < 0) {
      tableEnd = end;
      for (let offset = valueOffset; offset + 4 <= Math.min(end, bytes.length); offset += 4) {
        basicOffsets.push(view.getUint32(offset, encoding.isLittleEndian));
      }
    } else {
      const isWhole = end <= bytes.length;
      fragments.push({ tableOffset: position - tableEnd, offset: valueOffset, length, isWhole });
    }
    position = end;
  }
  const isComplete = position + 4 <= bytes.length && reader.tag === Tag.SequenceDelimitation;
  return { basicOffsets, fragments, isComplete };
}

/** First and last-but-one fragment of a frame; equal when the frame has none. */
export interface FragmentRange {
  readonly first: number;
  readonly end: number;
}

/**
 * Whether a fragment that begins with these bytes begins a frame. JPEG, JPEG-LS: SOI; JPEG 2000 and HTJ2K: SOC; JPEG XL: bare
 * codestream. Boxed files begin with their signature box.
 */
export function isCodestreamStart(bytes: Uint8Array, offset = 0): boolean {
  if (offset + 4 > bytes.length) return false;
  const first = bytes[offset];
  const second = bytes[offset + 1];
  if (first === 0xff) return second === 0xd8 || (second === 0x4f && bytes[offset + 2] === 0xff) || second === 0x0a;
  return first === 0 && second === 0 && bytes[offset + 2] === 0 && bytes[offset + 3] === 0x0c;
}

function rangesFromStarts(starts: readonly number[], fragmentCount: number): FragmentRange[] {
  return starts.map((first, index) => ({ first, end: starts[index + 1] ?? fragmentCount }));
}

/** The fragments at which a table's offsets point; `null` when one points elsewhere or backwards. */
function startsFromTable(offsets: readonly number[], fragments: readonly Fragment[]): number[] | null {
  const indexByOffset = new Map(fragments.map((fragment, index) => [fragment.tableOffset, index]));
  const starts: number[] = [];
  for (const offset of offsets) {
    const index = indexByOffset.get(offset);
    if (index === undefined || index <= (starts.at(-1) ?? -1)) return null;
    starts.push(index);
  }
  return starts[0] === 0 ? starts : null;
}

export interface FrameHints {
  readonly frameCount: number;
  readonly extendedOffsets: readonly number[];
  /** Asked only where neither tables nor numbers tell. */
  readonly isFrameStart: (fragment: Fragment) => boolean;
}

/** Which fragments make which frame; shorter than `frameCount` where the last frames have none. */
export function frameRanges(
  { fragments, basicOffsets }: Omit<Encapsulated, 'isComplete'>,
  { frameCount, extendedOffsets, isFrameStart }: FrameHints,
): FragmentRange[] {
  if (frameCount === 1) return fragments.length > 0 ? [{ first: 0, end: fragments.length }] : [];
  for (const table of [extendedOffsets, basicOffsets]) {
    const starts = table.length === frameCount ? startsFromTable(table, fragments) : null;
    if (starts) return rangesFromStarts(starts, fragments.length);
  }
  if (fragments.length <= frameCount) return fragments.map((_, index) => ({ first: index, end: index + 1 }));
  const starts = fragments.flatMap((fragment, index) => (isFrameStart(fragment) ? [index] : []));
  const isEveryFrameFound = starts.length === frameCount && starts[0] === 0;
  if (isEveryFrameFound) return rangesFromStarts(starts, fragments.length);
  return fragments.slice(0, frameCount).map((_, index) => ({ first: index, end: index + 1 }));
}
