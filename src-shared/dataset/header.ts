/** Recognising DICOM by content, and reading an object's header from the first bytes of its file. */
import { AppError } from '../base/appError';
import type { InstanceHeader } from '../dicom/records';
import { DataSet } from './dataSet';
import { HeaderReader, isVr, UNDEFINED_LENGTH, walkElements, type Walk } from './elements';
import { fileText } from './fileText';
import { guessEncoding, locateDataSet, offsetAfterMagic, type LocatedDataSet } from './part10';
import { requireIdentity } from './identity';
import { isDirectory, readRecords } from './records';
import { tagText } from './tags';

/** Enough for the header of nearly every object; see `need-more` for the others. */
export const HEADER_PREFIX_BYTES = 32_768;
/** Elements that must look right before a file without `DICM` counts as DICOM. */
const PLAUSIBLE_ELEMENTS = 3;
const MAX_PLAUSIBLE_LENGTH = 65_536;

export type Recognition = 'dicom' | 'not-dicom' | 'need-more';

export type HeaderResult =
  | { readonly kind: 'header'; readonly header: InstanceHeader }
  /** A DICOMDIR: DICOM, but no instance. */
  | { readonly kind: 'directory' }
  /** Read this many bytes from the start of the file and ask again; never more than the file has. */
  | { readonly kind: 'need-more'; readonly bytes: number };

/**
 * Whether a file is DICOM, by its first bytes: `DICM` after a preamble or at the start, or elements of groups 0002 or
 * 0008 in ascending order from the first byte on. Without `fileSizeBytes` the bytes are the whole file.
 */
export function recogniseDicom(prefix: Uint8Array, fileSizeBytes = prefix.length): Recognition {
  if (offsetAfterMagic(prefix) !== null) return 'dicom';
  const group = (prefix[0] ?? 0) | ((prefix[1] ?? 0) << 8);
  const isGroup = group === 0x0002 || group === 0x0008 || group === 0x0200 || group === 0x0800;
  if (isGroup && prefix.length >= 8) return looksLikeElements(prefix, fileSizeBytes);
  const isDecided = prefix.length >= Math.min(132, fileSizeBytes);
  return isDecided ? 'not-dicom' : 'need-more';
}

function looksLikeElements(prefix: Uint8Array, fileSizeBytes: number): Recognition {
  const encoding = guessEncoding(prefix, 0);
  const reader = new HeaderReader(prefix, prefix.length);
  let position = 0;
  let lastTag = -1;
  let sequenceSeen = false;
  for (let count = 0; count < PLAUSIBLE_ELEMENTS && !sequenceSeen; count += 1) {
    if (position === fileSizeBytes && count > 0) return 'dicom';
    if (!reader.read(position, encoding)) {
      return prefix.length < fileSizeBytes ? 'need-more' : 'not-dicom';
    }
    const { tag, vr, length, valueOffset } = reader;
    const isStrange = encoding.isExplicit && !isVr(vr.charCodeAt(0), vr.charCodeAt(1));
    sequenceSeen = length === UNDEFINED_LENGTH && count > 0;
    const isLengthWrong = !sequenceSeen && (length > MAX_PLAUSIBLE_LENGTH || valueOffset + length > fileSizeBytes);
    if (tag <= lastTag || tag >>> 16 > 0x0020 || isStrange || isLengthWrong) return 'not-dicom';
    lastTag = tag;
    position = valueOffset + length;
  }
  return 'dicom';
}

/** The error for a data set that ends before its pixel data or its last element. */
export function truncatedInside(walk: Walk): AppError {
  const where = walk.tag === 0 ? '' : `, inside ${tagText(walk.tag)}`;
  return new AppError('file/truncated', `The file ends early: it stops in its header${where}.`, {
    tag: tagText(walk.tag),
  });
}

/** @throws `file/empty`, `file/not-dicom` */
export function requireDicom(prefix: Uint8Array, fileSizeBytes: number): Recognition {
  if (fileSizeBytes === 0) throw new AppError('file/empty', 'The file is empty.');
  const recognition = recogniseDicom(prefix, fileSizeBytes);
  if (recognition === 'not-dicom') throw new AppError('file/not-dicom', 'The file is not DICOM.');
  return recognition;
}

/** Twice as much, or what is known to be needed and a little more; the whole file at most. */
function needMore(prefixBytes: number, neededBytes: number, fileSizeBytes: number): HeaderResult {
  const wanted = Math.max(prefixBytes * 2, neededBytes + 4096, HEADER_PREFIX_BYTES);
  return { kind: 'need-more', bytes: Math.min(wanted, fileSizeBytes) };
}

export interface TextOptions {
  /** In the place of the file's (0008,0005), as a value of it; left out or `null`: the file's own. */
  readonly characterSet?: string | null;
}

/**
 * Reads the header from the first bytes of a file of `fileSizeBytes`, up to its pixel data.
 * @throws `file/empty`, `file/not-dicom`, `file/truncated`, `file/malformed`
 */
export function readHeader(
  prefix: Uint8Array<ArrayBuffer>,
  fileSizeBytes: number,
  { characterSet }: TextOptions = {},
): HeaderResult {
  const isWhole = prefix.length >= fileSizeBytes;
  if (requireDicom(prefix, fileSizeBytes) === 'need-more') return needMore(prefix.length, 0, fileSizeBytes);
  const located = locateDataSet(prefix, isWhole ? Infinity : prefix.length * 8);
  if (!located) {
    if (!isWhole) return needMore(prefix.length, 0, fileSizeBytes);
    throw new AppError('file/truncated', 'The file ends early: it stops in its meta header.');
  }
  const walk = walkElements(located.bytes, located.start, located.encoding);
  if (isDirectory(new DataSet(located.bytes, located.encoding, walk.elements), located.meta)) {
    return { kind: 'directory' };
  }
  if (!isWhole && walk.stop !== 'pixels') {
    return needMore(prefix.length, located.isDeflated ? 0 : walk.neededBytes, fileSizeBytes);
  }
  if (walk.stop === 'short') throw truncatedInside(walk);
  const totalBytes = totalBytesOf(located, { isWhole, fileSizeBytes });
  const { header } = readRecords(located, walk, { totalBytes, text: fileText(characterSet) });
  requireIdentity(header);
  return { kind: 'header', header };
}

/** Where a deflated data set ends is known only when all of it is here. */
function totalBytesOf(
  located: LocatedDataSet,
  { isWhole, fileSizeBytes }: { isWhole: boolean; fileSizeBytes: number },
): number {
  if (!located.isDeflated) return fileSizeBytes;
  return isWhole ? located.bytes.length : Infinity;
}
