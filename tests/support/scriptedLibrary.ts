/** A library of any size whose answers a test holds back, changes and counts. Study `n` of the order has id `n + 1`. */
import type { LibraryChange, StudyPage, StudyQuery, StudyRow } from '../../src-shared/contract';
import type { LibrarySource } from '../../src-renderer/features/library/answer/source';
import { aSeriesRow, aStudyRow } from './libraryRows';

export interface ScriptedLibrary {
  readonly source: LibrarySource;
  readonly state: { rows: readonly StudyRow[]; revision: number; fails: boolean };
  /** Every page that was asked for, in order. */
  readonly asked: StudyQuery[];
  /** From now on replies wait until they are let go. */
  readonly hold: () => void;
  /** Lets the replies that wait go, the oldest first, and those that follow from them. */
  readonly letGo: () => Promise<void>;
  /** Puts other rows in place and says that these studies changed. */
  readonly change: (rows: readonly StudyRow[], studyIds?: readonly number[]) => void;
  readonly reopen: () => void;
}

export const manyStudies = (count: number): readonly StudyRow[] =>
  Array.from({ length: count }, (_, index) => aStudyRow({ studyId: index + 1, patientKey: `p${index >> 1}` }));

/** Pending promises of the code under test have had their turns. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 60; turn++) await Promise.resolve();
}

export function scriptedLibrary(count: number): ScriptedLibrary {
  const state = { rows: manyStudies(count), revision: 1, fails: false };
  const asked: StudyQuery[] = [];
  const waiting: (() => void)[] = [];
  let isHeld = false;
  let listener: { open: () => void; change: (change: LibraryChange) => void } | null = null;

  const matching = ({ filter }: Pick<StudyQuery, 'filter'>): readonly StudyRow[] =>
    state.rows.filter(
      (row) =>
        (filter.patientKey === undefined || row.patientKey === filter.patientKey) &&
        (filter.text === undefined || String(row.studyId).includes(filter.text)),
    );

  const pageOf = (query: StudyQuery): StudyPage => {
    const rows = matching(query);
    return {
      revision: state.revision,
      studyCount: rows.length,
      patientCount: new Set(rows.map(({ patientKey }) => patientKey)).size,
      libraryStudyCount: state.rows.length,
      rows: rows.slice(query.offset, query.offset + query.limit),
    };
  };

  const reply = <T>(make: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      const answer = state.fails ? null : make();
      const send = () => (answer === null ? reject(new Error('locked')) : resolve(answer));
      if (isHeld) waiting.push(send);
      else send();
    });

  return {
    state,
    asked,
    hold() {
      isHeld = true;
    },
    async letGo() {
      isHeld = false;
      for (let send = waiting.shift(); send; send = waiting.shift()) {
        send();
        await settled();
      }
    },
    change(rows, studyIds = []) {
      state.rows = rows;
      state.revision += 1;
      listener?.change({ revision: state.revision, studyIds });
    },
    reopen: () => listener?.open(),
    source: {
      query(query) {
        asked.push(query);
        return reply(() => pageOf(query));
      },
      studyIds: (query) => reply(() => matching(query).map(({ studyId }) => studyId)),
      series: (studyId) => reply(() => [aSeriesRow({ seriesId: studyId * 10, studyId })]),
      facets: () => Promise.resolve({ modalities: [], bodyParts: [], tags: [], sources: [] }),
      savedSearches: () => Promise.resolve([]),
      subscribe(on) {
        listener = on;
        on.open();
        return () => undefined;
      },
    },
  };
}
