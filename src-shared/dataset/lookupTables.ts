/** Lookup tables of a data set: Modality, VOI and palette. Source: PS3.3 C.11.1.1, C.11.2.1.1, C.7.6.3.1.5, C.7.9. */
import type { LookupTable } from '../dicom/display';
import type { DataSet } from './dataSet';
import { Tag } from './tags';

interface Descriptor {
  readonly count: number;
  readonly firstMapped: number;
  readonly bits: number;
}

/** Three numbers; 0 entries means 65536, and the first mapped value is signed when the pixels are. */
function readDescriptor(dataSet: DataSet, tag: number, isSigned: boolean): Descriptor | null {
  const [count = null, first = null, bits = null] = dataSet.numbers(tag, 'US');
  if (count === null || first === null || bits === null || bits < 1 || bits > 16) return null;
  const unsignedFirst = first & 0xffff;
  const firstMapped = isSigned && unsignedFirst >= 0x8000 ? unsignedFirst - 0x10000 : unsignedFirst;
  return { count: (count & 0xffff) === 0 ? 65_536 : count & 0xffff, firstMapped, bits };
}

/** Entries as 16-bit words, or packed two to a word where they are 8 bits and the length says so. */
function readEntries(dataSet: DataSet, tag: number, { count, bits }: Descriptor): Uint16Array<ArrayBuffer> | null {
  const element = dataSet.elements.get(tag);
  if (!element) return null;
  const bytes = dataSet.valueBytes(element);
  const little = dataSet.encoding.isLittleEndian;
  const entries = new Uint16Array(count);
  if (bits <= 8 && bytes.length < count * 2) {
    if (bytes.length < count) return null;
    const isSwapped = !little && element.vr !== 'OB';
    for (let index = 0; index < count; index += 1) entries[index] = bytes[isSwapped ? index ^ 1 : index] ?? 0;
    return entries;
  }
  if (bytes.length < count * 2) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let index = 0; index < count; index += 1) entries[index] = view.getUint16(index * 2, little);
  return entries;
}

/** The table in a Modality or VOI LUT item; `null` when it is damaged. */
export function readLookupTable(item: DataSet, isSigned: boolean): LookupTable | null {
  const descriptor = readDescriptor(item, Tag.LutDescriptor, isSigned);
  const entries = descriptor && readEntries(item, Tag.LutData, descriptor);
  if (!entries) return null;
  const { firstMapped, bits } = descriptor;
  return { firstMapped, bits, entries, explanation: item.text(Tag.LutExplanation) };
}

export interface PaletteTags {
  readonly descriptor: number;
  readonly data: number;
  readonly segmented: number;
}

export const PALETTE_TAGS = {
  red: { descriptor: Tag.RedPaletteDescriptor, data: Tag.RedPaletteData, segmented: Tag.SegmentedRedPaletteData },
  green: {
    descriptor: Tag.GreenPaletteDescriptor,
    data: Tag.GreenPaletteData,
    segmented: Tag.SegmentedGreenPaletteData,
  },
  blue: { descriptor: Tag.BluePaletteDescriptor, data: Tag.BluePaletteData, segmented: Tag.SegmentedBluePaletteData },
} as const;

export function readPaletteTable(dataSet: DataSet, tags: PaletteTags, isSigned: boolean): LookupTable | null {
  const descriptor = readDescriptor(dataSet, tags.descriptor, isSigned);
  if (!descriptor) return null;
  const entries = dataSet.has(tags.data)
    ? readEntries(dataSet, tags.data, descriptor)
    : readSegments(dataSet, tags.segmented, descriptor);
  if (!entries) return null;
  return { firstMapped: descriptor.firstMapped, bits: descriptor.bits, entries, explanation: '' };
}

const DISCRETE = 0;
const LINEAR = 1;
const INDIRECT = 2;

/** Source: PS3.3 C.7.9.2. `null` when the segments do not give exactly the entries announced. */
function readSegments(dataSet: DataSet, tag: number, { count, bits }: Descriptor): Uint16Array<ArrayBuffer> | null {
  const element = dataSet.elements.get(tag);
  if (!element) return null;
  const words = segmentWords(dataSet, dataSet.valueBytes(element), bits);
  const entries: number[] = [];
  let at = 0;
  while (at + 2 <= words.length && entries.length < count) {
    const opcode = words[at] ?? 0;
    const length = words[at + 1] ?? 0;
    if (opcode === INDIRECT) {
      const offset = (words[at + 2] ?? 0) + (words[at + 3] ?? 0) * 65_536;
      if (!appendIndirect(words, { offset, length, before: at }, entries)) return null;
      at += 4;
    } else {
      const next = appendSegment(words, at, entries);
      if (next === null) return null;
      at = next;
    }
  }
  return entries.length === count ? Uint16Array.from(entries) : null;
}

function segmentWords(dataSet: DataSet, bytes: Uint8Array, bits: number): readonly number[] {
  if (bits <= 8) return Array.from(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = dataSet.encoding.isLittleEndian;
  return Array.from({ length: Math.floor(bytes.length / 2) }, (_, index) => view.getUint16(index * 2, little));
}

/** Appends a discrete or linear segment and returns where the next one is; `null` when it is none. */
function appendSegment(words: readonly number[], at: number, entries: number[]): number | null {
  const opcode = words[at];
  const length = words[at + 1] ?? 0;
  if (entries.length + length > 65_536) return null;
  if (opcode === DISCRETE) {
    for (let index = 0; index < length; index += 1) entries.push(words[at + 2 + index] ?? 0);
    return at + 2 + length;
  }
  const start = entries.at(-1);
  if (opcode !== LINEAR || start === undefined) return null;
  const end = words[at + 2] ?? 0;
  for (let step = 1; step <= length; step += 1) entries.push(Math.round(start + ((end - start) * step) / length));
  return at + 3;
}

/** Repeats earlier segments, which themselves are never indirect. */
function appendIndirect(
  words: readonly number[],
  { offset, length, before }: { offset: number; length: number; before: number },
  entries: number[],
): boolean {
  let at = offset;
  for (let segment = 0; segment < length; segment += 1) {
    const next = at < before ? appendSegment(words, at, entries) : null;
    if (next === null) return false;
    at = next;
  }
  return true;
}
