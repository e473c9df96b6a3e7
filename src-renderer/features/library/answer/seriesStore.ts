/** The series of those studies that were asked for. */
import { createStore } from 'zustand/vanilla';
import type { SeriesRow } from '../../../../src-shared/contract';
import type { LibrarySource } from './source';

export type SeriesState =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly rows: readonly SeriesRow[] }
  | { readonly status: 'failed'; readonly reason: string };

export const seriesStore = createStore<ReadonlyMap<number, SeriesState>>(() => new Map());

function put(studyId: number, state: SeriesState): void {
  seriesStore.setState(new Map(seriesStore.getState()).set(studyId, state), true);
}

export interface SeriesReader {
  /** Reads the series of a study unless they are known. */
  want(studyId: number): void;
  /** Reads again those of these studies that are known; without ids, all. */
  changed(studyIds?: readonly number[]): void;
}

export function createSeriesReader({ series }: Pick<LibrarySource, 'series'>): SeriesReader {
  /** Counts the readings of a study, so that a late reply does not replace a newer one. */
  const readings = new Map<number, number>();

  const read = async (studyId: number): Promise<void> => {
    const mine = (readings.get(studyId) ?? 0) + 1;
    readings.set(studyId, mine);
    const isLatest = () => readings.get(studyId) === mine;
    try {
      const rows = await series(studyId);
      if (isLatest()) put(studyId, { status: 'ready', rows });
    } catch (error) {
      const hasRows = seriesStore.getState().get(studyId)?.status === 'ready';
      if (isLatest() && !hasRows) put(studyId, { status: 'failed', reason: messageOf(error) });
    }
  };

  return {
    want(studyId) {
      const known = seriesStore.getState().get(studyId);
      if (known && known.status !== 'failed') return;
      put(studyId, { status: 'loading' });
      void read(studyId);
    },
    changed(studyIds) {
      const known = seriesStore.getState();
      for (const studyId of studyIds ?? known.keys()) if (known.has(studyId)) void read(studyId);
    },
  };
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
