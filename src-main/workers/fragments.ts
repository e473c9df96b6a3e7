/**
 * Whether a file's compressed pixel data are all there, without reading them: the file ends with the sequence delimiter,
 * or, where something follows the pixels, stepping from fragment to fragment leads to it. Source: PS3.5 A.4.
 */
import { readSync } from 'node:fs';
import { walkElements } from '../../src-shared/dataset/elements';
import { locateDataSet } from '../../src-shared/dataset/part10';

/** Item and delimiter headers: tag and length, always little endian. */
const HEADER_BYTES = 8;
const ITEM = 0xe000fffe;
const SEQUENCE_DELIMITER = 0xe0ddfffe;
/** A file with more is taken to be whole: an endless walk helps nobody. */
const MOST_FRAGMENTS = 65_536;

const header = new DataView(new ArrayBuffer(HEADER_BYTES));

interface OpenFile {
  readonly descriptor: number;
  readonly sizeBytes: number;
}

/** `prefix` holds the header up to the pixel data. */
export function hasAllFragments(prefix: Uint8Array<ArrayBuffer>, file: OpenFile): boolean {
  const isDelimiterLast = readHeaderAt(file, file.sizeBytes - HEADER_BYTES) && isDelimiter();
  return isDelimiterLast || leadsToDelimiter(file, startOfFragments(prefix));
}

/** `null`: the pixel data are not in fragments after all. */
function startOfFragments(prefix: Uint8Array<ArrayBuffer>): number | null {
  const located = locateDataSet(prefix);
  if (!located || located.isDeflated) return null;
  const { pixelElement } = walkElements(located.bytes, located.start, located.encoding);
  return pixelElement?.hasUndefinedLength ? pixelElement.offset : null;
}

function leadsToDelimiter(file: OpenFile, start: number | null): boolean {
  if (start === null) return true;
  let position = start;
  for (let count = 0; count < MOST_FRAGMENTS; count += 1) {
    if (!readHeaderAt(file, position)) return false;
    if (isDelimiter()) return true;
    if (header.getUint32(0, true) !== ITEM) return false;
    position += HEADER_BYTES + header.getUint32(4, true);
  }
  return true;
}

function readHeaderAt({ descriptor, sizeBytes }: OpenFile, position: number): boolean {
  if (position < 0 || position + HEADER_BYTES > sizeBytes) return false;
  return readSync(descriptor, header, 0, HEADER_BYTES, position) === HEADER_BYTES;
}

function isDelimiter(): boolean {
  return header.getUint32(0, true) === SEQUENCE_DELIMITER && header.getUint32(4, true) === 0;
}
