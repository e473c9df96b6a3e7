/**
 * Writes DICOM Part 10 files from plain element lists: preamble, meta header, data set. Text is always ISO_IR 192.
 * It writes what it is given and checks no module: that is its callers' business.
 * Source: PS3.10 section 7; PS3.5 annex A.
 */
import { assert } from '../base/assert';
import { ByteSink } from './byteSink';
import { encodeElements } from './writeElements';
import { TRANSFER_SYNTAX, type Element, type ElementList, type Encoding } from './writeTypes';

export { uidFromSeed } from './uidFromSeed';
export * from './writeTypes';

/** Isocenter's own, derived from a UUID as PS3.5 B.2 allows. (0002,0012) */
export const IMPLEMENTATION_CLASS_UID = '2.25.196422047160530346113826711826193210931';
/** (0002,0013), at most 16 characters. */
export const IMPLEMENTATION_VERSION_NAME = 'ISOCENTER_0.1';

const SPECIFIC_CHARACTER_SET = 0x00080005;
const SOP_CLASS_UID = 0x00080016;
const SOP_INSTANCE_UID = 0x00080018;

export interface WriteOptions {
  /** Explicit VR little endian when absent. */
  readonly transferSyntaxUid?: string;
  /** Sequences and items with delimiters instead of lengths. */
  readonly hasUndefinedLengths?: boolean;
}

/** A whole file. The data set must name its SOP class and instance. */
export function writePart10(elements: ElementList, options: WriteOptions = {}): Uint8Array<ArrayBuffer> {
  const transferSyntaxUid = options.transferSyntaxUid ?? TRANSFER_SYNTAX.explicitLittle;
  const sopClassUid = textOf(elements, SOP_CLASS_UID);
  const sopInstanceUid = textOf(elements, SOP_INSTANCE_UID);
  return fileFrom({ sopClassUid, sopInstanceUid, transferSyntaxUid }, writeDataSet(elements, options));
}

export interface FileIdentity {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
}

/** Preamble and meta header before a data set that is bytes already. */
export function fileFrom(identity: FileIdentity, dataSet: Uint8Array): Uint8Array<ArrayBuffer> {
  const meta = metaHeader(identity);
  const sink = new ByteSink(false, 132 + meta.length + dataSet.length);
  sink.zeros(128);
  sink.ascii('DICM');
  sink.bytes(meta);
  sink.bytes(dataSet);
  return sink.toBytes();
}

/** The data set alone, in the same encoding as `writePart10`, with (0008,0005) set to ISO_IR 192. */
export function writeDataSet(elements: ElementList, options: WriteOptions = {}): Uint8Array<ArrayBuffer> {
  const withoutCharacterSet = elements.filter(({ tag }) => tag !== SPECIFIC_CHARACTER_SET);
  const characterSet: Element = { tag: SPECIFIC_CHARACTER_SET, vr: 'CS', value: 'ISO_IR 192' };
  return encodeElements([characterSet, ...withoutCharacterSet], encodingOf(options));
}

function encodingOf({ transferSyntaxUid, hasUndefinedLengths }: WriteOptions): Encoding {
  return {
    isExplicit: transferSyntaxUid !== TRANSFER_SYNTAX.implicitLittle,
    isBigEndian: transferSyntaxUid === TRANSFER_SYNTAX.explicitBig,
    hasUndefinedLengths: hasUndefinedLengths ?? false,
  };
}

/** Group 0002, always explicit VR little endian. Source: PS3.10 7.1. */
export function writeMetaHeader(elements: ElementList, transferSyntaxUid: string): Uint8Array<ArrayBuffer> {
  const sopClassUid = textOf(elements, SOP_CLASS_UID);
  return metaHeader({ sopClassUid, sopInstanceUid: textOf(elements, SOP_INSTANCE_UID), transferSyntaxUid });
}

function metaHeader({ sopClassUid, sopInstanceUid, transferSyntaxUid }: FileIdentity): Uint8Array<ArrayBuffer> {
  const content: ElementList = [
    { tag: 0x00020001, vr: 'OB', value: Uint8Array.of(0, 1) },
    { tag: 0x00020002, vr: 'UI', value: sopClassUid },
    { tag: 0x00020003, vr: 'UI', value: sopInstanceUid },
    { tag: 0x00020010, vr: 'UI', value: transferSyntaxUid },
    { tag: 0x00020012, vr: 'UI', value: IMPLEMENTATION_CLASS_UID },
    { tag: 0x00020013, vr: 'SH', value: IMPLEMENTATION_VERSION_NAME },
  ];
  const encoding = encodingOf({});
  const body = encodeElements(content, encoding);
  const groupLength: Element = { tag: 0x00020000, vr: 'UL', value: body.length };
  const sink = new ByteSink(false, body.length + 12);
  sink.bytes(encodeElements([groupLength], encoding));
  sink.bytes(body);
  return sink.toBytes();
}

function textOf(elements: ElementList, tag: number): string {
  const value = elements.find((element) => element.tag === tag)?.value;
  assert(typeof value === 'string', 'an object to write names its SOP class and instance');
  return value;
}
