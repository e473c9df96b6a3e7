import { describe, expect, it } from 'vitest';
import { gridTemplate, nextSort } from './columns';
import { howMoved, howPressed } from './gestures';
import { movedIndex } from './tableKeys';
import { windowed } from './windowedRows';

describe('movedIndex', () => {
  it.each([
    ['ArrowDown', 3, 4],
    ['ArrowUp', 3, 2],
    ['ArrowUp', 0, 0],
    ['ArrowDown', 9, 9],
    ['PageDown', 3, 8],
    ['PageDown', 8, 9],
    ['PageUp', 3, 0],
    ['Home', 3, 0],
    ['End', 3, 9],
    ['ArrowDown', -1, 0],
    ['ArrowUp', -1, 9],
    ['x', 3, null],
  ])('%s at %d of 10 rows, 5 a page', (key, index, expected) => {
    expect(movedIndex(key, { index, count: 10, page: 5 })).toBe(expected);
  });

  it('does not move in an empty table', () => {
    expect(movedIndex('ArrowDown', { index: -1, count: 0, page: 5 })).toBeNull();
  });
});

describe('gridTemplate', () => {
  const columns = [
    { id: 'name', width: 200, grow: 2 },
    { id: 'sex', width: 40 },
  ];

  it('lets growing columns share what is left', () => {
    expect(gridTemplate(columns, {})).toBe('minmax(200px, 2fr) 40px 0px');
  });

  it('keeps a width that a hand has set, and fills the rest with nothing', () => {
    expect(gridTemplate(columns, { name: 320 })).toBe('320px 40px minmax(0, 1fr)');
  });
});

describe('nextSort', () => {
  it('turns on the same column, starts ascending on another', () => {
    const sort = { columnId: 'name', direction: 'ascending' } as const;
    expect([nextSort(sort, 'name'), nextSort(nextSort(sort, 'name'), 'name'), nextSort(sort, 'sex')]).toEqual([
      { columnId: 'name', direction: 'descending' },
      sort,
      { columnId: 'sex', direction: 'ascending' },
    ]);
  });
});

describe('gestures', () => {
  const keys = { ctrlKey: false, metaKey: false, shiftKey: false };

  it.each([
    [{}, 'one', 'one'],
    [{ ctrlKey: true }, 'toggle', 'move'],
    [{ metaKey: true }, 'toggle', 'move'],
    [{ shiftKey: true }, 'range', 'range'],
    [{ shiftKey: true, ctrlKey: true }, 'range', 'range'],
  ])('%j: pressed %s, moved %s', (held, pressed, moved) => {
    expect([howPressed({ ...keys, ...held }), howMoved({ ...keys, ...held })]).toEqual([pressed, moved]);
  });
});

describe('windowed', () => {
  it('a list is a window in which every row is there', () => {
    const rows = windowed(['a', 'b'], (key) => ({ key, height: key === 'b' ? 48 : 28, level: 1 }));
    expect([rows.count, rows.at(1), rows.heightAt(1), rows.indexOf('b'), rows.indexOf('c')]).toEqual([
      2,
      'b',
      48,
      1,
      -1,
    ]);
  });
});
