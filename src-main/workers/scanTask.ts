/** What the scanning worker is asked and answers: plain data. */
import type { AppErrorCode } from '../../src-shared/base/appError';
import type { HeaderWarning } from './headerWarning';

export interface ScanRequest {
  readonly id: number;
  readonly paths: readonly string[];
}

export interface ScanReply {
  readonly id: number;
  /** One for each path, in order. */
  readonly results: readonly ScanResult[];
}

/** A header as the index stores it: keys to find its place, records as JSON so that the receiving thread only inserts. */
export interface ScannedHeader {
  readonly patientKey: string;
  readonly patientJson: string;
  readonly studyUid: string;
  readonly studyJson: string;
  readonly seriesUid: string;
  readonly modality: string;
  readonly seriesJson: string;
  readonly sopUid: string;
  readonly instanceJson: string;
  readonly hasImage: boolean;
  readonly path: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

export type ScanResult =
  | { readonly kind: 'header'; readonly header: ScannedHeader; readonly warning: HeaderWarning | null }
  /** A DICOMDIR: DICOM, but no instance. */
  | { readonly kind: 'directory'; readonly path: string }
  | { readonly kind: 'not-dicom'; readonly path: string }
  | {
      readonly kind: 'failed';
      readonly path: string;
      readonly code: AppErrorCode;
      readonly reason: string;
      /** It was recognised as DICOM before it failed. */
      readonly isDicom: boolean;
    };
