/** What the library knows. Ids are the index's own row ids: opaque to the renderer, valid until the row is removed. */
import './withoutEval';
import { eventIterator, oc, type } from '@orpc/contract';
import { z } from 'zod';
import type { PatientRecord, SeriesRecord, StudyRecord } from '../dicom/records';
import type { Stack } from '../dicom/stack';

export interface StudyRow {
  readonly studyId: number;
  /** Equal for studies of one patient only; see `patientKeyOf`. */
  readonly patientKey: string;
  readonly patient: PatientRecord;
  readonly study: StudyRecord;
  readonly modalities: readonly string[];
  readonly seriesCount: number;
  readonly instanceCount: number;
  /** Instances whose file is not where it was. */
  readonly missingCount: number;
  /** Folder or medium the first instance came from, as the user would name it. */
  readonly source: string;
  readonly addedAtMs: number;
}

export interface SeriesRow {
  readonly seriesId: number;
  readonly studyId: number;
  readonly series: SeriesRecord;
  readonly instanceCount: number;
  readonly imageCount: number;
  readonly missingCount: number;
  /** `none`: the series holds no image that can be pictured. A ready thumbnail is at `bytes/thumbnail/<seriesId>`. */
  readonly thumbnail: 'pending' | 'ready' | 'none';
}

/** A series ready to be read: its stacks, largest first. */
export interface SeriesStacks {
  readonly seriesId: number;
  readonly patientKey: string;
  readonly patient: PatientRecord;
  readonly study: StudyRecord;
  readonly series: SeriesRecord;
  readonly stacks: readonly Stack[];
  /** Instances that are not images, by SOP class name. */
  readonly otherObjects: readonly { readonly sopClassName: string; readonly count: number }[];
}

/** Something changed; at most ten a second. A mirror that sees a gap in `revision` reads everything again. */
export interface LibraryChange {
  readonly revision: number;
  readonly studyIds: readonly number[];
}

const id = z.number().int().nonnegative();

export const libraryContract = {
  studies: oc.output(type<{ revision: number; studies: readonly StudyRow[] }>()),
  series: oc.input(z.object({ studyId: id })).output(type<readonly SeriesRow[]>()),
  stacks: oc.input(z.object({ seriesId: id })).output(type<SeriesStacks>()),
  changes: oc.output(eventIterator(type<LibraryChange>())),
  /** Looks whether the files of a study (or of all) are still there; the counts change through `changes`. */
  checkFiles: oc.input(z.object({ studyId: id.optional() })).output(type<{ missing: number; found: number }>()),
};
