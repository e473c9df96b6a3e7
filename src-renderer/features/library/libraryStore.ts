/** A read-only mirror of the library: all studies, and the series of those studies that were asked for. */
import { createStore } from 'zustand/vanilla';
import type { SeriesRow, StudyRow } from '../../../src-shared/contract';

export type SeriesState =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly rows: readonly SeriesRow[] }
  | { readonly status: 'failed'; readonly reason: string };

export interface Library {
  readonly status: 'loading' | 'ready' | 'failed';
  /** Why the library could not be read. */
  readonly reason: string;
  readonly studies: readonly StudyRow[];
  readonly series: ReadonlyMap<number, SeriesState>;
}

export const libraryStore = createStore<Library>(() => ({
  status: 'loading',
  reason: '',
  studies: [],
  series: new Map(),
}));

export function putStudies(studies: readonly StudyRow[]): void {
  libraryStore.setState({ status: 'ready', reason: '', studies });
}

/** What was read before stays on screen. */
export function putFailure(reason: string): void {
  libraryStore.setState({ status: 'failed', reason });
}

export function putSeries(studyId: number, state: SeriesState): void {
  libraryStore.setState(({ series }) => ({ series: new Map(series).set(studyId, state) }));
}
