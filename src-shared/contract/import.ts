/**
 * Bringing in what lies on disks and media. An import is one iteration: it surveys what is there and, unless it asks
 * for a choice, takes it into the library at once. What it met stays as a report, one line for each file.
 */
import './withoutEval';
import { eventIterator, oc, type } from '@orpc/contract';
import { z } from 'zod';
import type { AppErrorCode } from '../base/appError';
import type { PatientRecord, SeriesRecord, StudyRecord } from '../dicom/records';

export type SourceKind = 'folder' | 'files' | 'dicom-media' | 'zip' | 'iso' | 'tar' | 'demo';

/** `reference`: files stay where they are. `copy`: the library keeps its own, checked, copy. */
export type Placement = 'reference' | 'copy';

/** What became of one file. Every file that was met has exactly one of these. */
export type FileOutcome =
  /** In the library, new. */
  | 'added'
  /** In the library, new, but not whole: `detail` says which frames can be shown. */
  | 'partial'
  /** Byte for byte in the library already, or the same file met again. */
  | 'known'
  /** Another content under a SOP Instance UID that the library knows: kept aside, nothing replaced. */
  | 'aside'
  /** A DICOMDIR: read as a hint, holds no image of its own. */
  | 'directory'
  | 'not-dicom'
  /** DICOM or unreadable, and not in the library: `reason` says why. */
  | 'rejected'
  /** In a series that was not chosen. */
  | 'not-chosen';

/** Lines that are no files: a folder, link or archive that could not be entered; a file that the DICOMDIR announces in vain. */
export type LineOutcome = FileOutcome | 'unreachable' | 'announced-missing';

export interface ImportLine {
  /** Path inside the source with `/` between parts, nested archives included: `DICOM/study.zip/IM0001`. */
  readonly path: string;
  readonly outcome: LineOutcome;
  readonly code: AppErrorCode | null;
  /** A sentence for the user, `''` where the outcome says it all. With `added`: a warning. */
  readonly reason: string;
  /** With `partial`: the frames that can be shown, `1–37 of 60`. */
  readonly detail: string;
}

/** `seen` is the sum of the others, each file once. */
export interface ImportTotals {
  readonly seen: number;
  readonly added: number;
  readonly partial: number;
  readonly known: number;
  readonly aside: number;
  readonly directories: number;
  readonly notDicom: number;
  readonly rejected: number;
  readonly notChosen: number;
}

/** One DICOMDIR and what was found of it. */
export interface MediaReconciliation {
  /** Path of the DICOMDIR inside the source. */
  readonly path: string;
  /** File references of all records, those without a file ID not counted. */
  readonly announced: number;
  /** Announced, there, and readable as DICOM. */
  readonly found: number;
  /** Announced and there, but not readable. */
  readonly unreadable: number;
  /** Announced and not there. */
  readonly missing: number;
  /** Instances below the folder of this DICOMDIR that it does not list. */
  readonly unlisted: number;
  /** Imperfections of the DICOMDIR itself, in sentences. */
  readonly issues: readonly string[];
}

export interface ImportProgress extends ImportTotals {
  /** `choosing`: everything is surveyed and a choice is awaited; `taking`: files go into the library. */
  readonly phase: 'unpacking' | 'surveying' | 'choosing' | 'taking' | 'done' | 'cancelled';
  /** Files found so far; final once the walk is over. */
  readonly found: number;
  readonly isWalkOver: boolean;
  readonly bytesDone: number;
  /** `null` while it is not known. */
  readonly bytesTotal: number | null;
  readonly filesPerSecond: number;
  readonly secondsLeft: number | null;
}

/** Kept with the library; its lines are asked for by page. */
export interface ImportReport extends ImportTotals {
  readonly importId: number;
  /** Given paths. */
  readonly paths: readonly string[];
  readonly sources: readonly ImportedSource[];
  readonly placement: Placement;
  readonly startedAtMs: number;
  readonly seconds: number;
  readonly wasCancelled: boolean;
  /** The program ended while it ran: totals are those of the lines that were written, sources and studies unknown. */
  readonly wasInterrupted?: true;
  readonly media: readonly MediaReconciliation[];
  /** Lines that are no files; see `LineOutcome`. */
  readonly unreachable: number;
  readonly announcedMissing: number;
  /** `added` lines that carry a reason. */
  readonly warnings: number;
  /** Studies that this import added to or met. */
  readonly studyIds: readonly number[];
}

export interface ImportedSource {
  readonly sourceId: number;
  readonly kind: SourceKind;
  /** As the user would name it: folder, volume label, archive name. */
  readonly label: string;
}

/** What was found so far, while a choice is asked for. Keys are the survey's own and stay the same within it. */
export interface SurveyTree {
  readonly patients: readonly SurveyPatient[];
  readonly media: readonly MediaReconciliation[];
}

export interface SurveyPatient {
  readonly key: string;
  readonly patient: PatientRecord;
  readonly studies: readonly SurveyStudy[];
}

export interface SurveyStudy {
  readonly key: string;
  readonly study: StudyRecord;
  readonly series: readonly SurveySeries[];
}

export interface SurveySeries {
  readonly key: string;
  readonly series: SeriesRecord;
  /** Readable instances found. */
  readonly found: number;
  /** By the DICOMDIR; `null` where none lists this series. */
  readonly announced: number | null;
  /** Of those found, already in the library (by UID). */
  readonly known: number;
  readonly bytes: number;
}

export type ImportEvent =
  | { readonly kind: 'started'; readonly jobId: number; readonly sources: readonly SurveySource[] }
  | { readonly kind: 'progress'; readonly progress: ImportProgress }
  | { readonly kind: 'tree'; readonly tree: SurveyTree; readonly isComplete: boolean }
  /** An archive wants its password; `wasWrong`: the last one did not fit. Everything else goes on meanwhile. */
  | {
      readonly kind: 'password';
      readonly archiveId: number;
      readonly label: string;
      readonly wasWrong: boolean;
    }
  /** Nothing is lost; the import goes on by itself when the cause is gone, or by `resume`. */
  | { readonly kind: 'paused'; readonly pause: ImportPause }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'report'; readonly report: ImportReport };

export type ImportPause =
  | { readonly reason: 'disk-full'; readonly neededBytes: number; readonly freeBytes: number }
  | { readonly reason: 'medium-gone'; readonly label: string };

export interface SurveySource {
  readonly path: string;
  readonly kind: SourceKind;
  readonly label: string;
  readonly isRemovable: boolean;
  readonly defaultPlacement: Placement;
  /** An archive's files have no place of their own. */
  readonly canReference: boolean;
}

const path = z.string().min(1).max(32_768);
const placement = z.enum(['reference', 'copy']);
/** A value of (0008,0005) that is used instead of the files' own, `ISO_IR 100` or `ISO 2022 IR 6\\ISO 2022 IR 87`. */
const characterSet = z.string().max(256).nullable();

/** Replaces values of one surveyed patient (and study) by those of the local system. Forces `copy`. Source: PS3.3 C.12.1.1.9. */
const reconciliation = z.object({
  /** A `SurveyPatient.key`. */
  patientKey: z.string().max(4096),
  patientId: z.string().max(64).optional(),
  issuerOfPatientId: z.string().max(64).optional(),
  /** All groups, `Yamada^Tarou=山田^太郎`. */
  patientName: z.string().max(324).optional(),
  /** Accession number by `SurveyStudy.key`. */
  accessionNumbers: z.record(z.string().max(4096), z.string().max(16)).optional(),
});

const choice = z.object({
  /** Series that are not wanted; what is found later and was never shown is wanted. */
  excludedSeries: z.array(z.string().max(4096)).max(100_000),
  placement,
  reconciliations: z.array(reconciliation).max(1000),
});

export type Reconciliation = z.infer<typeof reconciliation>;
export type ImportChoice = z.infer<typeof choice>;

const options = z.object({
  /** Left out: each source's default. */
  placement: placement.optional(),
  characterSet: characterSet.optional(),
  /** Survey first and wait for `choose`. Left out: as the settings say for these sources. */
  asks: z.boolean().optional(),
});

export type ImportOptions = z.infer<typeof options>;

const jobId = z.number().int().nonnegative();
const importId = z.number().int().nonnegative();
const lineOutcome = z.enum([
  'added',
  'partial',
  'known',
  'aside',
  'directory',
  'not-dicom',
  'rejected',
  'not-chosen',
  'unreachable',
  'announced-missing',
]);

export const importContract = {
  /** Absolute paths of files, folders, media or archives. Leaving the iteration cancels; what was taken until then stays. */
  open: oc
    .input(z.object({ paths: z.array(path).min(1).max(10_000), options: options.optional() }))
    .output(eventIterator(type<ImportEvent>())),
  /** Ends the wait for a choice, also while the survey still runs. @throws `service/unknown-id` */
  choose: oc.input(z.object({ jobId, choice })).output(z.void()),
  /** `null`: leave this archive out. */
  password: oc
    .input(z.object({ jobId, archiveId: z.number().int(), password: z.string().max(1024).nullable() }))
    .output(z.void()),
  /** Tries again at once instead of when the cause is seen to be gone. */
  resume: oc.input(z.object({ jobId })).output(z.void()),
  /** Generates the demo study (or finds it) and adds it to the library. */
  openDemo: oc.output(eventIterator(type<ImportEvent>())),
  /** Newest first. */
  reports: oc.output(type<readonly ImportReport[]>()),
  /** Lines of the given outcomes (all when left out) in the order in which files were met. CSV: `bytePaths.report`. */
  lines: oc
    .input(
      z.object({
        importId,
        outcomes: z.array(lineOutcome).optional(),
        offset: z.number().int().nonnegative(),
        limit: z.number().int().min(1).max(1000),
      }),
    )
    .output(type<{ readonly total: number; readonly lines: readonly ImportLine[] }>()),
  /** Reads the headers of a source again with another character set (`null`: the files' own) and corrects the library. */
  rereadText: oc
    .input(z.object({ sourceId: z.number().int(), characterSet }))
    .output(type<{ readonly changed: number; readonly failed: number }>()),
};
