/** Elements into bytes in one transfer syntax's encoding. Source: PS3.5 sections 6.2, 7.1, 7.5 and A.4. */
import { assert } from '../base/assert';
import { ByteSink } from './byteSink';
import type { Element, ElementList, EncapsulatedFrames, Encoding, NumberVr } from './writeTypes';

const ITEM = 0xfffee000;
const ITEM_END = 0xfffee00d;
const SEQUENCE_END = 0xfffee0dd;
const UNDEFINED_LENGTH = 0xffffffff;

/** VRs whose explicit header has two reserved bytes and a 32-bit length. Source: PS3.5 table 7.1-1. */
const LONG_HEADER = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'UC', 'UN', 'UR', 'UT']);

/** Bytes of a word that byte order turns. */
const WORD_BYTES: Readonly<Record<string, number>> = { OD: 8, OF: 4, OL: 4, OV: 8, OW: 2 };

const utf8 = new TextEncoder();

/** The elements in tag order, as PS3.5 7.1 demands. */
export function encodeElements(elements: ElementList, encoding: Encoding): Uint8Array<ArrayBuffer> {
  const sink = new ByteSink(encoding.isBigEndian);
  for (const element of [...elements].sort((a, b) => a.tag - b.tag)) writeElement(sink, element, encoding);
  return sink.toBytes();
}

function writeElement(sink: ByteSink, element: Element, encoding: Encoding): void {
  if (element.vr === 'SQ') writeSequence(sink, element.tag, element.value, encoding);
  else if (isEncapsulated(element.value)) writeEncapsulated(sink, element.tag, element.value);
  else writeFlat(sink, element, encodeValue(element, encoding), encoding);
}

function isEncapsulated(value: Element['value']): value is EncapsulatedFrames {
  return typeof value === 'object' && 'frames' in value;
}

function writeTag(sink: ByteSink, tag: number): void {
  sink.uint16(tag >>> 16);
  sink.uint16(tag & 0xffff);
}

function writeHeader(sink: ByteSink, element: { tag: number; vr: string }, length: number, encoding: Encoding): void {
  writeTag(sink, element.tag);
  if (!encoding.isExplicit) {
    sink.uint32(length);
    return;
  }
  sink.ascii(element.vr);
  if (LONG_HEADER.has(element.vr)) {
    sink.uint16(0);
    sink.uint32(length);
  } else {
    assert(length <= 0xffff, `a value of VR ${element.vr} longer than 65,535 bytes`);
    sink.uint16(length);
  }
}

function writeFlat(sink: ByteSink, element: Element, value: Uint8Array, encoding: Encoding): void {
  const isOdd = value.length % 2 === 1;
  writeHeader(sink, element, value.length + (isOdd ? 1 : 0), encoding);
  sink.bytes(value);
  if (isOdd) sink.uint8(paddingOf(element.vr));
}

/** Source: PS3.5 6.2: text ends with a space, a UID and bytes with NUL. */
function paddingOf(vr: string): number {
  return vr === 'UI' || vr === 'OB' || vr === 'UN' ? 0 : 0x20;
}

function encodeValue(element: Element, encoding: Encoding): Uint8Array {
  const { value, vr } = element;
  if (typeof value === 'string') return utf8.encode(value);
  const sink = new ByteSink(encoding.isBigEndian, 64);
  if (value instanceof Uint8Array) {
    if (!encoding.isBigEndian) return value;
    sink.words(value, WORD_BYTES[vr] ?? 1);
  } else if (typeof value === 'number') {
    writeNumber(sink, vr as NumberVr, value);
  } else if (isTexts(value)) {
    return utf8.encode(value.join('\\'));
  } else {
    for (const number of value as readonly number[]) writeNumber(sink, vr as NumberVr, number);
  }
  return sink.toBytes();
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && typeof value[0] === 'string';
}

function writeNumber(sink: ByteSink, vr: NumberVr, value: number): void {
  switch (vr) {
    case 'AT': {
      writeTag(sink, value);
      return;
    }
    case 'FD': {
      sink.float64(value);
      return;
    }
    case 'FL': {
      sink.float32(value);
      return;
    }
    case 'SL': {
      sink.int32(value);
      return;
    }
    case 'SS': {
      sink.int16(value);
      return;
    }
    case 'UL': {
      sink.uint32(value);
      return;
    }
    case 'US': {
      sink.uint16(value);
      return;
    }
  }
}

function writeSequence(sink: ByteSink, tag: number, items: readonly ElementList[], encoding: Encoding): void {
  const body = new ByteSink(encoding.isBigEndian);
  for (const item of items) writeItem(body, encodeElements(item, encoding), encoding.hasUndefinedLengths);
  if (encoding.hasUndefinedLengths) writeDelimiter(body, SEQUENCE_END);
  writeHeader(sink, { tag, vr: 'SQ' }, encoding.hasUndefinedLengths ? UNDEFINED_LENGTH : body.length, encoding);
  sink.bytes(body.toBytes());
}

function writeItem(sink: ByteSink, content: Uint8Array, isUndefinedLength: boolean): void {
  writeTag(sink, ITEM);
  sink.uint32(isUndefinedLength ? UNDEFINED_LENGTH : content.length);
  sink.bytes(content);
  if (isUndefinedLength) writeDelimiter(sink, ITEM_END);
}

function writeDelimiter(sink: ByteSink, tag: number): void {
  writeTag(sink, tag);
  sink.uint32(0);
}

/** Source: PS3.5 A.4: offsets count from the first byte after the offset table's item. */
function writeEncapsulated(sink: ByteSink, tag: number, { frames, hasOffsetTable }: EncapsulatedFrames): void {
  writeHeader(sink, { tag, vr: 'OB' }, UNDEFINED_LENGTH, {
    isExplicit: true,
    isBigEndian: false,
    hasUndefinedLengths: true,
  });
  const fragments = frames.map((frame) => frame.map(evenLength));
  const offsets = new ByteSink(false);
  let offset = 0;
  for (const frame of fragments) {
    if (hasOffsetTable) offsets.uint32(offset);
    offset += frame.reduce((sum, fragment) => sum + 8 + fragment.length, 0);
  }
  writeItem(sink, offsets.toBytes(), false);
  for (const fragment of fragments.flat()) writeItem(sink, fragment, false);
  writeDelimiter(sink, SEQUENCE_END);
}

function evenLength(bytes: Uint8Array): Uint8Array {
  if (bytes.length % 2 === 0) return bytes;
  const padded = new Uint8Array(bytes.length + 1);
  padded.set(bytes);
  return padded;
}
