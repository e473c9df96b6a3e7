/**
 * Elements as the bytes they are, header included, for changing some and leaving the others as they lie in the file. Nothing
 * here knows what an attribute means. Source: PS3.5 7.1.
 */
import { ByteSink } from './byteSink';
import {
  contentEncoding,
  endOfUndefined,
  HeaderReader,
  isLongVr,
  UNDEFINED_LENGTH,
  type DataElement,
  type Encoding,
} from './elements';
import { Tag } from './tags';

export interface RawElement extends DataElement {
  /** Of the first byte of its header. */
  readonly start: number;
  /** Just after it, its delimiter included. */
  readonly end: number;
}

const PIXEL_TAGS: ReadonlySet<number> = new Set([Tag.FloatPixelData, Tag.DoubleFloatPixelData, Tag.PixelData]);

export interface RawRange {
  readonly start: number;
  readonly end: number;
  /** Goes on past pixel data, as icons inside items have them. */
  readonly hasPixels?: boolean;
}

/**
 * The elements from `start`, each with all its bytes, up to pixel data, a delimiter, or the first that does not end before `end`.
 * @throws `file/malformed`
 */
export function readRawElements(
  bytes: Uint8Array,
  { start, end, hasPixels = false }: RawRange,
  encoding: Encoding,
): RawElement[] {
  const reader = new HeaderReader(bytes, end);
  const elements: RawElement[] = [];
  let position = start;
  while (position < end && reader.read(position, encoding)) {
    const { tag, vr, length, valueOffset } = reader;
    if (tag >= Tag.Item || (PIXEL_TAGS.has(tag) && !hasPixels)) break;
    const hasUndefinedLength = length === UNDEFINED_LENGTH;
    const elementEnd = hasUndefinedLength
      ? endOfUndefined(reader, valueOffset, contentEncoding(vr, encoding))
      : valueOffset + length;
    if (elementEnd < 0 || elementEnd > end) break;
    const valueEnd = hasUndefinedLength ? elementEnd - DELIMITER_BYTES : elementEnd;
    elements.push({
      tag,
      vr,
      offset: valueOffset,
      length: valueEnd - valueOffset,
      hasUndefinedLength,
      start: position,
      end: elementEnd,
    });
    position = elementEnd;
  }
  return elements;
}

export const DELIMITER_BYTES = 8;

/** Of an explicit header with a length of two bytes. */
const MOST_SHORT_BYTES = 0xfffe;

/** Whether a value of this size can be written with this VR, `''` being none. */
export function fitsHeader(vr: string, length: number): boolean {
  return vr === '' || isLongVr(vr) || length <= MOST_SHORT_BYTES;
}

function writeTag(sink: ByteSink, tag: number): void {
  sink.uint16(tag >>> 16);
  sink.uint16(tag & 0xffff);
}

/** An element header; `vr` `''` writes it as implicit, which items are in every encoding. */
function writeHeader(sink: ByteSink, { tag, vr }: Pick<DataElement, 'tag' | 'vr'>, length: number): void {
  writeTag(sink, tag);
  if (vr === '') sink.uint32(length);
  else {
    sink.ascii(vr);
    if (isLongVr(vr)) {
      sink.uint16(0);
      sink.uint32(length);
    } else sink.uint16(length);
  }
}

/** What is to be written: a value in its final bytes, of even length. One too long for its VR becomes `UN`. */
export interface NewElement {
  readonly tag: number;
  /** `''`: as implicit, whatever the encoding. */
  readonly vr: string;
  readonly value: Uint8Array;
  /** With a delimiter in the place of a length: sequences and items only. */
  readonly hasUndefinedLength?: boolean;
}

export function encodeElement(
  { tag, vr, value, hasUndefinedLength = false }: NewElement,
  { isExplicit, isLittleEndian }: Encoding,
): Uint8Array<ArrayBuffer> {
  const sink = new ByteSink(!isLittleEndian, value.length + 12 + DELIMITER_BYTES);
  const written = isExplicit ? vr : '';
  writeHeader(
    sink,
    { tag, vr: fitsHeader(written, value.length) ? written : 'UN' },
    hasUndefinedLength ? UNDEFINED_LENGTH : value.length,
  );
  sink.bytes(value);
  if (hasUndefinedLength) {
    writeTag(sink, tag === Tag.Item ? Tag.ItemDelimitation : Tag.SequenceDelimitation);
    sink.uint32(0);
  }
  return sink.toBytes();
}

/** One item of defined length. */
export function encodeItem(content: Uint8Array, encoding: Encoding): Uint8Array<ArrayBuffer> {
  return encodeElement({ tag: Tag.Item, vr: '', value: content }, encoding);
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** Values have an even length: text ends with a space. Source: PS3.5 6.2. */
export function paddedText(bytes: Uint8Array): Uint8Array {
  return bytes.length % 2 === 0 ? bytes : joined([bytes, Uint8Array.of(0x20)]);
}
