import { beforeEach, describe, expect, it } from 'vitest';
import type { SeriesRow, StudyRow } from '../../../src-shared/contract';
import { libraryStore } from './libraryStore';
import { libraryViewStore, setExpanded, setFilter, sortBy } from './libraryView';
import { createLibraryMirror, type LibrarySource } from './mirror';
import { libraryRows, rowFacts } from './rows';
import { filterStudies, foldText } from './searchText';
import { sortStudies, type ColumnId } from './sorting';

interface Given {
  readonly id: number;
  readonly name?: string;
  readonly ideographic?: string;
  readonly patientId?: string;
  readonly birthDate?: string;
  readonly date?: string;
  readonly description?: string;
  readonly images?: number;
}

function study(given: Given): StudyRow {
  const {
    id,
    name = '',
    ideographic = '',
    patientId = '',
    birthDate = '',
    date = '',
    description = '',
    images = 1,
  } = given;
  return {
    studyId: id,
    patientKey: `${name}|${patientId}`,
    patient: {
      name: { alphabetic: name, ideographic, phonetic: '' },
      patientId,
      issuerOfPatientId: '',
      birthDate,
      sex: '',
      age: '',
    },
    study: {
      studyInstanceUid: `1.2.${id}`,
      studyId: '',
      date,
      time: '',
      description,
      accessionNumber: '',
      referringPhysician: { alphabetic: '', ideographic: '', phonetic: '' },
      institution: '',
    },
    modalities: ['CT'],
    seriesCount: 1,
    instanceCount: images,
    missingCount: 0,
    source: '/media/cd',
    addedAtMs: 0,
  };
}

const ids = (rows: readonly StudyRow[]) => rows.map(({ studyId }) => studyId);

describe('filter', () => {
  const all = [
    study({ id: 1, name: 'Müller^Jürgen', patientId: 'A-17', date: '20240312' }),
    study({ id: 2, name: 'Yamada^Tarou', ideographic: '山田^太郎', description: 'CT Thorax' }),
    study({ id: 3, name: 'Łukasiewicz^Øystein', description: 'MR Knie' }),
  ];

  it.each([
    ['', [1, 2, 3]],
    ['muller', [1]],
    ['JURGEN', [1]],
    ['Müller', [1]],
    ['müller, jürgen', [1]],
    ['müller^jürgen', [1]],
    ['山田', [2]],
    ['yamada thorax', [2]],
    ['thorax yamada', [2]],
    ['lukasiewicz oystein', [3]],
    ['2024-03-12', [1]],
    ['20240312', [1]],
    ['a-17', [1]],
    ['ct cd', [1, 2, 3]],
    ['muller knie', []],
  ])('%j', (filter, expected) => {
    expect(ids(filterStudies(all, filter))).toEqual(expected);
  });

  it('folds twice as it folds once', () => {
    const text = 'Ærøskøbing^Ǻsa=Ｆｕｌｌ';
    expect(foldText(foldText(text))).toBe(foldText(text));
  });
});

describe('sort', () => {
  const all = [
    study({ id: 1, name: 'Ärmel^A', date: '20240101', images: 9 }),
    study({ id: 2, name: '', date: '', images: 100 }),
    study({ id: 3, name: 'Zander^Z', date: '20200101', images: 10 }),
    study({ id: 4, name: 'adler^b', date: '20220101', images: 10 }),
  ];

  it.each<[ColumnId, 'ascending' | 'descending', number[]]>([
    ['name', 'ascending', [4, 1, 3, 2]],
    ['name', 'descending', [3, 1, 4, 2]],
    ['studyDate', 'ascending', [3, 4, 1, 2]],
    ['studyDate', 'descending', [1, 4, 3, 2]],
    ['images', 'ascending', [1, 3, 4, 2]],
  ])('by %s, %s; what is absent comes last', (columnId, direction, expected) => {
    expect(ids(sortStudies(all, { columnId, direction }))).toEqual(expected);
  });

  it('knows the dates of old files', () => {
    const dated = ['2010.05.20', '19010101', '20200101'].map((date, index) => study({ id: index + 1, date }));
    expect(ids(sortStudies(dated, { columnId: 'studyDate', direction: 'ascending' }))).toEqual([2, 1, 3]);
  });

  it('keeps the studies of one patient together, the newest first', () => {
    const same = [
      study({ id: 1, name: 'Doe', patientId: 'x', date: '20200101' }),
      study({ id: 2, name: 'Doe', patientId: 'y', date: '20210101' }),
      study({ id: 3, name: 'Doe', patientId: 'x', date: '20220101' }),
    ];
    expect(ids(sortStudies(same, { columnId: 'name', direction: 'ascending' }))).toEqual([3, 1, 2]);
  });
});

function series(id: number, studyId: number): SeriesRow {
  return {
    seriesId: id,
    studyId,
    series: {
      seriesInstanceUid: `1.3.${id}`,
      number: id,
      modality: 'CT',
      description: '',
      protocolName: '',
      bodyPart: '',
      laterality: '',
      date: '',
      time: '',
      manufacturer: '',
      frameOfReferenceUid: '',
      patientPosition: '',
    },
    instanceCount: 1,
    imageCount: 1,
    missingCount: 0,
    thumbnail: 'ready',
  };
}

describe('rows', () => {
  it('shows the series of open studies below them, and what keeps them from being shown', () => {
    const all = [study({ id: 1 }), study({ id: 2 }), study({ id: 3 }), study({ id: 4 })];
    const rows = libraryRows(
      all,
      new Set([1, 2, 3]),
      new Map([
        [1, { status: 'ready', rows: [series(7, 1), series(8, 1)] }],
        [2, { status: 'failed', reason: 'gone' }],
      ]),
    );
    expect(rows.map((row) => rowFacts(row).key)).toEqual([
      'study:1',
      'series:7',
      'series:8',
      'study:2',
      'note:2',
      'study:3',
      'note:3',
      'study:4',
    ]);
  });
});

describe('view', () => {
  beforeEach(() => libraryViewStore.setState(libraryViewStore.getInitialState()));

  it('starts dates and counts from the large end, texts from the small', () => {
    const directions = (['name', 'images', 'images', 'studyDate'] as const).map((columnId) => {
      sortBy(columnId);
      return libraryViewStore.getState().sort.direction;
    });
    expect(directions).toEqual(['ascending', 'descending', 'ascending', 'descending']);
  });

  it('opens and closes studies, and keeps the filter', () => {
    setFilter('doe');
    setExpanded(1, true);
    setExpanded(2, true);
    setExpanded(1, false);
    const { filter, expanded } = libraryViewStore.getState();
    expect([filter, [...expanded]]).toEqual(['doe', [2]]);
  });
});

describe('mirror', () => {
  type On = Parameters<LibrarySource['subscribe']>[0];

  /** A library whose answers and announcements a test controls. */
  function scripted() {
    let on: On | null = null;
    const state = { studies: [study({ id: 1 })], seriesReads: [] as number[], fails: false };
    const source: LibrarySource = {
      studies: () => (state.fails ? Promise.reject(new Error('locked')) : Promise.resolve({ studies: state.studies })),
      series: (studyId) => {
        state.seriesReads.push(studyId);
        return Promise.resolve([series(7, studyId)]);
      },
      subscribe(listener) {
        on = listener;
        listener.open();
        return () => undefined;
      },
    };
    return {
      state,
      source,
      say: (studyIds: number[]) => on?.change({ revision: 1, studyIds }),
      reopen: () => on?.open(),
    };
  }

  const until = (isSo: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!isSo()) return;
        stop();
        resolve();
      };
      const stop = libraryStore.subscribe(check);
      check();
    });

  beforeEach(() => libraryStore.setState(libraryStore.getInitialState()));

  it('reads when subscribed and again after a change', async () => {
    const { state, source, say } = scripted();
    const mirror = createLibraryMirror(source);
    await until(() => libraryStore.getState().studies.length === 1);
    state.studies = [study({ id: 1 }), study({ id: 2 })];
    say([2]);
    await until(() => libraryStore.getState().studies.length === 2);
    mirror.dispose();
    expect(libraryStore.getState().status).toBe('ready');
  });

  it('reads the series that were asked for again when their study changed, and only those', async () => {
    const { state, source, say } = scripted();
    const mirror = createLibraryMirror(source);
    await until(() => libraryStore.getState().status === 'ready');
    mirror.wantSeries(1);
    mirror.wantSeries(1);
    await until(() => libraryStore.getState().series.get(1)?.status === 'ready');
    const before = libraryStore.getState().series.get(1);
    say([1, 2]);
    await until(() => libraryStore.getState().series.get(1) !== before);
    mirror.dispose();
    expect(state.seriesReads).toEqual([1, 1]);
  });

  it('keeps what it had when reading fails, and says why', async () => {
    const { state, source, reopen } = scripted();
    const mirror = createLibraryMirror(source);
    await until(() => libraryStore.getState().status === 'ready');
    state.fails = true;
    reopen();
    await until(() => libraryStore.getState().status === 'failed');
    mirror.dispose();
    const { reason, studies } = libraryStore.getState();
    expect([reason, ids(studies)]).toEqual(['locked', [1]]);
  });
});
