/**
 * Where a file's data set starts and how it is written. The Standard's file has a preamble, `DICM` and a meta header;
 * real ones lack any of them, or carry a meta header whose length or encoding is wrong, so the elements themselves are
 * believed before what is said about them. Source: PS3.10 7.1.
 */
import { AppError } from '../base/appError';
import { transferSyntaxOf } from '../dicom/transferSyntax';
import { DataSet } from './dataSet';
import {
  EXPLICIT_BIG,
  EXPLICIT_LITTLE,
  HeaderReader,
  IMPLICIT_LITTLE,
  isVr,
  type DataElement,
  type Encoding,
} from './elements';
import { inflateWithin } from './inflate';
import { Tag } from './tags';

const MAGIC = [0x44, 0x49, 0x43, 0x4d];
const PREAMBLE_BYTES = 128;
/** No element of a meta header is longer, private information included. */
const MAX_META_LENGTH = 1024 * 1024;

function hasMagicAt(bytes: Uint8Array, offset: number): boolean {
  return MAGIC.every((byte, index) => bytes[offset + index] === byte);
}

/** Preamble and `DICM`, as the Standard has them. */
export function hasMagic(bytes: Uint8Array): boolean {
  return hasMagicAt(bytes, PREAMBLE_BYTES);
}

/** An explicit little-endian element of the meta header. */
function startsMeta(bytes: Uint8Array, offset: number): boolean {
  const isGroup = bytes[offset] === 0x02 && bytes[offset + 1] === 0 && bytes[offset + 3] === 0;
  return isGroup && isVr(bytes[offset + 4] ?? 0, bytes[offset + 5] ?? 0);
}

/** The offset of the first element when the file announces itself, with or without its `DICM`; else `null`. */
export function offsetAfterMagic(bytes: Uint8Array): number | null {
  const afterMagic = PREAMBLE_BYTES + MAGIC.length;
  if (hasMagicAt(bytes, PREAMBLE_BYTES) || startsMeta(bytes, afterMagic)) return afterMagic;
  if (startsMeta(bytes, PREAMBLE_BYTES)) return PREAMBLE_BYTES;
  return hasMagicAt(bytes, 0) && startsMeta(bytes, MAGIC.length) ? MAGIC.length : null;
}

/** How the element at `offset` looks to be written. Groups are small, so the byte order shows; so does a VR. */
export function guessEncoding(bytes: Uint8Array, offset: number): Encoding {
  const group = (bytes[offset] ?? 0) | ((bytes[offset + 1] ?? 0) << 8);
  const isBig = (group & 0xff) === 0 && group !== 0;
  if (!isVr(bytes[offset + 4] ?? 0, bytes[offset + 5] ?? 0)) {
    return isBig ? { isExplicit: false, isLittleEndian: false } : IMPLICIT_LITTLE;
  }
  return isBig ? EXPLICIT_BIG : EXPLICIT_LITTLE;
}

/** The bytes in which the data set lies (the file's own, or inflated ones) and where and how. */
export interface LocatedDataSet {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly start: number;
  readonly encoding: Encoding;
  readonly isDeflated: boolean;
  /** Where the data set begins in the file itself, deflated or not. */
  readonly fileOffset: number;
  readonly transferSyntaxUid: string;
  readonly meta: DataSet;
}

/** Elements of group 0002, whatever their group length says. `null`: the bytes end inside them. */
function readMeta(bytes: Uint8Array<ArrayBuffer>, start: number): { meta: DataSet; end: number } | null {
  const encoding = guessEncoding(bytes, start);
  const reader = new HeaderReader(bytes, bytes.length);
  const elements = new Map<number, DataElement>();
  let position = start;
  while (reader.read(position, encoding) && reader.tag >>> 16 === 0x0002) {
    const { tag, vr, length, valueOffset } = reader;
    if (length > MAX_META_LENGTH) throw new AppError('file/malformed', 'The meta header of the file is damaged.');
    position = valueOffset + length;
    if (position > bytes.length) return null;
    if (!elements.has(tag)) elements.set(tag, { tag, vr, offset: valueOffset, length, hasUndefinedLength: false });
  }
  return { meta: new DataSet(bytes, encoding, elements), end: position };
}

function impliedSyntax(encoding: Encoding): string {
  if (!encoding.isLittleEndian) return '1.2.840.10008.1.2.2';
  return encoding.isExplicit ? '1.2.840.10008.1.2.1' : '1.2.840.10008.1.2';
}

/** Whether an element of a plausible group starts here when read as `encoding`. */
function fits(bytes: Uint8Array, start: number, encoding: Encoding): boolean {
  const guessed = guessEncoding(bytes, start);
  return guessed.isExplicit === encoding.isExplicit && guessed.isLittleEndian === encoding.isLittleEndian;
}

/**
 * Finds the data set in a file, or in the first bytes of one. Of a deflated file at most `wantedBytes` are inflated.
 * `null`: more bytes are needed.
 * @throws `file/malformed`
 */
export function locateDataSet(bytes: Uint8Array<ArrayBuffer>, wantedBytes = Infinity): LocatedDataSet | null {
  const head = readMeta(bytes, offsetAfterMagic(bytes) ?? 0);
  if (!head) return null;
  const { meta, end } = head;
  const declared = meta.uid(Tag.TransferSyntaxUid);
  const syntax = transferSyntaxOf(declared);
  if (syntax.isDeflated && !looksPlain(bytes, end)) {
    const inflated = inflateWithin(bytes.subarray(end), wantedBytes);
    const encoding = guessEncoding(inflated, 0);
    return {
      bytes: inflated,
      start: 0,
      encoding,
      isDeflated: true,
      fileOffset: end,
      transferSyntaxUid: declared,
      meta,
    };
  }
  const announced = { isExplicit: syntax.isExplicit, isLittleEndian: syntax.isLittleEndian };
  const encoding = declared !== '' && fits(bytes, end, announced) ? announced : guessEncoding(bytes, end);
  const isContradicted = !syntax.isEncapsulated && !fits(bytes, end, announced);
  const transferSyntaxUid = declared === '' || isContradicted ? impliedSyntax(encoding) : declared;
  return { bytes, start: end, encoding, isDeflated: false, fileOffset: end, transferSyntaxUid, meta };
}

/** A file that only claims to be deflated starts with group 0008. */
function looksPlain(bytes: Uint8Array, start: number): boolean {
  const group = (bytes[start] ?? 0) | ((bytes[start + 1] ?? 0) << 8);
  return group === 0x0008 && isVr(bytes[start + 4] ?? 0, bytes[start + 5] ?? 0);
}
