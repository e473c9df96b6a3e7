/** Reads the header of one file for the index, outside of any import: for copies that have lost their row. */
import { AppError } from '../../src-shared/base/appError';
import { HEADER_PREFIX_BYTES, readHeader } from '../../src-shared/dataset/header';
import { indexedHeaderOf, type IndexedHeader } from '../../src-shared/dicom/indexedHeader';
import type { FileCalls } from './fileCalls';

/** A header that needs more is refused: it would be kept in memory whole. */
const MOST_HEADER_BYTES = 512 * 1024 * 1024;

export interface ReadObject {
  readonly header: IndexedHeader;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

/**
 * `null` for what is gone or cannot be read as an instance. `characterSet` stands in for the file's own (0008,0005).
 * @throws what the system throws other than "not there"
 */
export function readObjectHeader(
  calls: FileCalls,
  path: string,
  characterSet: string | null = null,
): ReadObject | null {
  const facts = calls.facts(path);
  if (!facts) return null;
  const { sizeBytes, mtimeMs } = facts;
  try {
    for (let wanted = Math.min(HEADER_PREFIX_BYTES, sizeBytes); ;) {
      const bytes = new Uint8Array(wanted);
      const have = calls.read(path, bytes, 0);
      const result = readHeader(bytes.subarray(0, have), sizeBytes, { characterSet });
      if (result.kind === 'header') return { header: indexedHeaderOf(result.header), sizeBytes, mtimeMs };
      const more = result.kind === 'need-more' ? result.bytes : 0;
      if (have < wanted || more <= have || more > MOST_HEADER_BYTES) return null;
      wanted = more;
    }
  } catch (thrown) {
    if (thrown instanceof AppError || !isSystemError(thrown)) return null;
    throw thrown;
  }
}

/** What the reader did not foresee in a file's content is no failure of the disk. */
function isSystemError(thrown: unknown): boolean {
  return thrown instanceof Error && 'syscall' in thrown;
}
