import { beforeEach, describe, expect, it } from 'vitest';
import type { StudyFacets } from '../../../../src-shared/contract';
import {
  applySearch,
  changeFilter,
  clearFilters,
  groupByPatient,
  libraryViewStore,
  setDatePreset,
  setDates,
  showPatient,
  showTrash,
  sortBy,
  toggleColumn,
} from '../libraryView';
import { conditionsOf } from './conditions';
import { askingFilter, isFiltering, queryOf } from './query';
import { isSameSearch } from './searches';
import { parseTypedDate } from './typedDate';

const view = () => libraryViewStore.getState();
beforeEach(() => libraryViewStore.setState(libraryViewStore.getInitialState(), true));

describe('question', () => {
  it('leaves out what asks nothing', () => {
    const filter = { text: '  ', patientId: ' 17 ', modalities: [], tags: ['x'], isUnread: false, isPinned: true };
    expect(askingFilter({ ...filter, studyDateFrom: undefined })).toEqual({
      patientId: '17',
      tags: ['x'],
      isPinned: true,
    });
  });

  it('[LIB7] keeps a preset as a preset, and typed days end it', () => {
    setDatePreset('last-7-days');
    const preset = queryOf(view(), view().sort);
    setDates('20240101', undefined);
    expect([preset, queryOf(view(), view().sort)]).toEqual([
      { filter: {}, datePreset: 'last-7-days', sort: { column: 'studyDate', direction: 'descending' } },
      { filter: { studyDateFrom: '20240101' }, sort: { column: 'studyDate', direction: 'descending' } },
    ]);
  });

  it('[LIB6] clearing keeps the trash open: it is a place, not a condition', () => {
    showTrash(true);
    changeFilter({ text: 'doe' });
    const before = isFiltering(view());
    clearFilters();
    expect([before, isFiltering(view()), view().filter]).toEqual([true, false, { isInTrash: true }]);
  });

  it('starts dates, counts and sizes from the large end, texts from the small; unsortable columns do nothing', () => {
    const directions = (['patientName', 'instanceCount', 'instanceCount', 'tags', 'sizeBytes'] as const).map((id) => {
      sortBy(id);
      return [view().sort.column, view().sort.direction];
    });
    expect(directions).toEqual([
      ['patientName', 'ascending'],
      ['instanceCount', 'descending'],
      ['instanceCount', 'ascending'],
      ['instanceCount', 'ascending'],
      ['sizeBytes', 'descending'],
    ]);
  });

  it('gathers one patient in time order', () => {
    changeFilter({ text: 'something else' });
    showPatient('key', 'Doe, John');
    expect([view().filter, view().sort.column]).toEqual([{ patientKey: 'key' }, 'patient']);
    groupByPatient(false);
    expect(view().sort.column).toBe('studyDate');
  });

  it('hides and shows columns, never the patient’s name through a kept choice', () => {
    toggleColumn('tags');
    toggleColumn('sizeBytes');
    const { columns } = view();
    expect([columns.includes('tags'), columns.includes('sizeBytes'), columns.includes('patientName')]).toEqual([
      false,
      true,
      true,
    ]);
  });
});

describe('conditions', () => {
  const facets: StudyFacets = {
    modalities: [],
    bodyParts: [],
    tags: [],
    sources: [{ sourceId: 4, kind: 'folder', label: 'CD of Mrs X', studies: 1, characterSet: null }],
  };

  it('[LIB6] says each condition with its value, and taking it away takes only it away', () => {
    const filter = { text: 'free', modalities: ['CT', 'MR'], sourceIds: [4], isUnread: true, studyDateTo: '20240131' };
    const conditions = conditionsOf({ filter, datePreset: null, facets, patientLabel: '' });
    expect(conditions.map(({ label, value }) => [label, value])).toEqual([
      ['Date', 'until 2024-01-31'],
      ['Modality', 'CT, MR'],
      ['Source', 'CD of Mrs X'],
      ['Unread', ''],
    ]);
    const without = conditions.map((condition) =>
      Object.keys(askingFilter({ ...filter, ...condition.without.filter })),
    );
    const all = Object.keys(filter);
    expect(without).toEqual(
      ['studyDateTo', 'modalities', 'sourceIds', 'isUnread'].map((gone) => all.filter((key) => key !== gone)),
    );
  });
});

describe('saved searches', () => {
  it('a search is the one on screen when it asks the same, in whatever order it was made', () => {
    const search = { name: 'CT unread', filter: { modalities: ['CT'], isUnread: true } };
    changeFilter({ isUnread: true });
    const before = isSameSearch(search);
    changeFilter({ modalities: ['CT'], text: '' });
    const same = isSameSearch(search);
    setDatePreset('today');
    expect([before, same, isSameSearch(search), isSameSearch({ ...search, datePreset: 'today' })]).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  it('[LIB8] applying replaces whatever was asked before', () => {
    changeFilter({ text: 'doe' });
    setDatePreset('today');
    applySearch({ name: 'x', filter: { tags: ['teaching'] } });
    expect([view().filter, view().datePreset]).toEqual([{ tags: ['teaching'] }, null]);
  });
});

describe('typed dates', () => {
  it.each([
    ['2024-03-12', '20240312', '20240312'],
    ['20240312', '20240312', '20240312'],
    ['2024.3.2', '20240302', '20240302'],
    ['12.03.2024', '20240312', '20240312'],
    ['1/2/2024', '20240201', '20240201'],
    ['2024-02', '20240201', '20240229'],
    ['202312', '20231201', '20231231'],
    [' 2023 ', '20230101', '20231231'],
  ])('[LIB7] %j', (typed, from, to) => {
    expect(parseTypedDate(typed)).toEqual({ from, to });
  });

  it.each(['', 'yesterday', '2024-02-30', '2024-13', '32.01.2024', '2024-03/12', '20240'])(
    '[LIB7] %j is no date',
    (typed) => {
      expect(parseTypedDate(typed)).toBeNull();
    },
  );
});
