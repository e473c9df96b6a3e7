/**
 * Data elements in memory: their headers are read, their values are left where they are. Nothing here recurses, every
 * step advances, and nothing is allocated by a length that the file claims.
 * Source: PS3.5 7.1 (data elements), 7.5 (nesting), A.1 to A.3 (encodings).
 */
import { AppError } from '../base/appError';
import { Tag, tagText } from './tags';

/** How element headers and numbers are written. */
export interface Encoding {
  readonly isExplicit: boolean;
  readonly isLittleEndian: boolean;
}

export const IMPLICIT_LITTLE: Encoding = { isExplicit: false, isLittleEndian: true };
export const EXPLICIT_LITTLE: Encoding = { isExplicit: true, isLittleEndian: true };
export const EXPLICIT_BIG: Encoding = { isExplicit: true, isLittleEndian: false };

export const UNDEFINED_LENGTH = 0xffffffff;

/** Sequences inside sequences; real files stay below ten, an attack does not. */
const MAX_DEPTH = 256;

export interface DataElement {
  readonly tag: number;
  /** `''` where the file does not say. */
  readonly vr: string;
  /** Of the first value byte, from the start of the bytes. */
  readonly offset: number;
  /** Of the value; for an undefined length up to the delimiter, or `UNDEFINED_LENGTH` when its end was not looked for. */
  readonly length: number;
  readonly hasUndefinedLength: boolean;
}

const LONG_VRS = ['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV'];
const SHORT_VRS = ['AE', 'AS', 'AT', 'CS', 'DA', 'DS', 'DT', 'FL', 'FD', 'IS', 'LO', 'LT', 'PN', 'SH', 'SL', 'SS'];
const MORE_SHORT_VRS = ['ST', 'TM', 'UI', 'UL', 'US'];

const vrCode = (vr: string): number => (vr.charCodeAt(0) << 8) | vr.charCodeAt(1);
const vrByCode = new Map<number, { readonly vr: string; readonly isLong: boolean }>([
  ...LONG_VRS.map((vr) => [vrCode(vr), { vr, isLong: true }] as const),
  ...[...SHORT_VRS, ...MORE_SHORT_VRS].map((vr) => [vrCode(vr), { vr, isLong: false }] as const),
]);

/** Whether two bytes are a value representation of the Standard. */
export function isVr(first: number, second: number): boolean {
  return vrByCode.has((first << 8) | second);
}

/** Whether the explicit header of a VR has two reserved bytes and a length of four. Source: PS3.5 table 7.1-1. */
export function isLongVr(vr: string): boolean {
  return vrByCode.get(vrCode(vr))?.isLong ?? true;
}

const isCapital = (byte: number): boolean => byte >= 0x41 && byte <= 0x5a;

/**
 * Reads one element header at a time into its own fields, so that walking allocates nothing.
 * An element without a plausible VR inside explicit data is read as implicit: some writers mix them. Two capitals that
 * are no VR yet are read with the long form, as the Standard asks (PS3.5 6.2.2 note, 7.1.2).
 */
export class HeaderReader {
  tag = 0;
  vr = '';
  length = 0;
  valueOffset = 0;
  readonly #view: DataView;

  constructor(
    bytes: Uint8Array,
    readonly limit: number,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** False when the header does not fit before the limit. */
  read(offset: number, encoding: Encoding): boolean {
    if (offset + 8 > this.limit) return false;
    const view = this.#view;
    const little = encoding.isLittleEndian;
    const group = view.getUint16(offset, little);
    this.tag = group * 0x10000 + view.getUint16(offset + 2, little);
    if (!encoding.isExplicit || group === 0xfffe) return this.#implicit(offset, little);
    const code = view.getUint16(offset + 4);
    const known = vrByCode.get(code);
    if (known && !known.isLong) {
      this.vr = known.vr;
      this.length = view.getUint16(offset + 6, little);
      this.valueOffset = offset + 8;
      return true;
    }
    if (!known && !(isCapital(code >> 8) && isCapital(code & 0xff))) return this.#implicit(offset, little);
    if (offset + 12 > this.limit) return false;
    this.vr = known ? known.vr : 'UN';
    this.length = view.getUint32(offset + 8, little);
    this.valueOffset = offset + 12;
    return true;
  }

  #implicit(offset: number, little: boolean): boolean {
    this.vr = '';
    this.length = this.#view.getUint32(offset + 4, little);
    this.valueOffset = offset + 8;
    return true;
  }
}

/** Unknown VR of undefined length holds implicit little endian items. Source: PS3.5 6.2.2 note 4. */
export function contentEncoding(vr: string, encoding: Encoding): Encoding {
  return vr === 'UN' ? IMPLICIT_LITTLE : encoding;
}

interface Level {
  readonly isItem: boolean;
  readonly encoding: Encoding;
}

/**
 * Finds the end of a value of undefined length. Returns the offset just after its delimiter, or -1 when the bytes end
 * first.
 * @throws `file/malformed`
 */
export function endOfUndefined(reader: HeaderReader, start: number, encoding: Encoding): number {
  const levels: Level[] = [{ isItem: false, encoding }];
  let position = start;
  for (let level = levels.at(-1); level; level = levels.at(-1)) {
    if (!reader.read(position, level.encoding)) return -1;
    const { tag, length, valueOffset } = reader;
    position = valueOffset;
    if (tag === Tag.SequenceDelimitation) {
      if (level.isItem) levels.pop();
      levels.pop();
    } else if (tag === Tag.ItemDelimitation) {
      if (level.isItem) levels.pop();
    } else if (!level.isItem && tag !== Tag.Item) {
      throw new AppError('file/malformed', `A sequence of the data set is damaged near ${tagText(tag)}.`);
    } else if (length === UNDEFINED_LENGTH) {
      if (levels.length >= MAX_DEPTH) throw new AppError('file/malformed', 'The data set is nested too deeply.');
      const inner = level.isItem ? contentEncoding(reader.vr, level.encoding) : level.encoding;
      levels.push({ isItem: !level.isItem, encoding: inner });
    } else {
      position += length;
      if (position > reader.limit) return -1;
    }
  }
  return position;
}

/** What walking through a data set met. */
export interface Walk {
  readonly elements: Map<number, DataElement>;
  /** `pixels`: stopped in front of the value of `pixelElement`; `short`: the bytes end inside an element. */
  readonly stop: 'end' | 'pixels' | 'short';
  readonly pixelElement: DataElement | null;
  /** For `short`: the least number of bytes that can help, and the element that did not fit. */
  readonly neededBytes: number;
  readonly tag: number;
}

const PIXEL_TAGS: ReadonlySet<number> = new Set([Tag.FloatPixelData, Tag.DoubleFloatPixelData, Tag.PixelData]);

/** Walks the top level of a data set, up to its pixel data. Of an attribute written twice the first counts. */
export function walkElements(bytes: Uint8Array, start: number, encoding: Encoding): Walk {
  const elements = new Map<number, DataElement>();
  const reader = new HeaderReader(bytes, bytes.length);
  const ended = { elements, pixelElement: null, neededBytes: 0 };
  let position = start;
  while (position < bytes.length) {
    if (!reader.read(position, encoding)) return shortOrEnd(bytes, position, elements);
    const { tag, vr, length, valueOffset } = reader;
    const hasUndefinedLength = length === UNDEFINED_LENGTH;
    const element = { tag, vr, offset: valueOffset, length, hasUndefinedLength };
    if (PIXEL_TAGS.has(tag)) return { ...ended, stop: 'pixels', pixelElement: element, tag };
    let end = valueOffset + length;
    if (tag >= Tag.Item) end = valueOffset;
    else if (hasUndefinedLength) end = endOfUndefined(reader, valueOffset, contentEncoding(vr, encoding));
    if (end < 0 || end > bytes.length) {
      const neededBytes = end < 0 ? bytes.length + 1 : end;
      return { elements, stop: 'short', pixelElement: null, neededBytes, tag };
    }
    if (tag < Tag.Item && !elements.has(tag)) {
      elements.set(tag, hasUndefinedLength ? { ...element, length: end - 8 - valueOffset } : element);
    }
    position = end;
  }
  return { ...ended, stop: 'end', tag: 0 };
}

/** Less than a header is left: padding when it is zeros, otherwise a header cut in two. */
function shortOrEnd(bytes: Uint8Array, position: number, elements: Map<number, DataElement>): Walk {
  const isPadding = bytes.subarray(position).every((byte) => byte === 0);
  const stop = isPadding ? 'end' : 'short';
  return { elements, stop, pixelElement: null, neededBytes: position + 12, tag: 0 };
}
