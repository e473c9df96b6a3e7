import { beforeEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { aStudyRow } from '../../../../tests/support/libraryRows';
import { manyStudies, scriptedLibrary, settled } from '../../../../tests/support/scriptedLibrary';
import { answerStore, studyAt, type Answer } from './answerStore';
import { createPageWindow } from './pageWindow';
import type { AnswerQuery } from './source';

const byDate = { column: 'studyDate', direction: 'descending' } as const;
const everything: AnswerQuery = { filter: {}, sort: byDate };
const withText = (text: string): AnswerQuery => ({ filter: { text }, sort: byDate });

const never = () => false;
const answerNow = (): Answer => {
  const { answer } = answerStore.getState();
  if (!answer) throw new Error('nothing was answered');
  return answer;
};
const idAt = (index: number) => studyAt(answerNow(), index)?.studyId;

beforeEach(() => answerStore.setState(answerStore.getInitialState(), true));

describe('pages', () => {
  it('[LIB1] asks for one page at the start and for the neighbours of what is on screen', async () => {
    const { source, asked } = scriptedLibrary(100_000);
    const pages = createPageWindow(source, never);
    pages.ask(everything);
    await settled();
    pages.show({ from: 50_020, to: 50_060 });
    await settled();
    expect(asked.map(({ offset, limit }) => [offset, limit])).toEqual([
      [0, 100],
      [100, 100],
      [50_000, 100],
      [50_100, 100],
      [49_900, 100],
    ]);
    expect([answerNow().studyCount, answerNow().patientCount, idAt(50_030)]).toEqual([100_000, 50_000, 50_031]);
  });

  it('[LIB1] keeps a few pages, however far one scrolls', async () => {
    const { source } = scriptedLibrary(100_000);
    const pages = createPageWindow(source, never);
    pages.ask(everything);
    for (let from = 0; from < 20_000; from += 60) {
      pages.show({ from, to: from + 40 });
      await settled();
    }
    expect(answerNow().pages.size).toBeLessThanOrEqual(9);
    expect(answerNow().places.size).toBeLessThanOrEqual(900);
  });

  it('[LIB3] skips the pages that were scrolled past while a reply was on its way', async () => {
    const { source, asked, hold, letGo } = scriptedLibrary(100_000);
    const pages = createPageWindow(source, never);
    pages.ask(everything);
    await settled();
    hold();
    asked.length = 0;
    for (const from of [10_000, 20_000, 30_000]) pages.show({ from, to: from + 40 });
    await letGo();
    expect(asked.map(({ offset }) => offset)).toEqual([10_000, 30_000, 30_100, 29_900]);
  });

  it('does not ask again for what the library left out', async () => {
    const { source, asked } = scriptedLibrary(150);
    const short = {
      query: async (query: Parameters<typeof source.query>[0]) => ({ ...(await source.query(query)), rows: [] }),
    };
    const pages = createPageWindow(short, never);
    pages.ask(everything);
    await settled();
    expect(asked.map(({ offset }) => offset)).toEqual([0, 100]);
  });
});

describe('questions', () => {
  it('[LIB2] never shows the reply to one question as the answer to another', async () => {
    const { source, hold, letGo } = scriptedLibrary(500);
    const pages = createPageWindow(source, never);
    pages.ask(everything);
    await settled();
    hold();
    pages.ask(withText('12'));
    pages.ask(withText('123'));
    expect([answerNow().query, answerStore.getState().wantedKey === answerNow().key]).toEqual([everything, false]);
    await letGo();
    expect([answerNow().query, answerNow().studyCount, idAt(0)]).toEqual([withText('123'), 1, 123]);
  });

  it('[LIB3] asks only the newest of the questions typed meanwhile', async () => {
    const { source, asked, hold, letGo } = scriptedLibrary(500);
    const pages = createPageWindow(source, never);
    hold();
    for (const text of ['1', '12', '123', '12']) pages.ask(withText(text));
    await letGo();
    expect(asked.map(({ filter }) => filter.text)).toEqual(['1', '12']);
  });

  it('[LIB2] whatever is typed and however replies are late, the answer ends as that of the last question', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('ask' as const), text: fc.constantFrom('', '1', '12', '7', '99') }),
      fc.record({ kind: fc.constant('show' as const), from: fc.nat({ max: 900 }) }),
      fc.record({ kind: fc.constant('release' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.constantFrom('', '1', '7'), async (steps, last) => {
        answerStore.setState(answerStore.getInitialState(), true);
        const { source, hold, letGo } = scriptedLibrary(1000);
        const pages = createPageWindow(source, never);
        hold();
        for (const each of steps) {
          if (each.kind === 'ask') pages.ask(withText(each.text));
          else if (each.kind === 'show') pages.show({ from: each.from, to: each.from + 40 });
          else {
            await letGo();
            hold();
          }
        }
        pages.ask(withText(last));
        await letGo();
        const rows = [...answerNow().pages].flatMap(([page, found]) =>
          found.map((row, i) => [page * 100 + i, row.studyId]),
        );
        const all = manyStudies(1000).filter(({ studyId }) => String(studyId).includes(last));
        expect(answerNow().query).toEqual(withText(last));
        expect(rows).toEqual(rows.map(([place = 0]) => [place, all[place]?.studyId]));
        pages.dispose();
      }),
      { numRuns: 60 },
    );
  });
});

describe('changes', () => {
  it('[LIB4] reads again what is on screen in one request, and drops the rest', async () => {
    const { source, asked, state } = scriptedLibrary(1000);
    const pages = createPageWindow(source, never);
    pages.ask(everything);
    await settled();
    pages.show({ from: 480, to: 520 });
    await settled();
    asked.length = 0;
    state.rows = [aStudyRow({ studyId: 5000 }), ...state.rows];
    state.revision = 2;
    await pages.refresh();
    expect(asked.slice(0, 1).map(({ offset, limit }) => [offset, limit])).toEqual([[400, 200]]);
    expect([answerNow().revision, idAt(480), answerNow().studyCount]).toEqual([2, 480, 1001]);
  });

  it('[LIB2] never puts a page of a new state beside pages of an old one', async () => {
    const { source, state } = scriptedLibrary(1000);
    const pages = createPageWindow(source, never);
    pages.ask(everything);
    await settled();
    state.rows = [aStudyRow({ studyId: 5000 }), ...state.rows];
    state.revision = 2;
    pages.show({ from: 180, to: 220 });
    await settled();
    const shown = Array.from({ length: 40 }, (_, index) => idAt(180 + index));
    expect([answerNow().revision, shown]).toEqual([2, Array.from({ length: 40 }, (_, index) => 180 + index)]);
  });

  it('follows an answer that has become shorter than where one was', async () => {
    const { source, state } = scriptedLibrary(1000);
    const pages = createPageWindow(source, never);
    pages.ask(everything);
    await settled();
    pages.show({ from: 900, to: 940 });
    await settled();
    state.rows = manyStudies(120);
    state.revision = 2;
    await pages.refresh();
    await settled();
    expect([answerNow().studyCount, idAt(119)]).toEqual([120, 120]);
  });

  it('remembers where a study stood that is worth it, until another stands there', async () => {
    const { source } = scriptedLibrary(10_000);
    const pages = createPageWindow(source, (id) => id === 5 || id === 6);
    pages.ask(everything);
    await settled();
    pages.show({ from: 5000, to: 5040 });
    await settled();
    const { places } = answerNow();
    expect([places.get(5), places.get(6), places.get(7)]).toEqual([4, 5, undefined]);
  });

  it('[LIB5] keeps what it had when reading fails, says why, and tries again', async () => {
    const { source, state } = scriptedLibrary(10);
    const pages = createPageWindow(source, never);
    pages.ask(everything);
    await settled();
    state.fails = true;
    await pages.refresh();
    const failed = answerStore.getState();
    state.fails = false;
    await pages.refresh();
    expect([failed.status, failed.reason, failed.answer?.studyCount, answerStore.getState().status]).toEqual([
      'failed',
      'locked',
      10,
      'ready',
    ]);
  });
});
