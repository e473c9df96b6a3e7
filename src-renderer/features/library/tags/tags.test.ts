import { expect, it } from 'vitest';
import { aStudyRow } from '../../../../tests/support/libraryRows';
import { tagsOf } from '../actions/editing';
import { tagHue } from './Tag';

it('says which tags all and which only some of the studies bear', () => {
  const rows = [aStudyRow({ studyId: 1, tags: ['teaching', 'recall'] }), aStudyRow({ studyId: 2, tags: ['teaching'] })];
  expect([...tagsOf(rows)]).toEqual([
    ['teaching', 'all'],
    ['recall', 'some'],
  ]);
});

it('gives a tag the same colour however it is written', () => {
  expect(tagHue('Teaching')).toBe(tagHue('teaching'));
});
