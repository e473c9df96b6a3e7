/** What goes into the library and what comes of it. */
import type { SourceKind } from '../../src-shared/contract';
import type { IndexedHeader } from '../../src-shared/dicom/indexedHeader';

export interface NewSource {
  readonly kind: SourceKind;
  readonly label: string;
  /** Root folder, mount point or archive, absolute. */
  readonly path: string;
  readonly isRemovable: boolean;
  /** Used instead of the files' own (0008,0005); `null`: their own. */
  readonly characterSet: string | null;
  readonly addedAtMs: number;
}

/** Where the bytes of an arriving instance are. */
export type Arrival =
  | { readonly kind: 'reference'; readonly path: string; readonly sizeBytes: number; readonly mtimeMs: number }
  /** A complete, flushed file in `incoming/` of the library that waits for its name. */
  | {
      readonly kind: 'copy';
      readonly partPath: string;
      /** Hex, of the bytes in `partPath`: the name it will have. */
      readonly sha256: string;
      /** Hex, of the bytes as they arrived; differs where values were reconciled. */
      readonly originSha256: string;
      readonly sizeBytes: number;
      /** The plain file it was copied from, where there is one: it can be fetched from there again. */
      readonly copiedFrom: { readonly path: string; readonly sizeBytes: number; readonly mtimeMs: number } | null;
    };

export interface Incoming {
  readonly header: IndexedHeader;
  readonly arrival: Arrival;
  readonly sourceId: number;
  /** Path inside the source, as the report has it. */
  readonly origin: string;
}

export type IntakeOutcome =
  | {
      readonly kind: 'added' | 'known' | 'aside';
      readonly studyId: number;
      readonly instanceId: number;
      /**
       * With `added`: the same SOP Instance UID is in the library under another patient, study or series. Both are kept;
       * worth a warning, because a UID belongs to one object. Source: PS3.5 9.1.
       */
      readonly collidesWith?: number;
    }
  /**
   * The SOP Instance UID is known with as many bytes, and only their content can tell: the caller compares the two files
   * and calls `settle`. Until then nothing of this arrival is in the library.
   */
  | {
      readonly kind: 'unsettled';
      readonly studyId: number;
      readonly instanceId: number;
      /** Absolute path of the known instance's file. */
      readonly knownPath: string;
      /** Hex SHA-256 of the known instance's bytes as they arrived, to compare with; `null`: read `knownPath`. */
      readonly knownSha256: string | null;
    };

/** The writing side of the library for arriving instances. */
export interface Intake {
  /** Where part files of arriving copies are to be written: same file system as their final place. */
  readonly incomingDirectory: string;
  /**
   * Takes a batch in: copies get their names and their folders are flushed, then all rows appear in one transaction, then
   * part files that were not needed go. What is in the outcome is on disk.
   * @throws `store/disk-full`, `store/failed`, `store/read-only`: no row of the batch exists; its part files are still
   * there for another try, or for `discard`
   */
  take(batch: readonly Incoming[], atMs: number): IntakeOutcome[];
  /** Ends an `unsettled` arrival after its bytes were compared with the known file's. */
  settle(arrival: Incoming, isSame: boolean, atMs: number): IntakeOutcome;
  /** Removes the part files of arrivals that will not be taken. */
  discard(batch: readonly Incoming[]): void;
  /** Which of these SOP Instance UIDs are in the library. */
  knownUids(sopInstanceUids: readonly string[]): ReadonlySet<string>;
}
