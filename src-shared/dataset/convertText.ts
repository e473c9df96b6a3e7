/**
 * The text of a data set in UTF-8 instead of what it was written in: everything else stays byte for byte. Items that name a
 * character set of their own are left alone, and so is what cannot be told to be text. Source: PS3.5 6.1.2.3, 6.2.
 */
import { AppError } from '../base/appError';
import { dictionaryEntry } from './dictionary';
import { contentEncoding, HeaderReader, UNDEFINED_LENGTH, type Encoding } from './elements';
import {
  DELIMITER_BYTES,
  encodeElement,
  fitsHeader,
  joined,
  paddedText,
  readRawElements,
  type RawElement,
} from './rawElements';
import { Tag } from './tags';
import type { TextDecoding } from './text';

/** VRs whose characters (0008,0005) tells. Source: PS3.5 6.1.2.2. */
const TEXT_VRS = new Set(['SH', 'LO', 'ST', 'LT', 'UC', 'UT', 'PN']);
/** Deeper items are left as they are. */
const MAX_DEPTH = 64;

interface Place {
  readonly start: number;
  readonly end: number;
}

const utf8 = new TextEncoder();

/** Text of one data set that is not UTF-8 yet. */
export class TextConversion {
  constructor(
    readonly bytes: Uint8Array<ArrayBuffer>,
    readonly decoding: TextDecoding,
  ) {}

  /** All bytes of an element, converted; the element's own where nothing was to be done. @throws `file/malformed` */
  element(element: RawElement, encoding: Encoding, depth = 0): Uint8Array {
    const vr = vrOf(element);
    if (TEXT_VRS.has(vr)) return this.#text(element, vr, encoding);
    const isOpen = element.hasUndefinedLength && element.tag !== Tag.PixelData;
    return vr === 'SQ' || isOpen ? this.#sequence(element, encoding, depth) : this.#asItIs(element);
  }

  #asItIs({ start, end }: Place): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(start, end);
  }

  #text(element: RawElement, vr: string, encoding: Encoding): Uint8Array {
    const { tag, offset, length } = element;
    const value = this.bytes.subarray(offset, offset + length);
    const text = this.decoding.decode(value, vr);
    const converted = paddedText(utf8.encode(text));
    if (isSame(value, converted)) return this.#asItIs(element);
    const trimmed = paddedText(utf8.encode(text.replace(/[ \0]+$/, '')));
    if (!fitsHeader(element.vr, trimmed.length)) {
      throw new AppError('file/malformed', 'A text of the file is too long to be written in Unicode.');
    }
    return encodeElement({ tag, vr: element.vr, value: trimmed }, encoding);
  }

  /** The items of a sequence without its header, converted where they are not yet. */
  items(element: RawElement, outer: Encoding): Uint8Array {
    const { offset, length } = element;
    const items = this.#items(element, contentEncoding(element.vr, outer), 0);
    return items ? joined(items) : this.#asItIs({ start: offset, end: offset + length });
  }

  #sequence(element: RawElement, outer: Encoding, depth: number): Uint8Array {
    const encoding = contentEncoding(element.vr, outer);
    const items = depth < MAX_DEPTH ? this.#items(element, encoding, depth) : null;
    if (!items) return this.#asItIs(element);
    const { tag, vr, hasUndefinedLength } = element;
    return encodeElement({ tag, vr, value: joined(items), hasUndefinedLength }, outer);
  }

  /** `null` where nothing changes, or the items make no sense. */
  #items({ offset, length }: RawElement, encoding: Encoding, depth: number): Uint8Array[] | null {
    const end = offset + length;
    const reader = new HeaderReader(this.bytes, end);
    const items: Uint8Array[] = [];
    let isChanged = false;
    let position = offset;
    while (position < end) {
      if (!reader.read(position, encoding) || reader.tag !== Tag.Item) return null;
      const hasUndefinedLength = reader.length === UNDEFINED_LENGTH;
      const start = reader.valueOffset;
      const limit = hasUndefinedLength ? end : start + reader.length;
      if (limit > end) return null;
      const elements = readRawElements(this.bytes, { start, end: limit, hasPixels: true }, encoding);
      const contentEnd = elements.at(-1)?.end ?? start;
      const itemEnd = hasUndefinedLength ? contentEnd + DELIMITER_BYTES : limit;
      if (!isItemEnd(reader, { contentEnd, limit, hasUndefinedLength }, encoding)) return null;
      const content = this.#item(elements, encoding, depth);
      isChanged ||= content !== null;
      items.push(
        content
          ? encodeElement({ tag: Tag.Item, vr: '', value: content, hasUndefinedLength }, encoding)
          : this.#asItIs({ start: position, end: itemEnd }),
      );
      position = itemEnd;
    }
    return isChanged ? items : null;
  }

  /** `null` where nothing changes. */
  #item(elements: readonly RawElement[], encoding: Encoding, depth: number): Uint8Array | null {
    if (elements.some(({ tag, length }) => tag === Tag.SpecificCharacterSet && length > 0)) return null;
    const pieces = elements.map((element) => this.element(element, encoding, depth + 1));
    // What is unchanged is a view of the file itself.
    return pieces.some(({ buffer }) => buffer !== this.bytes.buffer) ? joined(pieces) : null;
  }
}

/** Whether the elements read fill their item: up to its length, or up to its delimiter. */
function isItemEnd(
  reader: HeaderReader,
  { contentEnd, limit, hasUndefinedLength }: { contentEnd: number; limit: number; hasUndefinedLength: boolean },
  encoding: Encoding,
): boolean {
  if (!hasUndefinedLength) return contentEnd === limit;
  return reader.read(contentEnd, encoding) && reader.tag === Tag.ItemDelimitation;
}

/** The file's own, else the dictionary's; `UN` is left alone. */
function vrOf({ tag, vr }: RawElement): string {
  return vr === '' ? (dictionaryEntry(tag)?.vr ?? '') : vr;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
