/**
 * What the library knows. Ids are the index's own row ids: opaque to the renderer, valid until the row is removed. Lists
 * are asked for by page, filtered and sorted by the index, so that they work the same at 10 studies and at 100,000.
 */
import './withoutEval';
import { eventIterator, oc, type } from '@orpc/contract';
import { z } from 'zod';
import type { PatientRecord, SeriesRecord, StudyRecord } from '../dicom/records';
import type { Stack } from '../dicom/stack';
import type { SourceKind } from './import';

export interface StudyRow {
  readonly studyId: number;
  /** Equal for studies of one patient only; see `patientKeyOf`. */
  readonly patientKey: string;
  readonly patient: PatientRecord;
  readonly study: StudyRecord;
  readonly modalities: readonly string[];
  readonly bodyParts: readonly string[];
  readonly seriesCount: number;
  readonly instanceCount: number;
  /** Instances whose file is not where it was. */
  readonly missingCount: number;
  /** Files kept aside because their SOP Instance UID is taken by another content. */
  readonly asideCount: number;
  readonly sizeBytes: number;
  /** Of `sizeBytes`, what lies in the library's own folder. */
  readonly copiedBytes: number;
  /** Folder or medium the first instance came from, as the user would name it. */
  readonly source: string;
  readonly sourceId: number;
  readonly tags: readonly string[];
  readonly comment: string;
  readonly isUnread: boolean;
  /** Never evicted to make room. */
  readonly isPinned: boolean;
  readonly addedAtMs: number;
  readonly lastOpenedAtMs: number | null;
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

/** A file whose SOP Instance UID the library knows with another content. */
export interface AsideRow {
  readonly asideId: number;
  readonly seriesId: number;
  readonly sopInstanceUid: string;
  readonly instanceNumber: number | null;
  /** Source and path inside it, as the report has them. */
  readonly origin: string;
  readonly sizeBytes: number;
  readonly keptSizeBytes: number;
  readonly arrivedAtMs: number;
}

/** Something changed; at most ten a second. A mirror that sees a gap in `revision` reads everything again. */
export interface LibraryChange {
  readonly revision: number;
  readonly studyIds: readonly number[];
}

const id = z.number().int().nonnegative();
const words = z.string().max(256);
/** DA, `YYYYMMDD`. */
const day = z.string().regex(/^\d{8}$/);

/** All given conditions hold at once; a list holds when one of its members does. */
const studyFilter = z.object({
  /** Words, each somewhere in names (any group), IDs, descriptions, dates, modalities, source, tags or comment; case and accents ignored. */
  text: words.optional(),
  patientName: words.optional(),
  patientId: words.optional(),
  accessionNumber: words.optional(),
  description: words.optional(),
  studyDateFrom: day.optional(),
  /** Inclusive. */
  studyDateTo: day.optional(),
  modalities: z.array(z.string().max(16)).optional(),
  bodyParts: z.array(z.string().max(64)).optional(),
  sourceIds: z.array(id).optional(),
  tags: z.array(z.string().max(64)).optional(),
  isUnread: z.boolean().optional(),
  isPinned: z.boolean().optional(),
  /** Studies with missing files, or with files kept aside. */
  problem: z.enum(['missing', 'aside']).optional(),
  /** Studies of one patient. */
  patientKey: z.string().max(4096).optional(),
  /** Left out: what is not in the trash. */
  isInTrash: z.boolean().optional(),
});

export type StudyFilter = z.infer<typeof studyFilter>;

/**
 * `today`, `yesterday` … are resolved when asked, by the service's clock and time zone; stored searches keep the preset.
 * `lastDays` 7 means today and the six days before.
 */
const datePreset = z.enum(['today', 'yesterday', 'last-7-days', 'last-31-days', 'last-365-days']);
export type DatePreset = z.infer<typeof datePreset>;

const studySort = z.object({
  column: z.enum([
    'patientName',
    'patientId',
    'birthDate',
    'studyDate',
    'modalities',
    'description',
    'bodyPart',
    'accessionNumber',
    'institution',
    'seriesCount',
    'instanceCount',
    'sizeBytes',
    'source',
    'addedAt',
    'lastOpened',
    /** All studies of a patient together in time order, patients by name. */
    'patient',
  ]),
  direction: z.enum(['ascending', 'descending']),
});

export type StudySort = z.infer<typeof studySort>;

const studyQuery = z.object({
  filter: studyFilter,
  datePreset: datePreset.optional(),
  sort: studySort,
  offset: z.number().int().nonnegative(),
  limit: z.number().int().min(0).max(500),
});

export type StudyQuery = z.infer<typeof studyQuery>;

export interface StudyPage {
  readonly revision: number;
  /** Of the whole answer, not of the page. */
  readonly studyCount: number;
  readonly patientCount: number;
  /** Of the library without the trash, whatever the filter. */
  readonly libraryStudyCount: number;
  readonly rows: readonly StudyRow[];
}

export interface FacetValue {
  readonly value: string;
  readonly studies: number;
}

export interface StudyFacets {
  readonly modalities: readonly FacetValue[];
  readonly bodyParts: readonly FacetValue[];
  readonly tags: readonly FacetValue[];
  readonly sources: readonly {
    readonly sourceId: number;
    readonly kind: SourceKind;
    readonly label: string;
    readonly studies: number;
    /** Instead of the files' own (0008,0005); `null`: their own. */
    readonly characterSet: string | null;
  }[];
}

export const savedSearchSchema = z.object({
  name: z.string().min(1).max(64),
  filter: studyFilter,
  datePreset: datePreset.optional(),
});

/** Its name is its identity. */
export type SavedSearch = z.infer<typeof savedSearchSchema>;

const studyIds = z.array(id).min(1).max(100_000);
const tag = z.string().trim().min(1).max(64);

const studyChange = z.object({
  isUnread: z.boolean().optional(),
  isPinned: z.boolean().optional(),
  comment: z.string().max(10_000).optional(),
  addTags: z.array(tag).max(32).optional(),
  removeTags: z.array(tag).max(32).optional(),
});

export type StudyChange = z.infer<typeof studyChange>;

export const libraryContract = {
  query: oc.input(studyQuery).output(type<StudyPage>()),
  /** Ids of the whole answer in its order, for "select all". */
  studyIds: oc.input(studyQuery.omit({ offset: true, limit: true })).output(type<readonly number[]>()),
  /** @throws `service/unknown-id` */
  study: oc.input(z.object({ studyId: id })).output(type<StudyRow>()),
  /** What can be filtered by, with counts over the library without the trash. */
  facets: oc.output(type<StudyFacets>()),
  series: oc.input(z.object({ studyId: id })).output(type<readonly SeriesRow[]>()),
  /** Counts as opening the study: it becomes read and most recently used. */
  stacks: oc.input(z.object({ seriesId: id })).output(type<SeriesStacks>()),
  changes: oc.output(eventIterator(type<LibraryChange>())),
  /** Looks whether the files of a study (or of all) are still there; the counts change through `changes`. */
  checkFiles: oc.input(z.object({ studyId: id.optional() })).output(type<{ missing: number; found: number }>()),

  /** Unknown ids are passed over: the row went while the hand moved. */
  edit: oc.input(z.object({ studyIds, change: studyChange })).output(z.void()),
  savedSearches: oc.output(type<readonly SavedSearch[]>()),
  /** Adds or replaces by name. */
  saveSearch: oc.input(savedSearchSchema).output(z.void()),
  removeSearch: oc.input(z.object({ name: z.string() })).output(z.void()),

  /** To the trash, from where `restore` brings them back as they were. */
  trash: oc.input(z.object({ studyIds })).output(z.void()),
  restore: oc.input(z.object({ studyIds })).output(z.void()),
  /** Ends what is in the trash (all when left out): rows and the library's own copies; files that were only referenced stay. */
  emptyTrash: oc
    .input(z.object({ studyIds: studyIds.optional() }))
    .output(type<{ readonly studies: number; readonly freedBytes: number }>()),

  aside: oc.input(z.object({ studyId: id })).output(type<readonly AsideRow[]>()),
  /** `use`: the file kept aside takes the place, and what was there is kept aside instead. `discard`: it is forgotten. */
  settleAside: oc.input(z.object({ asideId: id, action: z.enum(['use', 'discard']) })).output(z.void()),
};
