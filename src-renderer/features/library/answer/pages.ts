/** Pages put into an answer. A page of another state of the library never stands beside those of this one. */
import type { StudyPage, StudyRow } from '../../../../src-shared/contract';
import { PAGE_ROWS, type Answer } from './answerStore';
import type { AnswerQuery } from './source';

/** First and last study on screen, counted from 0, both inclusive. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Pages kept on either side of what is on screen, so that scrolling back a little asks for nothing. */
const KEPT_PAGES = 3;
/** The contract's limit for one page of its own. */
const MOST_PAGES_AT_ONCE = 5;

export const pageOf = (index: number): number => Math.floor(index / PAGE_ROWS);

export interface Asked {
  readonly key: string;
  readonly query: AnswerQuery;
  /** Multiple of `PAGE_ROWS`. */
  readonly offset: number;
}

/** An answer anew, of one reply alone. */
export function freshAnswer({ key, query, offset }: Asked, page: StudyPage, memory: Memory): Answer {
  const pages = cutIntoPages(offset, page);
  const { revision, studyCount, patientCount, libraryStudyCount } = page;
  const places = placesOf(pages, memory);
  return { key, query, revision, studyCount, patientCount, libraryStudyCount, pages, places };
}

/** The answer with one more page of the same revision; pages far from what is on screen go. */
export function extendedAnswer(
  answer: Answer,
  added: { offset: number; page: StudyPage },
  at: Range,
  memory: Memory,
): Answer {
  const [first, last] = [pageOf(at.from) - KEPT_PAGES, pageOf(at.to) + KEPT_PAGES];
  const both = new Map([...answer.pages, ...cutIntoPages(added.offset, added.page)]);
  const pages = new Map([...both].filter(([index]) => index >= first && index <= last));
  return { ...answer, pages, places: placesOf(pages, memory) };
}

/** Places known before, of the studies that are worth remembering: those open, selected or about to be shown. */
export interface Memory {
  readonly places: ReadonlyMap<number, number>;
  readonly isWorth: (studyId: number) => boolean;
}

/** The page to ask for next: on screen first, then one below and one above; `null` when all are here. */
export function missingPage({ pages, studyCount }: Answer, onScreen: Range): number | null {
  if (studyCount === 0) return null;
  const last = pageOf(studyCount - 1);
  const [from, to] = [Math.min(pageOf(onScreen.from), last), Math.min(pageOf(onScreen.to), last)];
  const wanted = [...Array.from({ length: to - from + 1 }, (_, index) => from + index), to + 1, from - 1];
  return wanted.find((page) => page >= 0 && page <= last && !pages.has(page)) ?? null;
}

/** What one reply must cover to stand for everything on screen. */
export function coveringRequest(onScreen: Range, studyCount: number): { offset: number; limit: number } {
  const last = Math.max(studyCount - 1, 0);
  const from = pageOf(Math.min(onScreen.from, last));
  const to = pageOf(Math.min(Math.max(onScreen.to, onScreen.from), last));
  return { offset: from * PAGE_ROWS, limit: Math.min(to - from + 1, MOST_PAGES_AT_ONCE) * PAGE_ROWS };
}

/** What was asked for is there afterwards, be it empty: a page that is shorter than promised is not asked for again. */
function cutIntoPages(offset: number, { rows }: StudyPage): Map<number, readonly StudyRow[]> {
  const pages = new Map<number, readonly StudyRow[]>([[pageOf(offset), []]]);
  for (let start = 0; start < rows.length; start += PAGE_ROWS)
    pages.set(pageOf(offset + start), rows.slice(start, start + PAGE_ROWS));
  return pages;
}

function placesOf(pages: ReadonlyMap<number, readonly StudyRow[]>, memory: Memory): ReadonlyMap<number, number> {
  // A remembered place where another study now stands is wrong.
  const places = new Map([...memory.places].filter(([id, place]) => memory.isWorth(id) && !pages.has(pageOf(place))));
  for (const [page, rows] of pages)
    for (const [index, { studyId }] of rows.entries()) places.set(studyId, page * PAGE_ROWS + index);
  return places;
}
