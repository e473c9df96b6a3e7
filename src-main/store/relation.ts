/**
 * What an arrival is to the instance that the library knows under the same patient, study, series and SOP Instance UID.
 * Pure. The rule behind all cases: bytes that the library can show are never replaced by others; bytes that are gone make
 * room for what has come.
 */
import type { Arrival } from './types';

/** The known instance's file as its row has it. */
export interface KnownFile {
  readonly path: string;
  readonly object: string | null;
  readonly originSha256: string | null;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

export type Relation =
  /** The plain file that the row refers to, met again; it may have changed since, and then the row follows it. */
  | 'same-file'
  | 'same-bytes'
  | 'other-bytes'
  /** Other bytes, and those of the row are gone: nothing that could be shown is lost when the arrival takes the place. */
  | 'takes-place'
  /** As many bytes: somebody has to compare them. */
  | 'unknown';

export interface RelationFacts {
  /** The known file can be read and is as long as the row says. */
  readonly isThere: boolean;
  /** What a comparison of the bytes gave; `null`: there was none yet. */
  readonly isSame: boolean | null;
}

export function relationOf(known: KnownFile, arrival: Arrival, { isThere, isSame }: RelationFacts): Relation {
  const different = isThere ? 'other-bytes' : 'takes-place';
  if (arrival.kind === 'copy' && known.originSha256 !== null) {
    const isKnown = known.originSha256 === arrival.originSha256 || known.object === arrival.sha256;
    return isKnown ? 'same-bytes' : different;
  }
  const file = arrival.kind === 'reference' ? arrival : arrival.copiedFrom;
  if (file && file.path === known.path) {
    if (known.object === null) return 'same-file';
    if (file.mtimeMs === known.mtimeMs && (isRewritten(known) || file.sizeBytes === known.sizeBytes))
      return 'same-bytes';
  }
  if (isSame !== null) return isSame ? 'same-bytes' : different;
  const isOtherSize = hasOtherSize(known, arrival);
  // Nothing is left to compare with: a file that was moved is the likely case, and nothing can be lost.
  if (!isThere) return isOtherSize ? 'takes-place' : 'same-bytes';
  return isOtherSize ? 'other-bytes' : 'unknown';
}

/** Its values were reconciled with local ones when it was copied: its bytes are no longer those that arrived. */
function isRewritten({ object, originSha256 }: KnownFile): boolean {
  return object !== null && originSha256 !== null && object !== originSha256;
}

/** Of the bytes as they arrived, where both sizes are known. */
function hasOtherSize(known: KnownFile, arrival: Arrival): boolean {
  if (isRewritten(known)) return false;
  if (arrival.kind === 'reference') return arrival.sizeBytes !== known.sizeBytes;
  if (arrival.copiedFrom) return arrival.copiedFrom.sizeBytes !== known.sizeBytes;
  return arrival.sha256 === arrival.originSha256 && arrival.sizeBytes !== known.sizeBytes;
}
