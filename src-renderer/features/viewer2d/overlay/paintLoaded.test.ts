import { expect, it } from 'vitest';
import { runsOf } from './paintLoaded';

it('joins neighbours of one state', () => {
  expect(runsOf([2, 2, 0, 3, 2])).toEqual([
    { state: 2, from: 0, to: 2 },
    { state: 0, from: 2, to: 3 },
    { state: 3, from: 3, to: 4 },
    { state: 2, from: 4, to: 5 },
  ]);
});
