import { describe, expect, it } from 'vitest';
import { treeAction, type TreeAction, type TreeRowFacts } from './treeKeys';

const rows: readonly TreeRowFacts[] = [
  { key: 'a', level: 1, isExpanded: true },
  { key: 'a1', level: 2, isExpanded: false },
  { key: 'a2', level: 2, isExpanded: true },
  { key: 'a2x', level: 3 },
  { key: 'b', level: 1, isExpanded: false },
];

const go = (index: number): TreeAction => ({ kind: 'go', index });
const expand = (isExpanded: boolean): TreeAction => ({ kind: 'expand', isExpanded });

describe('keys of a tree', () => {
  it.each<[string, number, TreeAction | null]>([
    ['ArrowDown', 0, go(1)],
    ['ArrowUp', 0, go(0)],
    ['ArrowDown', -1, go(0)],
    ['End', 0, go(4)],
    ['ArrowRight', 0, go(1)],
    ['ArrowRight', 1, expand(true)],
    ['ArrowRight', 3, null],
    ['ArrowLeft', 2, expand(false)],
    ['ArrowLeft', 3, go(2)],
    ['ArrowLeft', 1, go(0)],
    ['ArrowLeft', 4, null],
    [' ', 3, { kind: 'check' }],
    [' ', -1, null],
    ['Enter', 3, null],
  ])('%s on row %d', (key, index, action) => {
    expect(treeAction(key, { rows, index, page: 10 })).toEqual(action);
  });
});
