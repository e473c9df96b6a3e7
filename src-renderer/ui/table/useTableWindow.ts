/** The part of a table that is on screen: which rows are drawn where, and that they stay there when rows come and go. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import type { RowFacts } from './rowFacts';
import type { WindowedRows } from './windowedRows';

export const HEADER_HEIGHT = 28;
const OVERSCAN_ROWS = 6;

interface Given<Row> {
  readonly rows: WindowedRows<Row>;
  readonly facts: (row: Row) => RowFacts;
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Another list begins at its top; the same list keeps its place. */
  readonly listKey: string;
  readonly onRange: ((first: number, last: number) => void) | undefined;
}

/** The row at the upper edge, and how far below the edge it begins (CSS pixels, 0 or less). */
interface Place {
  readonly key: string;
  readonly offset: number;
  /** `scrollTop` at that moment: where it is another, something has scrolled since and means it. */
  readonly scrollTop: number;
}

export function useTableWindow<Row>({ rows, facts, scroller, listKey, onRange }: Given<Row>) {
  // A new function for new rows has their heights read again; the same one while only the scroll position changes.
  const getItemKey = useCallback((index: number) => (index < rows.count ? index : -1), [rows]);
  const virtual = useVirtualizer({
    count: rows.count,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rows.heightAt(index),
    getItemKey,
    overscan: OVERSCAN_ROWS,
    paddingStart: HEADER_HEIGHT,
    scrollPaddingStart: HEADER_HEIGHT,
  });
  const place = useRef<Place | null>(null);
  const shownList = useRef(listKey);
  const items = virtual.getVirtualItems();

  const rememberPlace = useCallback(() => {
    const top = scroller.current?.scrollTop ?? 0;
    const item = virtual.getVirtualItemForOffset(top + HEADER_HEIGHT);
    const isInside = item !== undefined && item.index < rows.count && top > 0;
    if (isInside) place.current = { key: facts(rows.at(item.index)).key, offset: item.start - top, scrollTop: top };
    else place.current = null;
  }, [rows, facts, scroller, virtual]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    if (shownList.current !== listKey) {
      shownList.current = listKey;
      element.scrollTop = 0;
    } else if (place.current?.scrollTop === element.scrollTop) {
      const start = virtual.measurementsCache[rows.indexOf(place.current.key)]?.start;
      if (start !== undefined) element.scrollTop = start - place.current.offset;
    }
    // A row that was unknown has a name of its own now.
    rememberPlace();
  }, [rows, listKey, scroller, virtual, rememberPlace]);

  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => onRange?.(first, last), [onRange, first, last, rows]);

  return { virtual, items, rememberPlace };
}
