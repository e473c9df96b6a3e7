/** Every element of a file as a person or a script reads it; values of bytes and pixels by length only. */
import { AppError } from '../base/appError';
import { DataSet } from './dataSet';
import { dictionaryEntry } from './dictionary';
import {
  contentEncoding,
  endOfUndefined,
  HeaderReader,
  walkElements,
  type DataElement,
  type Encoding,
} from './elements';
import { locateDataSet, type LocatedDataSet } from './part10';
import { Tag, tagText } from './tags';

export interface DumpedElement {
  /** `ggggeeee`, lower case. */
  readonly tag: string;
  /** Of the file, else of the dictionary, else `''`. */
  readonly vr: string;
  /** `''` for private and unknown attributes. */
  readonly keyword: string;
  /** Bytes of the value; `null` when it runs to a delimiter. */
  readonly length: number | null;
  /** Absent for bytes, pixels and sequences. */
  readonly values?: readonly (string | number | null)[];
  /** Sequences only. */
  readonly items?: readonly (readonly DumpedElement[])[];
}

export interface Dump {
  readonly transferSyntaxUid: string;
  readonly elements: readonly DumpedElement[];
  /** Why the dump ends early; `null` when it is whole. */
  readonly problem: string | null;
}

type BinaryVr = Parameters<DataSet['numbers']>[1];

const BINARY_VRS = new Set(['US', 'SS', 'UL', 'SL', 'FL', 'FD']);
const BYTE_VRS = new Set(['OB', 'OW', 'OD', 'OF', 'OL', 'OV', 'SV', 'UV', 'UN', '']);
const ONE_VALUE_VRS = new Set(['ST', 'LT', 'UT', 'UR']);
const MAX_DEPTH = 32;
/** Numbers listed of one value. */
const MAX_NUMBERS = 1024;

/** @throws `file/truncated`, `file/malformed` when not even the start of the data set can be found */
export function dumpFile(bytes: Uint8Array<ArrayBuffer>): Dump {
  const located = locateDataSet(bytes);
  if (!located) throw new AppError('file/truncated', 'The file ends inside its meta header.');
  const elements = dumpElements(located.meta, 0);
  const problem = dumpBody(located, elements);
  return { transferSyntaxUid: located.transferSyntaxUid, elements, problem };
}

/** Adds to `elements` what can be read, up to the end; says why it ended early. */
function dumpBody({ bytes, start, encoding }: LocatedDataSet, elements: DumpedElement[]): string | null {
  try {
    for (let position = start; ;) {
      const walk = walkElements(bytes, position, encoding);
      elements.push(...dumpElements(new DataSet(bytes, encoding, walk.elements), 0));
      if (walk.stop === 'short') return `The file ends inside ${walk.tag === 0 ? 'an element' : tagText(walk.tag)}.`;
      if (!walk.pixelElement) return null;
      elements.push(describe(walk.pixelElement));
      position = endOfValue(walk.pixelElement, bytes, encoding);
      if (position < 0 || position > bytes.length) return 'The file ends inside its pixel data.';
    }
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.message;
    throw thrown;
  }
}

/** -1 when the bytes end first. */
function endOfValue(element: DataElement, bytes: Uint8Array, encoding: Encoding): number {
  if (!element.hasUndefinedLength) return element.offset + element.length;
  const reader = new HeaderReader(bytes, bytes.length);
  return endOfUndefined(reader, element.offset, contentEncoding(element.vr, encoding));
}

function dumpElements(dataSet: DataSet, depth: number): DumpedElement[] {
  return [...dataSet.elements.values()].map((element) => dumpElement(dataSet, element, depth));
}

function dumpElement(dataSet: DataSet, element: DataElement, depth: number): DumpedElement {
  const described = describe(element);
  if (isSequence(element, described.vr)) {
    if (depth >= MAX_DEPTH) return described;
    return { ...described, items: dataSet.items(element.tag).map((item) => dumpElements(item, depth + 1)) };
  }
  return BYTE_VRS.has(described.vr) ? described : { ...described, values: valuesOf(dataSet, element, described.vr) };
}

function describe(element: DataElement): DumpedElement {
  const entry = dictionaryEntry(element.tag);
  const isKnownVr = element.vr !== '' && element.vr !== 'UN';
  return {
    tag: element.tag.toString(16).padStart(8, '0'),
    vr: isKnownVr ? element.vr : (entry?.vr ?? element.vr),
    keyword: entry?.keyword ?? '',
    length: element.hasUndefinedLength ? null : element.length,
  };
}

/** An attribute of unknown VR and undefined length can only be a sequence. Source: PS3.5 6.2.2 note 4. */
function isSequence(element: DataElement, vr: string): boolean {
  return vr === 'SQ' || (element.hasUndefinedLength && element.tag !== Tag.PixelData);
}

function valuesOf(dataSet: DataSet, element: DataElement, vr: string): readonly (string | number | null)[] {
  if (element.length === 0) return [];
  if (vr === 'AT') return tagsOf(dataSet, element);
  if (BINARY_VRS.has(vr)) return dataSet.numbers(element.tag, vr as BinaryVr).slice(0, MAX_NUMBERS);
  const text = dataSet.rawText(element.tag, vr);
  return (ONE_VALUE_VRS.has(vr) ? [text] : text.split('\\')).map((value) => value.replace(/[ \0]+$/, ''));
}

function tagsOf(dataSet: DataSet, element: DataElement): string[] {
  const bytes = dataSet.valueBytes(element);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = dataSet.encoding.isLittleEndian;
  const count = Math.min(MAX_NUMBERS, Math.floor(bytes.length / 4));
  return Array.from({ length: count }, (_, index) =>
    tagText(view.getUint16(index * 4, little) * 0x10000 + view.getUint16(index * 4 + 2, little)),
  );
}
