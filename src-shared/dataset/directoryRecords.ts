/**
 * The records of a DICOMDIR as they lie in the file, one after the other: what each says of itself, and where it says that its
 * neighbours are. What is missing at the end of a damaged file is left out. Source: PS3.3 F.3.2.2, table F.3-3.
 */
import { AppError } from '../base/appError';
import type { DirectoryInstance } from '../dicom/mediaDirectory';
import type { PatientRecord, SeriesRecord, StudyRecord } from '../dicom/records';
import type { DataSet } from './dataSet';
import {
  contentEncoding,
  endOfUndefined,
  HeaderReader,
  UNDEFINED_LENGTH,
  type DataElement,
  type Encoding,
} from './elements';
import { patientRecord, seriesRecord, studyRecord } from './records';
import { Tag } from './tags';

/** More than any medium has; a file that claims more is not worth the memory. */
const MOST_RECORDS = 1_000_000;
/** PS3.10 8.5 allows eight components; a few more are still a path. */
const MOST_COMPONENTS = 64;

type Content =
  | { readonly level: 'patient'; readonly patient: PatientRecord }
  /** Some writers have no patient records and repeat the patient in every study. */
  | { readonly level: 'study'; readonly study: StudyRecord; readonly patient: PatientRecord }
  | { readonly level: 'series'; readonly series: SeriesRecord }
  | { readonly level: 'leaf' };

export interface DirectoryRecord {
  /** Of its item, from the start of the file: what the offsets of other records count. */
  readonly offset: number;
  /** (0004,1400) and (0004,1420); 0: none. */
  readonly nextOffset: number;
  readonly lowerOffset: number;
  readonly content: Content;
  /** `null`: it names no file. */
  readonly instance: DirectoryInstance | null;
  /** (0004,1430); `''` when absent. */
  readonly type: string;
  readonly isInUse: boolean;
}

export interface RecordList {
  readonly records: readonly DirectoryRecord[];
  /** False: the file ends, or makes no sense any more, before the last record. */
  readonly isWhole: boolean;
}

const LEVELS: Readonly<Record<string, Content['level']>> = { PATIENT: 'patient', STUDY: 'study', SERIES: 'series' };
/** Types that say nothing: what the record holds shows its level. */
const VAGUE_TYPES = new Set(['', 'PRIVATE', 'UNKNOWN']);

function levelOf(item: DataSet, type: string): Content['level'] {
  if (!VAGUE_TYPES.has(type)) return LEVELS[type] ?? 'leaf';
  if (item.has(Tag.ReferencedFileId)) return 'leaf';
  if (item.has(Tag.SeriesInstanceUid)) return 'series';
  if (item.has(Tag.StudyInstanceUid)) return 'study';
  return item.has(Tag.PatientId) || item.has(Tag.PatientName) ? 'patient' : 'leaf';
}

function contentOf(item: DataSet, level: Content['level']): Content {
  switch (level) {
    case 'patient':
      return { level, patient: patientRecord(item) };
    case 'study':
      return { level, study: studyRecord(item), patient: patientRecord(item) };
    case 'series':
      return { level, series: seriesRecord(item) };
    case 'leaf':
      return { level };
  }
}

function instanceOf(item: DataSet, type: string): DirectoryInstance | null {
  if (!item.has(Tag.ReferencedFileId)) return null;
  const fileId = item.texts(Tag.ReferencedFileId).slice(0, MOST_COMPONENTS);
  if (fileId.every((component) => component === '')) return null;
  return { type, fileId, sopInstanceUid: item.uid(Tag.ReferencedSopInstanceUidInFile) };
}

function recordOf(item: DataSet, offset: number): DirectoryRecord {
  const type = item.text(Tag.DirectoryRecordType, 'CS').toUpperCase();
  return {
    offset,
    nextOffset: item.number(Tag.NextRecordOffset, 'UL') ?? 0,
    lowerOffset: item.number(Tag.LowerLevelOffset, 'UL') ?? 0,
    content: contentOf(item, levelOf(item, type)),
    instance: instanceOf(item, type),
    type,
    isInUse: item.number(Tag.RecordInUseFlag, 'US') !== 0,
  };
}

interface ReadItem {
  /** Just after the item. */
  readonly end: number;
  readonly isWhole: boolean;
}

type Elements = Map<number, DataElement>;

interface ItemPlace {
  readonly encoding: Encoding;
  readonly start: number;
  /** Where its length says that it ends; the end of the file where it has none. */
  readonly end: number;
}

/** Puts the elements of an item into `elements`, up to its end, its delimiter, or the first that does not fit. */
function readItem(reader: HeaderReader, { encoding, start, end }: ItemPlace, elements: Elements): ReadItem {
  elements.clear();
  let position = start;
  while (position < end) {
    if (!reader.read(position, encoding)) return { end, isWhole: false };
    const { tag, vr, length, valueOffset } = reader;
    if (tag === Tag.ItemDelimitation) return { end: valueOffset, isWhole: true };
    // The next record begins although this one has not ended: its length is wrong.
    if (tag >= Tag.Item) return { end: position, isWhole: true };
    const hasUndefinedLength = length === UNDEFINED_LENGTH;
    const next = hasUndefinedLength ? endOfOpenValue(reader, valueOffset, encoding) : valueOffset + length;
    if (next < 0 || next > end) return { end, isWhole: false };
    const valueLength = hasUndefinedLength ? next - 8 - valueOffset : length;
    if (!elements.has(tag))
      elements.set(tag, { tag, vr, offset: valueOffset, length: valueLength, hasUndefinedLength });
    position = next;
  }
  return { end: position, isWhole: position === end };
}

/** -1 where it has none or makes no sense. */
function endOfOpenValue(reader: HeaderReader, valueOffset: number, encoding: Encoding): number {
  try {
    return endOfUndefined(reader, valueOffset, contentEncoding(reader.vr, encoding));
  } catch (thrown) {
    if (thrown instanceof AppError) return -1;
    throw thrown;
  }
}

/**
 * The items from `start`, the first value byte of (0004,1220), to `end`, which is `Infinity` for an undefined length. Text is read as
 * that of `outer` unless a record says otherwise.
 */
export function readDirectoryRecords(outer: DataSet, { start, end }: { start: number; end: number }): RecordList {
  const { bytes, encoding } = outer;
  const reader = new HeaderReader(bytes, bytes.length);
  const records: DirectoryRecord[] = [];
  // One for all: what a record keeps of its elements is copied, and a thousand tables would be a thousand times garbage.
  const elements: Elements = new Map();
  let isWhole = true;
  let position = start;
  while (position < end && reader.read(position, encoding) && reader.tag === Tag.Item) {
    if (records.length >= MOST_RECORDS) return { records, isWhole: false };
    const { length, valueOffset } = reader;
    const claimedEnd = length === UNDEFINED_LENGTH ? bytes.length : Math.min(valueOffset + length, bytes.length);
    const read = readItem(reader, { encoding, start: valueOffset, end: claimedEnd }, elements);
    if (elements.size > 0) records.push(recordOf(outer.inner(elements), position));
    isWhole &&= read.isWhole;
    position = read.end;
  }
  const isEnded =
    end === Infinity ? position < bytes.length && reader.tag === Tag.SequenceDelimitation : position === end;
  return { records, isWhole: isWhole && isEnded };
}
