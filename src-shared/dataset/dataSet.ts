/** One data set or sequence item: attributes by tag, each read from its bytes when it is asked for. */
import type { PersonName } from '../dicom/records';
import {
  contentEncoding,
  endOfUndefined,
  HeaderReader,
  UNDEFINED_LENGTH,
  walkElements,
  type DataElement,
  type Encoding,
} from './elements';
import { fileText, type FileText } from './fileText';
import { Tag } from './tags';
import type { TextDoubt } from './text';

/** Longer text is cut: nobody reads it, and a label must not carry megabytes. */
const MAX_TEXT_BYTES = 65_536;
/** Items read of one sequence; sequences read here describe one image. */
const MAX_ITEMS = 65_536;

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A number as DS or IS write it, strictly: anything else, or one that is not finite, is `null`. Source: PS3.5 6.2. */
export function parseNumber(text: string): number | null {
  const trimmed = text.trim();
  if (!DECIMAL.test(trimmed)) return null;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : null;
}

type BinaryVr = 'US' | 'SS' | 'UL' | 'SL' | 'FL' | 'FD';
const BINARY_WIDTH: Readonly<Record<string, number>> = {
  US: 2,
  SS: 2,
  OW: 2,
  UL: 4,
  SL: 4,
  OL: 4,
  FL: 4,
  OF: 4,
  FD: 8,
  OD: 8,
};

/** Control and direction characters that could disguise a one-line label. */
const DISGUISES = /[\u0000-\u001f\u007f\u2028-\u202e\u2066-\u2069]+/g;

export class DataSet {
  readonly #view: DataView;
  readonly #text: FileText;

  constructor(
    readonly bytes: Uint8Array<ArrayBuffer>,
    readonly encoding: Encoding,
    readonly elements: ReadonlyMap<number, DataElement>,
    outer: FileText = fileText(),
    view: DataView = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  ) {
    this.#view = view;
    const declared = elements.get(Tag.SpecificCharacterSet);
    this.#text = declared ? outer.declaring(this.#ascii(declared)) : outer;
  }

  /** False: text beyond ASCII is a guess. */
  get isCharacterSetKnown(): boolean {
    return this.#text.decoding.isKnown;
  }

  /** What was doubtful about the text read so far, in this data set, those around it and those inside it. */
  get textDoubts(): ReadonlySet<TextDoubt> {
    return this.#text.doubts;
  }

  has(tag: number): boolean {
    return (this.elements.get(tag)?.length ?? 0) > 0;
  }

  /** The bytes of a value; a view, not a copy. */
  valueBytes(element: DataElement): Uint8Array<ArrayBuffer> {
    return this.bytes.subarray(element.offset, element.offset + element.length);
  }

  #ascii(element: DataElement): string {
    return String.fromCharCode(...this.valueBytes(element).subarray(0, 1024));
  }

  /** The whole value as text, values separated by backslashes; `''` when absent. */
  rawText(tag: number, vr: string): string {
    const element = this.elements.get(tag);
    if (!element || element.length === 0) return '';
    const end = element.offset + Math.min(element.length, MAX_TEXT_BYTES);
    return this.#text.decoding.decode(this.bytes.subarray(element.offset, end), vr, this.#text.doubts);
  }

  /** The first value on one line, trimmed. */
  text(tag: number, vr = 'LO'): string {
    const raw = this.rawText(tag, vr);
    if (raw === '') return '';
    const isMultiValued = vr !== 'ST' && vr !== 'LT' && vr !== 'UT';
    const split = isMultiValued ? raw.indexOf('\\') : -1;
    return oneLine(split < 0 ? raw : raw.slice(0, split));
  }

  /** All values, trimmed; empty when the attribute is. */
  texts(tag: number, vr = 'CS'): string[] {
    const raw = this.rawText(tag, vr);
    return raw.trim() === '' ? [] : raw.split('\\').map(oneLine);
  }

  /** A UID as written, without padding. */
  uid(tag: number): string {
    return this.text(tag, 'UI');
  }

  /** Source: PS3.5 6.2.1. */
  personName(tag: number): PersonName {
    const [alphabetic = '', ideographic = '', phonetic = ''] = this.text(tag, 'PN').split('=');
    return { alphabetic: alphabetic.trim(), ideographic: ideographic.trim(), phonetic: phonetic.trim() };
  }

  /** All numbers of a value, text or binary; `implicitVr` says how to read it where the file does not. */
  numbers(tag: number, implicitVr: BinaryVr | 'DS' = 'DS'): (number | null)[] {
    const element = this.elements.get(tag);
    if (!element || element.length === 0) return [];
    const vr = element.vr === '' || element.vr === 'UN' ? implicitVr : element.vr;
    const width = BINARY_WIDTH[vr];
    if (width === undefined) return this.rawText(tag, 'DS').split('\\').map(parseNumber);
    const count = Math.floor(element.length / width);
    return Array.from({ length: count }, (_, index) => this.#binary(vr, element.offset + index * width));
  }

  /** The first number; `null` when absent or not a number. */
  number(tag: number, implicitVr: BinaryVr | 'DS' = 'DS'): number | null {
    const element = this.elements.get(tag);
    if (!element || element.length === 0) return null;
    const vr = element.vr === '' || element.vr === 'UN' ? implicitVr : element.vr;
    const width = BINARY_WIDTH[vr];
    if (width !== undefined) return element.length < width ? null : this.#binary(vr, element.offset);
    return this.numbers(tag, implicitVr)[0] ?? null;
  }

  #binary(vr: string, offset: number): number | null {
    const view = this.#view;
    const little = this.encoding.isLittleEndian;
    switch (vr) {
      case 'SS':
        return view.getInt16(offset, little);
      case 'UL':
      case 'OL':
        return view.getUint32(offset, little);
      case 'SL':
        return view.getInt32(offset, little);
      case 'FL':
      case 'OF':
        return finite(view.getFloat32(offset, little));
      case 'FD':
      case 'OD':
        return finite(view.getFloat64(offset, little));
      default:
        return view.getUint16(offset, little);
    }
  }

  /** An item of this data set: its text is in this character set unless it names its own. Source: PS3.5 6.1.2.5.4. */
  inner(elements: ReadonlyMap<number, DataElement>, encoding = this.encoding): DataSet {
    return new DataSet(this.bytes, encoding, elements, this.#text, this.#view);
  }

  /** The items of a sequence, at most `limit` of them. A damaged item ends the list. */
  items(tag: number, limit = MAX_ITEMS): DataSet[] {
    const element = this.elements.get(tag);
    if (!element) return [];
    const isOpenUnknown = element.vr === 'UN' && element.hasUndefinedLength;
    const encoding = isOpenUnknown ? contentEncoding('UN', this.encoding) : this.encoding;
    const end = element.offset + element.length;
    const reader = new HeaderReader(this.bytes, end);
    const items: DataSet[] = [];
    let position = element.offset;
    while (items.length < limit && reader.read(position, encoding) && reader.tag === Tag.Item) {
      const { length, valueOffset } = reader;
      const itemEnd = length === UNDEFINED_LENGTH ? endOfItem(reader, valueOffset, encoding) : valueOffset + length;
      if (itemEnd > end || itemEnd < 0) break;
      const content = this.bytes.subarray(0, length === UNDEFINED_LENGTH ? itemEnd - 8 : itemEnd);
      const walk = walkElements(content, valueOffset, encoding);
      items.push(this.inner(walk.elements, encoding));
      position = itemEnd;
    }
    return items;
  }
}

/** The offset just after the delimiter of an item of undefined length. */
function endOfItem(reader: HeaderReader, start: number, encoding: Encoding): number {
  let position = start;
  while (reader.read(position, encoding)) {
    const { tag, vr, length, valueOffset } = reader;
    if (tag === Tag.ItemDelimitation) return valueOffset;
    if (length === UNDEFINED_LENGTH) {
      position = endOfUndefined(reader, valueOffset, contentEncoding(vr, encoding));
      if (position < 0) return -1;
    } else position = valueOffset + length;
  }
  return -1;
}

function oneLine(text: string): string {
  return text.replace(DISGUISES, ' ').trim();
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
