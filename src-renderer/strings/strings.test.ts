import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatDuration, formatWithUnit, t, tKey } from './index';

describe('t', () => {
  it('chooses the plural by count', () => {
    expect([1, 2000].map((count) => t('library.counts.studies', { count }))).toEqual(['1 study', '2,000 studies']);
  });

  it('puts values in as they are: text is never HTML', () => {
    expect(t('library.noResults.title', { filter: '<b>&' })).toBe('No study matches “<b>&”');
  });

  it('shows an unknown key as it is', () => {
    expect(tKey('nowhere.at.all')).toBe('nowhere.at.all');
  });
});

describe('formats', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1500, '1.5 kB'],
    [268_000_000, '268 MB'],
    [1.5e15, '1,500 TB'],
  ])('formatBytes(%d)', (bytes, shown) => {
    expect(formatBytes(bytes).replace('\u2009', ' ')).toBe(shown);
  });

  it.each([
    [-3, '0 s'],
    [59.4, '59 s'],
    [125, '2 min 05 s'],
    [4200, '1 h 10 min'],
  ])('formatDuration(%d)', (seconds, shown) => {
    expect(formatDuration(seconds).replaceAll('\u2009', ' ')).toBe(shown);
  });

  it('groups thousands and prints units after a thin space', () => {
    expect([formatCount(12345), formatWithUnit(12.34, 'mm')]).toEqual(['12,345', '12.3\u2009mm']);
  });
});
