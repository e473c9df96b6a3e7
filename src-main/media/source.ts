/**
 * What came in, and where it came from. A source is a tree of files; a handler for each kind turns it into entries whose
 * bytes lie somewhere on this disk, so that one scanner reads them all. New kinds are new files, not new branches.
 */
import type { SourceKind } from '../../src-shared/contract';
import type { Problem } from './fileProblems';

/** By content, not by name. */
export type ArchiveKind = 'zip' | 'iso' | 'tar' | 'gzip';

/** Bytes on disk: a whole file, or a part of one (an ISO or TAR entry that lies there as it is). */
export interface FileSlice {
  readonly path: string;
  readonly offset: number;
  /** `null`: from `offset` to the end of the file. */
  readonly sizeBytes: number | null;
}

export interface Source {
  readonly kind: SourceKind;
  /** As the user would name it: folder name, volume label, archive name. */
  readonly label: string;
  /** Root folder, mount point or archive, absolute. For an archive in an archive: the outermost one. */
  readonly path: string;
  /** Inside its parent: `DICOM/study.zip`; `''` for a source that was given by the user. */
  readonly pathInParent: string;
  readonly parent: Source | null;
  readonly isRemovable: boolean;
  /** A plain file that can stay where it is. */
  readonly canReference: boolean;
}

export interface MediaEntry {
  /** Inside the source that the user gave, with `/` between parts, nested archives included. Unique in an import. */
  readonly name: string;
  readonly slice: FileSlice;
  readonly source: Source;
}

export type Found =
  | { readonly kind: 'source'; readonly source: Source }
  | { readonly kind: 'entries'; readonly entries: readonly MediaEntry[] }
  /** Devices, pipes, sockets: there, but no files. */
  | { readonly kind: 'special'; readonly name: string; readonly source: Source }
  /** A folder, link or archive that could not be entered: `problem.path` is a name as in `MediaEntry`. */
  | { readonly kind: 'problem'; readonly problem: Problem; readonly source: Source | null };

export interface PasswordRequest {
  readonly archiveId: number;
  readonly label: string;
  readonly wasWrong: boolean;
}

export interface OpenContext {
  readonly signal: AbortSignal;
  /** Folder of this import for unpacked entries; emptied by whoever made it. Names in it are of our own making, never from the archive. */
  readonly spoolDirectory: string;
  /** Resolves with `null` when the archive is to be left out. */
  askPassword(request: PasswordRequest): Promise<string | null>;
  /** Before `bytes` more are unpacked: waits while the disk has no room for them. */
  roomFor(bytes: number): Promise<void>;
  onUnpacked(bytes: number): void;
}
