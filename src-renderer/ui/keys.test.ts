import { describe, expect, it } from 'vitest';
import { keyCaps, keyText } from './keys';

describe('keyCaps', () => {
  it.each([
    ['w', ['W']],
    ['$mod+o', ['Ctrl', 'O']],
    ['$mod+Shift+p', ['Ctrl', 'Shift', 'P']],
    ['Shift+?', ['?']],
    ['PageDown', ['PgDn']],
    ['Digit1', ['1']],
    ['F2', ['F2']],
    ['/', ['/']],
    ['[Shift]+ArrowUp', ['↑']],
    ['Shift+Space', ['Shift', 'Space']],
  ])('%s', (pattern, caps) => {
    expect(keyCaps(pattern, false)).toEqual(caps);
  });

  it('joins without a plus on a Mac', () => {
    expect([keyText('$mod+Shift+p', true), keyText('$mod+Shift+p', false)]).toEqual(['⌘⇧P', 'Ctrl+Shift+P']);
  });
});
