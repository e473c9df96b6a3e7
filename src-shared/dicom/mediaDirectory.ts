/**
 * What a DICOMDIR says of its medium: a hint, never the truth. Records keep what the directory repeats of its files, with
 * empty texts for what it leaves out. Source: PS3.3 annex F; PS3.10 section 8.
 */
import type { Issue, PatientRecord, SeriesRecord, StudyRecord } from './records';

export interface DirectoryInstance {
  /** Directory Record Type (0004,1430): `IMAGE`, `SR DOCUMENT` … */
  readonly type: string;
  /** Components of Referenced File ID (0004,1500) as they stand there, trimmed; nothing about them can be trusted. */
  readonly fileId: readonly string[];
  /** (0004,1511); `''` when absent. */
  readonly sopInstanceUid: string;
}

export interface DirectorySeries {
  readonly series: SeriesRecord;
  readonly instances: readonly DirectoryInstance[];
}

export interface DirectoryStudy {
  readonly study: StudyRecord;
  readonly series: readonly DirectorySeries[];
}

export interface DirectoryPatient {
  readonly patient: PatientRecord;
  readonly studies: readonly DirectoryStudy[];
}

export interface MediaDirectory {
  /** File-set ID (0004,1130). */
  readonly fileSetId: string;
  readonly patients: readonly DirectoryPatient[];
  /** Every record with a file ID, those outside the tree (HANGING PROTOCOL, PRIVATE …) included, in file order. */
  readonly references: readonly DirectoryInstance[];
  /** Records by type, as they stand in the file. */
  readonly recordCounts: ReadonlyMap<string, number>;
  readonly issues: readonly Issue[];
}
