import { describe, expect, it } from 'vitest';
import { parseDropPath } from './droppedFiles';

const ID = '0123456789abcdef0123456789abcdef';

describe('addresses of dropped files', () => {
  it.each([
    [`/dropped/${ID}/0`, { dropId: ID, index: 0 }],
    [`/dropped/${ID}/1234567`, { dropId: ID, index: 1_234_567 }],
    [`/dropped/${ID}/`, null],
    [`/dropped/${ID}/../x`, null],
    [`/dropped/${ID.toUpperCase()}/1`, null],
    ['/dropped/../1', null],
  ])('%s', (pathname, expected) => {
    expect(parseDropPath(pathname)).toEqual(expected);
  });
});
