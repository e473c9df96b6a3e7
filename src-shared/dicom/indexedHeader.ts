/**
 * A header as the index stores it: keys to find its place, records as JSON, so that the thread that owns the index only
 * inserts.
 */
export interface IndexedHeader {
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
