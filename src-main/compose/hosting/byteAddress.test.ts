import { describe, expect, it } from 'vitest';
import { byteHeaders, parseBytePath } from './byteAddress';

describe('byte road addresses', () => {
  it.each([
    ['/bytes/instance/0', { kind: 'instance', id: 0 }],
    ['/bytes/thumbnail/42', { kind: 'thumbnail', id: 42 }],
    ['/bytes/report/7', { kind: 'report', id: 7 }],
    ['/bytes/report/7.csv', null],
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

it('gives a report as a file to keep, and nothing to a cache', () => {
  expect(byteHeaders('report', 7)).toEqual({
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': 'attachment; filename="import-report-7.csv"',
    'Cache-Control': 'no-store',
  });
});
