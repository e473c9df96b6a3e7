/** What the scanning worker is asked and answers: plain data. */
import type { AppErrorCode } from '../../src-shared/base/appError';
import type { IndexedHeader } from '../../src-shared/dicom/indexedHeader';
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

export type ScanResult =
  | { readonly kind: 'header'; readonly header: IndexedHeader; readonly warning: HeaderWarning | null }
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
