import { describe, expect, it } from 'vitest';
import { parseBytePath } from './byteAddress';

describe('byte road addresses', () => {
  it.each([
    ['/bytes/instance/0', { kind: 'instance', id: 0 }],
    ['/bytes/thumbnail/42', { kind: 'thumbnail', id: 42 }],
    ['/bytes/instance/', null],
    ['/bytes/instance/-1', null],
    ['/bytes/instance/1.5', null],
    ['/bytes/instance/1/../2', null],
    ['/bytes/instance/%2e%2e', null],
    ['/bytes/instance/1234567890123456', null],
    ['/bytes/study/1', null],
    ['/x/bytes/instance/1', null],
  ])('%s', (pathname, expected) => {
    expect(parseBytePath(pathname)).toEqual(expected);
  });
});
