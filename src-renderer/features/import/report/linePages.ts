/** Lines of a report by page: what is in sight is asked for once, whatever the order of the answers. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ImportLine, LineOutcome } from '../../../../src-shared/contract';
import type { Disposable } from '../../../../src-shared/base/disposable';

export const PAGE_LINES = 200;

export interface LinePage {
  readonly total: number;
  readonly lines: readonly ImportLine[];
}

export interface LinePagesState {
  /** `null` until the first page is there. */
  readonly total: number | null;
  readonly pages: ReadonlyMap<number, readonly ImportLine[]>;
  /** Why lines could not be read; `''`: they could. */
  readonly failure: string;
}

export interface LinePages extends Disposable {
  readonly store: StoreApi<LinePagesState>;
  /** Asks for the pages that hold these lines, both ends included, unless they were asked for. */
  want(first: number, last: number): void;
}

/** `read` gives `limit` lines from `offset`. */
export function createLinePages(read: (offset: number, limit: number) => Promise<LinePage>): LinePages {
  const store = createStore<LinePagesState>(() => ({ total: null, pages: new Map(), failure: '' }));
  const asked = new Set<number>();
  let isDisposed = false;

  const load = async (page: number): Promise<void> => {
    asked.add(page);
    try {
      const { total, lines } = await read(page * PAGE_LINES, PAGE_LINES);
      if (!isDisposed) store.setState(({ pages }) => ({ total, pages: new Map(pages).set(page, lines), failure: '' }));
    } catch (error) {
      asked.delete(page);
      if (!isDisposed) store.setState({ failure: error instanceof Error ? error.message : String(error) });
    }
  };

  return {
    store,
    want(first, last) {
      for (let page = pageOf(first); page <= pageOf(last); page += 1) if (!asked.has(page)) void load(page);
    },
    dispose() {
      isDisposed = true;
    },
  };
}

export function lineAt({ pages }: LinePagesState, index: number): ImportLine | undefined {
  return pages.get(pageOf(index))?.[index % PAGE_LINES];
}

function pageOf(index: number): number {
  return Math.floor(index / PAGE_LINES);
}

/** `undefined`: all outcomes. */
export function outcomesAsked(shown: ReadonlySet<LineOutcome>): LineOutcome[] | undefined {
  return shown.size === 0 ? undefined : [...shown];
}
