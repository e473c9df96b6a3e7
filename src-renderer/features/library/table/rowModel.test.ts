import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aSeriesRow, aStudyRow } from '../../../../tests/support/libraryRows';
import { PAGE_ROWS, type Answer } from '../answer/answerStore';
import type { SeriesState } from '../answer/seriesStore';
import { placeKey, rowFacts, rowModel, studyKey } from './rowModel';

/** `count` studies of which these pages are here; two studies to a patient. Study at place `n` has id `n + 1`. */
function answerOf(count: number, pages: readonly number[]): Answer {
  const rowsOf = (page: number) =>
    Array.from({ length: Math.min(PAGE_ROWS, count - page * PAGE_ROWS) }, (_, index) => page * PAGE_ROWS + index).map(
      (place) => aStudyRow({ studyId: place + 1, patientKey: `p${place >> 1}` }),
    );
  const held = new Map(pages.map((page) => [page, rowsOf(page)]));
  return {
    key: 'k',
    query: { filter: {}, sort: { column: 'studyDate', direction: 'descending' } },
    revision: 1,
    studyCount: count,
    patientCount: count,
    libraryStudyCount: count,
    pages: held,
    places: new Map([...held.values()].flat().map(({ studyId }) => [studyId, studyId - 1])),
  };
}

const nothing = { expanded: new Set<number>(), series: new Map<number, SeriesState>(), hasHeads: false };
const ready = (studyId: number, count: number): [number, SeriesState] => [
  studyId,
  {
    status: 'ready',
    rows: Array.from({ length: count }, (_, index) => aSeriesRow({ seriesId: studyId * 100 + index, studyId })),
  },
];

describe('rows', () => {
  it('shows the series of open studies below them, and what keeps them from being shown', () => {
    const model = rowModel({
      ...nothing,
      answer: answerOf(4, [0]),
      expanded: new Set([1, 2, 3]),
      series: new Map([ready(1, 2), [2, { status: 'failed', reason: 'gone' }]]),
    });
    const keys = Array.from({ length: model.count }, (_, index) => rowFacts(model.at(index)).key);
    expect(keys).toEqual(['study:1', 'series:100', 'series:101', 'study:2', 'note:2', 'study:3', 'note:3', 'study:4']);
  });

  it('puts a head above the studies of each patient', () => {
    const model = rowModel({ ...nothing, answer: answerOf(4, [0]), hasHeads: true });
    const keys = Array.from({ length: model.count }, (_, index) => rowFacts(model.at(index)).key);
    expect(keys).toEqual(['patient:1', 'study:1', 'study:2', 'patient:3', 'study:3', 'study:4']);
  });

  it('[LIB1] is a row of unknown content where a page is not here', () => {
    const model = rowModel({ ...nothing, answer: answerOf(100_000, [500]) });
    expect([model.count, rowFacts(model.at(7)), rowFacts(model.at(50_001)).key]).toEqual([
      100_000,
      { key: placeKey(7), height: 28, level: 1, isUnknown: true },
      studyKey(50_002),
    ]);
  });

  it('every row is where its key says, as high as it says, and belongs to the place it says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 450 }),
        fc.uniqueArray(fc.nat({ max: 4 })),
        fc.uniqueArray(fc.integer({ min: 1, max: 450 }), { maxLength: 12 }),
        fc.boolean(),
        (count, pages, expanded, hasHeads) => {
          const held = pages.filter((page) => page * PAGE_ROWS < count);
          const series = new Map(expanded.map((id) => ready(id, id % 4)));
          const model = rowModel({ answer: answerOf(count, held), expanded: new Set(expanded), series, hasHeads });
          let places = 0;
          for (let index = 0; index < model.count; index++) {
            const row = model.at(index);
            const facts = rowFacts(row);
            expect(model.indexOf(facts.key)).toBe(index);
            expect(model.heightAt(index)).toBe(facts.height);
            if (row.kind === 'study') expect(model.placeAt(index)).toBe(row.row.studyId - 1);
            if (row.kind === 'unknown') expect(model.placeAt(index)).toBe(row.place);
            if (row.kind === 'study' || row.kind === 'unknown') places += 1;
          }
          expect(places).toBe(count);
        },
      ),
      { numRuns: 80 },
    );
  });
});
