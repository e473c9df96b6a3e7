/** Opening files and folders: they are read where they are and listed in the library. */
import './withoutEval';
import { eventIterator, oc, type } from '@orpc/contract';
import { z } from 'zod';
import type { AppErrorCode } from '../base/appError';

export interface ImportFailure {
  readonly path: string;
  readonly code: AppErrorCode;
  /** A sentence for the user. */
  readonly reason: string;
}

export interface ImportTotals {
  /** Every file met. `seen` = `dicom` + `notDicom` + failures that were not recognised as DICOM. */
  readonly seen: number;
  /** Recognised as DICOM by content, including those that then failed. */
  readonly dicom: number;
  readonly notDicom: number;
  readonly failed: number;
  readonly added: number;
  /** SOP Instance UID already in the library, from this or another path. */
  readonly duplicates: number;
}

/** Sent at most ten times a second, and once at the end of each phase. */
export interface ImportProgress extends ImportTotals {
  readonly phase: 'walking' | 'reading' | 'done' | 'cancelled';
  /** Files found so far; final once `phase` is `reading`. */
  readonly found: number;
  /** Files looked at so far. */
  readonly read: number;
  readonly filesPerSecond: number;
  /** `null` while it cannot be estimated. */
  readonly secondsLeft: number | null;
}

/** Kept with the library; the whole list of a large import can be long, so it is asked for by page. */
export interface ImportReport extends ImportTotals {
  readonly importId: number;
  readonly paths: readonly string[];
  readonly startedAtMs: number;
  readonly seconds: number;
  readonly wasCancelled: boolean;
  readonly failures: readonly ImportFailure[];
  /** Listed in the library all the same: truncated pixel data, a transfer syntax that nobody knows. */
  readonly warnings: readonly ImportFailure[];
  /** First files that were not DICOM, at most 1000; `notDicom` has the true count. */
  readonly notDicomPaths: readonly string[];
  /** Studies that this import added to or met. */
  readonly studyIds: readonly number[];
}

export type ImportEvent =
  | { readonly kind: 'progress'; readonly progress: ImportProgress }
  | { readonly kind: 'report'; readonly report: ImportReport };

export const importContract = {
  /** Absolute paths of files or folders. Leaving the iteration cancels; what was read until then stays. */
  open: oc
    .input(z.object({ paths: z.array(z.string().min(1).max(32_768)).min(1).max(10_000) }))
    .output(eventIterator(type<ImportEvent>())),
  /** Generates the demo study (or finds it) and adds it to the library. */
  openDemo: oc.output(eventIterator(type<ImportEvent>())),
  reports: oc.output(type<readonly ImportReport[]>()),
};
