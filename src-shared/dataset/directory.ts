/**
 * Reads a DICOMDIR: what it announces, as far as it can be read. Records that make no sense are left out with an issue in
 * words; the medium is scanned anyway. Source: PS3.3 annex F; PS3.10 8.6.
 */
import { AppError } from '../base/appError';
import type { MediaDirectory } from '../dicom/mediaDirectory';
import { DataSet } from './dataSet';
import { readDirectoryRecords, type DirectoryRecord } from './directoryRecords';
import { directoryTree } from './directoryTree';
import { HeaderReader, UNDEFINED_LENGTH, walkElements, type DataElement, type Walk } from './elements';
import { fileText } from './fileText';
import { requireDicom, truncatedInside, type TextOptions } from './header';
import { IssueList } from './issueList';
import { locateDataSet, type LocatedDataSet } from './part10';
import { isDirectory } from './records';
import { Tag } from './tags';
import { reportTextDoubts } from './textIssues';

/** Where the records lie; `end` is `Infinity` where only a delimiter tells. */
interface RecordsPlace {
  readonly start: number;
  readonly end: number;
}

function placeOf({ offset, length, hasUndefinedLength }: DataElement): RecordsPlace {
  return { start: offset, end: hasUndefinedLength ? Infinity : offset + length };
}

interface FoundRecords {
  readonly elements: Map<number, DataElement>;
  readonly place: RecordsPlace | null;
}

/** By stepping over what lies before them: they may be cut or damaged themselves. */
function stepToRecords({ bytes, encoding, start }: LocatedDataSet): FoundRecords {
  const elements = new Map<number, DataElement>();
  const reader = new HeaderReader(bytes, bytes.length);
  let position = start;
  while (reader.read(position, encoding)) {
    const { tag, vr, length, valueOffset } = reader;
    const element = { tag, vr, offset: valueOffset, length, hasUndefinedLength: length === UNDEFINED_LENGTH };
    if (tag === Tag.DirectoryRecordSequence) return { elements, place: placeOf(element) };
    position = valueOffset + length;
    if (position > bytes.length) break;
    elements.set(tag, element);
  }
  return { elements, place: null };
}

/** @throws `file/truncated`, `file/malformed` */
function findRecords(located: LocatedDataSet): FoundRecords {
  const walk = attempt(() => walkElements(located.bytes, located.start, located.encoding));
  const element = walk instanceof AppError ? undefined : walk.elements.get(Tag.DirectoryRecordSequence);
  if (!(walk instanceof AppError) && (element || walk.stop !== 'short')) {
    return { elements: walk.elements, place: element ? placeOf(element) : null };
  }
  const found = stepToRecords(located);
  if (found.place) return found;
  throw walk instanceof AppError ? walk : truncatedInside(walk);
}

function attempt(work: () => Walk): Walk | AppError {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
}

function recordCounts(records: readonly DirectoryRecord[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { type } of records) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}

/**
 * The bytes are the whole file.
 * @throws `file/empty`, `file/not-dicom`, `file/truncated`, `file/malformed` when not even the first record can be found
 */
export function readDirectory(bytes: Uint8Array<ArrayBuffer>, { characterSet }: TextOptions = {}): MediaDirectory {
  requireDicom(bytes, bytes.length);
  const located = locateDataSet(bytes);
  if (!located) throw new AppError('file/truncated', 'The file ends early: it stops in its meta header.');
  const { elements, place } = findRecords(located);
  const dataSet = new DataSet(located.bytes, located.encoding, elements, fileText(characterSet));
  if (!place && !isDirectory(dataSet, located.meta)) throw new AppError('file/malformed', 'The file is no DICOMDIR.');
  const { records, isWhole } = place ? readDirectoryRecords(dataSet, place) : { records: [], isWhole: false };
  const issues = new IssueList();
  if (!isWhole) issues.add('directory-cut', 'The DICOMDIR is damaged or ends early; more may have been listed.');
  const root = dataSet.number(Tag.FirstRootRecordOffset, 'UL') ?? 0;
  const patients = directoryTree(records, root, issues);
  const fileSetId = dataSet.text(Tag.FileSetId, 'CS');
  reportTextDoubts(dataSet, issues);
  return {
    fileSetId,
    patients,
    references: records.flatMap(({ instance, isInUse }) => (instance && isInUse ? [instance] : [])),
    recordCounts: recordCounts(records),
    issues: issues.all(),
  };
}
