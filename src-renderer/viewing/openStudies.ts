/** The studies of the reading screen's rail, each with its series, and the stacks of those series as they become known. */
import { createStore } from 'zustand/vanilla';
import type { SeriesRow, SeriesStacks, StudyRow } from '../../src-shared/contract';
import { readableSeries } from './hanging';

export interface OpenStudy {
  readonly row: StudyRow;
  readonly series: readonly SeriesRow[];
}

export interface OpenStudies {
  /** The newest study first. */
  readonly studies: readonly OpenStudy[];
  readonly stacks: ReadonlyMap<number, SeriesStacks>;
}

export const openStudiesStore = createStore<OpenStudies>(() => ({ studies: [], stacks: new Map() }));

/** Adds a study or replaces what is known of it. */
export function putStudy(study: OpenStudy): void {
  openStudiesStore.setState(({ studies }) => {
    const others = studies.filter((each) => each.row.studyId !== study.row.studyId);
    const newestFirst = [...others, study].toSorted((a, b) => dateOf(b).localeCompare(dateOf(a)));
    return { studies: newestFirst };
  });
}

const dateOf = ({ row }: OpenStudy): string => row.study.date + row.study.time;

/** Keeps only the studies of these patients. */
export function keepPatients(patientKeys: readonly string[]): void {
  openStudiesStore.setState(({ studies, stacks }) => ({
    studies: studies.filter(({ row }) => patientKeys.includes(row.patientKey)),
    stacks: new Map([...stacks].filter(([, known]) => patientKeys.includes(known.patientKey))),
  }));
}

export function putStacks(stacks: SeriesStacks): void {
  openStudiesStore.setState((state) => ({ stacks: new Map(state.stacks).set(stacks.seriesId, stacks) }));
}

/** Stacks that are no longer those of the library. */
export function forgetStacks(seriesIds: readonly number[]): void {
  openStudiesStore.setState((state) => ({
    stacks: new Map([...state.stacks].filter(([seriesId]) => !seriesIds.includes(seriesId))),
  }));
}

/** One row of the rail: a stack of a series, or a series whose stacks are not known yet (`stackIndex` 0). */
export interface StripEntry {
  readonly seriesId: number;
  readonly stackIndex: number;
}

/** Everything that PgUp and PgDn walk through, in the order of the rail. */
export function stripEntries({ studies, stacks }: OpenStudies = openStudiesStore.getState()): readonly StripEntry[] {
  return studies
    .flatMap((study) => readableSeries(study.series))
    .flatMap(({ seriesId }) => {
      const count = Math.max(stacks.get(seriesId)?.stacks.length ?? 1, 1);
      return Array.from({ length: count }, (_, stackIndex) => ({ seriesId, stackIndex }));
    });
}

/** The entry `by` places from `current`; `null` at the ends. Without a current one, the first or the last. */
export function neighbourEntry(
  entries: readonly StripEntry[],
  current: StripEntry | null,
  by: 1 | -1,
): StripEntry | null {
  const index = entries.findIndex(
    (entry) => entry.seriesId === current?.seriesId && entry.stackIndex === current.stackIndex,
  );
  if (index < 0) return entries.at(by === 1 ? 0 : -1) ?? null;
  return entries[index + by] ?? null;
}
