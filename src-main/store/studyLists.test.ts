import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StudyFilter, StudyRow, StudySort } from '../../src-shared/contract';
import { foldText } from '../../src-shared/dicom/foldText';
import { addStudy } from '../../tests/support/indexedStudies';
import { openStore, type Store } from './index';

let folder: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isocenter-lists-'));
  store = openStore(folder);
});
afterEach(() => {
  store.dispose();
  rmSync(folder, { recursive: true });
});

const BY_DATE: StudySort = { column: 'studyDate', direction: 'descending' };
const NOW_MS = new Date(2026, 10, 23, 12).getTime();
let revision = 0;

function ids(filter: StudyFilter, sort = BY_DATE): readonly number[] {
  revision += 1;
  return store.lists.list({ filter, sort }, { revision, nowMs: NOW_MS }).ids;
}

const name = (alphabetic: string, ideographic = '', phonetic = '') => ({
  patient: { name: { alphabetic, ideographic, phonetic } },
});

describe('searching', () => {
  it('finds a name by any of its groups, whatever case and accents', () => {
    const yamada = addStudy(store, name('Yamada^Tarou', '山田^太郎', 'やまだ^たろう'));
    const muller = addStudy(store, name('Müller^Jürgen'));
    const wang = addStudy(store, name('', '王^小东'));
    const found = ['tarou', '山田', '山田太郎', '田', 'やまだ', 'MULLER', 'müller jurgen', 'ller', '小东', 'ü'].map(
      (text) => ids({ text }),
    );
    expect(found).toEqual([
      [yamada],
      [yamada],
      [yamada],
      [yamada],
      [yamada],
      [muller],
      [muller],
      [muller],
      [wang],
      [muller, yamada],
    ]);
  });

  it('takes quotes, stars and operators as what they are', () => {
    addStudy(store, name('Test^Tilda'));
    const quoted = addStudy(store, { study: { description: 'AP "upright" NEAR*' } });
    const texts = ['"upright"', 'near*', '"', '*', 'tilda AND', 'NOT', '%', '_', "';--"];
    expect(texts.map((text) => ids({ text }))).toEqual([[quoted], [quoted], [quoted], [quoted], [], [], [], [], []]);
  });

  it('finds a day as people write it', () => {
    const study = addStudy(store, { study: { date: '20260304' } });
    addStudy(store, { study: { date: '20260403' } });
    const found = ['20260304', '2026-03-04', '04.03.2026', '4.3.2026', '2026-03'].map((text) => ids({ text }));
    expect(found).toEqual([[study], [study], [study], [study], [study]]);
  });

  it('finds tags, comments and sources, and forgets them when they go', () => {
    const study = addStudy(store, { source: 'Klinik Süd' });
    store.edits.apply([study], { addTags: ['Tumour board'], comment: 'Ask Dr. Weiß' });
    expect(['sud', 'tumour', 'weiss'].map((text) => ids({ text }))).toEqual([[study], [study], [study]]);
    store.edits.apply([study], { removeTags: ['Tumour board'], comment: '' });
    expect(['tumour', 'weiss'].map((text) => ids({ text }))).toEqual([[], []]);
  });
});

describe('presets of days', () => {
  it('mean days of this machine, and narrow a range that is given', () => {
    const [today, yesterday, week, old] = ['20261123', '20261122', '20261117', '20261116'].map((date) =>
      addStudy(store, { study: { date } }),
    );
    const listed = (datePreset: 'today' | 'yesterday' | 'last-7-days', filter: StudyFilter = {}) =>
      store.lists.list({ filter, datePreset, sort: BY_DATE }, { revision: (revision += 1), nowMs: NOW_MS }).ids;
    expect([listed('today'), listed('yesterday'), listed('last-7-days')]).toEqual([
      [today],
      [yesterday],
      [today, yesterday, week],
    ]);
    expect(listed('last-7-days', { studyDateFrom: '20261101', studyDateTo: '20261122' })).toEqual([yesterday, week]);
    expect(ids({ studyDateTo: '20261116' })).toEqual([old]);
  });
});

const FAMILY = ['Müller', 'Muller', 'Öz', 'Adams', '', 'Yamada'];
const someStudy = fc.record({
  family: fc.constantFrom(...FAMILY),
  patientId: fc.constantFrom('1', '2', 'A-17', ''),
  date: fc.constantFrom('20260101', '20260301', '20251231', ''),
  description: fc.constantFrom('Chest CT', 'Schädel nativ', 'abdomen', ''),
  modality: fc.constantFrom('CT', 'MR', 'SR'),
  bodyPart: fc.constantFrom('CHEST', 'HEAD', ''),
  accession: fc.constantFrom('A1', 'a2', ''),
  source: fc.constantFrom('CD 1', 'Archive'),
  tag: fc.constantFrom('red', 'blue', null),
  isPinned: fc.boolean(),
  isTrashed: fc.boolean(),
  instances: fc.integer({ min: 1, max: 3 }),
});

const maybe = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const someFilter: fc.Arbitrary<StudyFilter> = fc.record({
  text: maybe('mul', 'ct', 'ü', 'chest a1', '2026', 'zzz'),
  patientName: maybe('ull', 'öz'),
  patientId: maybe('a-1', '1'),
  accessionNumber: maybe('A'),
  description: maybe('schadel', 'ct chest'),
  studyDateFrom: maybe('20260101'),
  studyDateTo: maybe('20260228', '20251231'),
  modalities: maybe(['CT'], ['MR', 'SR'], []),
  bodyParts: maybe(['HEAD']),
  tags: maybe(['red'], ['red', 'blue']),
  isPinned: maybe(true, false),
  isInTrash: maybe(true, false),
});

type Content = typeof someStudy extends fc.Arbitrary<infer T> ? T : never;

/** The filter's meaning, read from the rows, without any index. */
function passes(row: StudyRow, filter: StudyFilter, trashed: ReadonlySet<number>): boolean {
  const words = (text = '') => foldText(text).split(' ').filter(Boolean);
  const has = (text: string, wanted?: string) => words(wanted).every((word) => foldText(text).includes(word));
  const oneOf = (values: readonly string[], wanted?: readonly string[]) =>
    wanted === undefined || wanted.some((value) => values.includes(value));
  const { patient, study } = row;
  const everything = [
    ...[patient.name.alphabetic, patient.patientId, patient.birthDate, study.date, study.description, study.studyId],
    ...[study.accessionNumber, study.institution, row.source, row.comment],
    ...[row.modalities, row.bodyParts, row.tags].flat(),
  ].join(' ');
  return (
    trashed.has(row.studyId) === (filter.isInTrash ?? false) &&
    has(everything, filter.text) &&
    has(patient.name.alphabetic, filter.patientName) &&
    has(patient.patientId, filter.patientId) &&
    has(study.accessionNumber, filter.accessionNumber) &&
    has(study.description, filter.description) &&
    (filter.studyDateFrom === undefined || study.date >= filter.studyDateFrom) &&
    (filter.studyDateTo === undefined || (study.date !== '' && study.date <= filter.studyDateTo)) &&
    oneOf(row.modalities, filter.modalities) &&
    oneOf(row.bodyParts, filter.bodyParts) &&
    oneOf(row.tags, filter.tags) &&
    (filter.isPinned === undefined || row.isPinned === filter.isPinned)
  );
}

function fill(target: Store, contents: readonly Content[]): { all: number[]; trashed: Set<number> } {
  const trashed = new Set<number>();
  const all = contents.map((content) => {
    const { family, patientId, date, description, modality, bodyPart, accession, source, tag, isPinned } = content;
    const studyId = addStudy(target, {
      patient: { ...name(`${family}^X`).patient, patientId },
      study: { date, description, accessionNumber: accession },
      series: { modality, bodyPart },
      source,
      instances: content.instances,
    });
    target.edits.apply([studyId], { isPinned, addTags: tag === null ? [] : [tag] });
    if (content.isTrashed) trashed.add(studyId);
    return studyId;
  });
  target.edits.trash([...trashed], 1);
  return { all, trashed };
}

const COLUMNS: readonly StudySort['column'][] = [
  ...(['patientName', 'patientId', 'birthDate', 'studyDate', 'modalities', 'description', 'bodyPart'] as const),
  ...(['accessionNumber', 'institution', 'seriesCount', 'instanceCount', 'sizeBytes', 'source', 'addedAt'] as const),
  ...(['lastOpened', 'patient'] as const),
];

describe('every filter and order', () => {
  it('gives what a plain look at the rows gives, once each, with the patients counted', () => {
    fc.assert(
      fc.property(
        fc.array(someStudy, { minLength: 1, maxLength: 12 }),
        fc.array(someFilter, { minLength: 1, maxLength: 6 }),
        (contents, filters) => {
          const place = mkdtempSync(join(tmpdir(), 'isocenter-lists-'));
          const target = openStore(place);
          try {
            const { all, trashed } = fill(target, contents);
            const rows = target.lists.rows(all);
            for (const [index, filter] of filters.entries()) {
              const expected = rows.filter((row) => passes(row, filter, trashed));
              const column = COLUMNS[index % COLUMNS.length] ?? 'studyDate';
              const list = target.lists.list(
                { filter, sort: { column, direction: index % 2 ? 'ascending' : 'descending' } },
                { revision: index, nowMs: NOW_MS },
              );
              expect(list.ids.toSorted((a, b) => a - b)).toEqual(expected.map((row) => row.studyId));
              expect(list.patientCount).toBe(new Set(expected.map((row) => row.patientKey)).size);
            }
          } finally {
            target.dispose();
            rmSync(place, { recursive: true });
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('has an order for every column, unknown values last both ways', () => {
    const known = addStudy(store, { patient: { patientId: 'B' }, study: { date: '20260102', description: 'b' } });
    const first = addStudy(store, { patient: { patientId: 'A' }, study: { date: '20260101', description: 'a' } });
    const unknown = addStudy(store, { patient: { patientId: '' }, study: { date: '', description: '' } });
    for (const column of ['patientId', 'description', 'studyDate'] as const) {
      expect([ids({}, { column, direction: 'ascending' }), ids({}, { column, direction: 'descending' })]).toEqual([
        [first, known, unknown],
        [known, first, unknown],
      ]);
    }
    for (const column of COLUMNS) expect(ids({}, { column, direction: 'ascending' })).toHaveLength(3);
  });

  it("gathers a patient's studies, newest first, wherever they were added", () => {
    const [a1, b, a2] = [
      addStudy(store, { ...name('Adams^A'), study: { date: '20200101' } }),
      addStudy(store, { ...name('Berg^B'), study: { date: '20250101' } }),
      addStudy(store, { ...name('Adams^A'), study: { date: '20210101' } }),
    ];
    expect(ids({}, { column: 'patient', direction: 'ascending' })).toEqual([a2, a1, b]);
  });
});

describe('edits', () => {
  it('make a study read and the most recently used one, also when the clock goes backwards', () => {
    const [one, two] = [addStudy(store), addStudy(store)];
    store.edits.opened(one, 5000);
    store.edits.opened(two, 4000);
    expect(store.lists.rows([one, two]).map((row) => [row.isUnread, row.lastOpenedAtMs])).toEqual([
      [false, 5000],
      [false, 4000],
    ]);
    expect(ids({}, { column: 'lastOpened', direction: 'descending' })).toEqual([two, one]);
  });

  it('bring back from the trash what went there, as it was', () => {
    const study = addStudy(store);
    store.edits.apply([study], { isUnread: false, isPinned: true, comment: 'c', addTags: ['t'] });
    const before = store.lists.row(study);
    store.edits.trash([study], 10);
    expect([ids({}), ids({ isInTrash: true }), store.lists.count((revision += 1))]).toEqual([[], [study], 0]);
    store.edits.restore([study]);
    expect([ids({}), store.lists.row(study)]).toEqual([[study], before]);
  });

  it('pass over ids that are not there', () => {
    store.edits.apply([77], { addTags: ['t'], comment: 'c', isPinned: true });
    expect(store.facets.all().tags).toEqual([]);
  });
});

describe('facets', () => {
  it('count studies by value, without the trash', () => {
    addStudy(store, { series: { modality: 'CT', bodyPart: 'CHEST' } });
    const both = addStudy(store, { series: { modality: 'MR', bodyPart: '' }, source: 'B' });
    store.edits.apply([both], { addTags: ['red'] });
    store.edits.trash([addStudy(store, { series: { modality: 'US' } })], 1);
    expect(store.facets.all()).toMatchObject({
      modalities: [
        { value: 'CT', studies: 1 },
        { value: 'MR', studies: 1 },
      ],
      bodyParts: [{ value: 'CHEST', studies: 1 }],
      tags: [{ value: 'red', studies: 1 }],
      sources: [
        { label: 'B', studies: 1 },
        { label: 'CD', studies: 1 },
      ],
    });
  });
});
