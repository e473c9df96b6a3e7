/**
 * Keeps the answer store true. One request is under way at a time, and each next one is chosen when the last has ended:
 * first the newest question, then what changed, then the page that is missing on screen. So typing or scrolling faster
 * than the library answers skips what nobody looks at any more, and a late reply can never be taken for another
 * question's.
 */
import type { Disposable } from '../../../../src-shared/base/disposable';
import type { StudyPage, StudyQuery } from '../../../../src-shared/contract/library';
import { answerStore, PAGE_ROWS, queryKey, type Answer } from './answerStore';
import { coveringRequest, extendedAnswer, freshAnswer, missingPage, type Range } from './pages';
import { spaced } from './spaced';
import type { AnswerQuery, LibrarySource } from './source';

export interface PageWindow extends Disposable {
  /** The question from now on. Asking the same again does nothing. */
  ask(query: AnswerQuery): void;
  /** What is on screen. */
  show(range: Range): void;
  /** The library changed: reads again what is on screen, soon. */
  changed(): void;
  /** Reads again what is on screen, now; resolves when that is in the store, or has failed. */
  refresh(): Promise<void>;
}

interface Request {
  readonly key: string;
  readonly query: AnswerQuery;
  readonly offset: number;
  readonly limit: number;
  /** Stands for everything that is here; otherwise one more page. */
  readonly isWhole: boolean;
}

const NO_PLACES: ReadonlyMap<number, number> = new Map();

/** `isWorthRemembering`: whether the place of a study is to be known when its page is gone. */
export function createPageWindow(
  { query: read }: Pick<LibrarySource, 'query'>,
  isWorthRemembering: (studyId: number) => boolean,
): PageWindow {
  let wanted: { readonly key: string; readonly query: AnswerQuery } | null = null;
  let onScreen: Range = { from: 0, to: 0 };
  let isStale = false;
  let isBusy = false;
  let isDisposed = false;
  let waiting: (() => void)[] = [];

  const answerNow = (): Answer | null => answerStore.getState().answer;

  const next = (): Request | null => {
    const answer = answerNow();
    if (wanted === null) return null;
    if (answer?.key !== wanted.key) return { ...wanted, offset: 0, limit: PAGE_ROWS, isWhole: true };
    if (isStale) return { ...wanted, ...coveringRequest(onScreen, answer.studyCount), isWhole: true };
    const page = missingPage(answer, onScreen);
    return page === null ? null : { ...wanted, offset: page * PAGE_ROWS, limit: PAGE_ROWS, isWhole: false };
  };

  const take = (request: Request, page: StudyPage): void => {
    if (request.key !== wanted?.key) return;
    const before = answerNow();
    const isSameQuestion = before?.key === request.key;
    const memory = { places: isSameQuestion ? before.places : NO_PLACES, isWorth: isWorthRemembering };
    if (request.isWhole) {
      onScreen = isSameQuestion ? within(onScreen, page.studyCount) : { from: 0, to: 0 };
      put(freshAnswer(request, page, memory));
    } else if (isSameQuestion && before.revision === page.revision && before.studyCount === page.studyCount) {
      put(extendedAnswer(before, { offset: request.offset, page }, onScreen, memory));
    } else {
      isStale = true;
    }
  };

  const settle = (): void => {
    const resolves = waiting;
    waiting = [];
    for (const resolve of resolves) resolve();
  };

  const work = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    try {
      for (let request = next(); request !== null && !isOver(); request = next()) {
        if (request.isWhole) isStale = false;
        take(request, await read(studyQueryOf(request)));
        if (request.isWhole && !isStale) settle();
      }
      settle();
    } catch (error) {
      if (!isOver()) answerStore.setState({ status: 'failed', reason: messageOf(error) });
      settle();
    } finally {
      isBusy = false;
    }
  };
  const isOver = (): boolean => isDisposed;

  const again = spaced(() => {
    isStale = true;
    return work();
  });

  return {
    ask(query) {
      const key = queryKey(query);
      if (key === wanted?.key) return;
      wanted = { key, query };
      answerStore.setState({ wantedKey: key });
      void work();
    },
    show(range) {
      onScreen = within(range, answerNow()?.studyCount ?? 0);
      void work();
    },
    changed: () => again.request(),
    refresh() {
      isStale = true;
      return new Promise((resolve) => {
        waiting.push(resolve);
        void work();
      });
    },
    dispose() {
      isDisposed = true;
      again.dispose();
      settle();
    },
  };
}

/** The part of a range that the answer still has. */
function within({ from, to }: Range, studyCount: number): Range {
  const last = Math.max(studyCount - 1, 0);
  return { from: Math.min(from, last), to: Math.min(to, last) };
}

const studyQueryOf = ({ query, offset, limit }: Request): StudyQuery => ({ ...query, offset, limit });

function put(answer: Answer): void {
  answerStore.setState({ status: 'ready', reason: '', answer });
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
