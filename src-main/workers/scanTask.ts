/** What the scanning worker is asked and answers: plain data. */
import type { AppErrorCode } from '../../src-shared/base/appError';
import type { IndexedHeader } from '../../src-shared/dicom/indexedHeader';
import type { MediaDirectory } from '../../src-shared/dicom/mediaDirectory';
import type { ArchiveKind, FileSlice } from '../media/source';
import type { HeaderWarning } from './headerWarning';

/** New values for elements of the data set; the old ones go to (0400,0561). Text, encoded by whoever writes. */
export interface NewValues {
  readonly patientName?: string;
  readonly patientId?: string;
  readonly issuerOfPatientId?: string;
  readonly accessionNumber?: string;
}

export type ScanRequest = {
  readonly id: number;
  readonly slices: readonly FileSlice[];
  /** Of a `ScanBeat`. */
  readonly beat: SharedArrayBuffer;
} & (
  | {
      /** Headers only. */
      readonly task: 'scan';
      readonly characterSet: string | null;
    }
  | {
      /** Headers, and each instance as a complete, flushed file in `incomingDirectory`. */
      readonly task: 'take';
      readonly characterSet: string | null;
      readonly incomingDirectory: string;
      /** One for each slice; `null`: as it is. */
      readonly newValues: readonly (NewValues | null)[];
      /** Who the files came from, for (0400,0564) of those that get new values. */
      readonly valuesFrom: string;
    }
  | {
      /** SHA-256 of each slice. */
      readonly task: 'digest';
    }
);

export interface ScanReply {
  readonly id: number;
  /** One for each slice, in order. */
  readonly results: readonly ScanResult[];
}

export type ScanResult =
  | {
      readonly kind: 'header';
      readonly header: IndexedHeader;
      /** Of the slice. */
      readonly sizeBytes: number;
      readonly mtimeMs: number;
      readonly warning: HeaderWarning | null;
      /** Frames that can be shown, where not all can: `1–37 of 60`. */
      readonly wholeFrames: string | null;
      /** With `take`. */
      readonly taken: TakenFile | null;
    }
  /** A DICOMDIR: DICOM, but no instance. `null` with the reason where it cannot be read. */
  | { readonly kind: 'directory'; readonly directory: MediaDirectory | null; readonly reason: string }
  | { readonly kind: 'not-dicom'; readonly archive: ArchiveKind | null }
  | { readonly kind: 'digest'; readonly sha256: string }
  | {
      readonly kind: 'failed';
      readonly code: AppErrorCode;
      readonly reason: string;
      /** It was recognised as DICOM before it failed. */
      readonly isDicom: boolean;
      /** The system's own code (`EIO`, `ENOSPC` …), `''` when it was none: full disks and pulled media pause an import. */
      readonly systemCode: string;
    };

export interface TakenFile {
  readonly partPath: string;
  readonly sha256: string;
  readonly originSha256: string;
  readonly sizeBytes: number;
}
