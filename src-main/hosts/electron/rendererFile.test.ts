import { sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rendererFile } from './rendererFile';

const DIRECTORY = '/app/out/renderer';

describe('files of the page by address', () => {
  it.each([
    ['/', '/app/out/renderer/index.html'],
    ['/assets/index-1.js', '/app/out/renderer/assets/index-1.js'],
    ['/a%20b.png', '/app/out/renderer/a b.png'],
    ['/../../package.json', null],
    ['/%2e%2e/%2e%2e/package.json', null],
    ['/..%2f..%2fpackage.json', null],
    ['/assets/../../main/main.js', null],
    ['/../renderer-other/x', null],
    ['/..%5c..%5cpackage.json', null],
    ['/x%00.png', null],
    ['/%', null],
  ])('%s', (pathname, expected) => {
    expect(rendererFile(DIRECTORY, pathname)).toBe(expected);
  });

  it('never leaves the folder, whatever the address', () => {
    const piece = fc.constantFrom('..', '.', '%2e%2e', '%2E.', 'a', '/', '%2f', '%5c', '%252e', '//', '\0');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const path = rendererFile(DIRECTORY, `/${pieces.join('')}`);
        return path === null || path.startsWith(DIRECTORY + sep);
      }),
    );
  });
});
