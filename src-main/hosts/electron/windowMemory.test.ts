import { describe, expect, it } from 'vitest';
import { parseRemembered } from './windowMemory';

const bounds = { x: -1200, y: 0, width: 1000, height: 800 };

describe('remembered window', () => {
  it.each([
    [
      { bounds, isMaximized: true },
      { bounds, isMaximized: true },
    ],
    [
      { bounds: { ...bounds, x: 'left' }, isMaximized: false },
      { bounds: null, isMaximized: false },
    ],
    [{ bounds: { ...bounds, width: Number.NaN } }, { bounds: null, isMaximized: false }],
    [null, { bounds: null, isMaximized: false }],
    ['', { bounds: null, isMaximized: false }],
  ])('%j', (stored, expected) => {
    expect(parseRemembered(stored)).toEqual(expected);
  });
});
