import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRange } from './sendFile';

describe('byte ranges', () => {
  it.each([
    [undefined, 100, 'all'],
    ['bytes=0-9', 100, { first: 0, last: 9 }],
    ['bytes=90-', 100, { first: 90, last: 99 }],
    ['bytes=90-1000', 100, { first: 90, last: 99 }],
    ['bytes=-10', 100, { first: 90, last: 99 }],
    ['bytes=-1000', 100, { first: 0, last: 99 }],
    ['bytes=100-', 100, 'unsatisfiable'],
    ['bytes=-0', 100, 'unsatisfiable'],
    ['bytes=0-0', 0, 'unsatisfiable'],
    ['bytes=9-0', 100, 'all'],
    ['bytes=0-1,5-6', 100, 'all'],
    ['bytes=-', 100, 'all'],
    ['pages=0-9', 100, 'all'],
  ])('%s of %d', (header, sizeBytes, expected) => {
    expect(parseRange(header, sizeBytes)).toEqual(expected);
  });

  it('never names a byte outside the file', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(), fc.nat(1000), (noise, from, to, sizeBytes) => {
        for (const header of [noise, `bytes=${from}-${to}`, `bytes=-${to}`, `bytes=${from}-`]) {
          const range = parseRange(header, sizeBytes);
          if (typeof range !== 'string') {
            expect(range.first).toBeLessThanOrEqual(range.last);
            expect(range.last).toBeLessThan(sizeBytes);
          }
        }
      }),
    );
  });
});
