import { describe, expect, it } from 'vitest';
import { formatAge, formatDate, formatTime } from './dates';

describe('dates and times', () => {
  it.each([
    ['20260131', '2026-01-31'],
    ['2026.01.31', '2026-01-31'],
    ['20240229', '2024-02-29'],
    ['20230229', '20230229'],
    ['19000229', '19000229'],
    ['20261301', '20261301'],
    ['20260132', '20260132'],
    ['202601', '202601'],
    ['', ''],
  ])('writes the date %j as %j', (date, expected) => {
    expect(formatDate(date)).toBe(expected);
  });

  it.each([
    ['101502.500000', '10:15:02'],
    ['1015', '10:15'],
    ['10', '10'],
    ['10:15:02', '10:15:02'],
    ['235960', '23:59:60'],
    ['246000', '246000'],
    ['1060', '1060'],
    ['', ''],
  ])('writes the time %j as %j', (time, expected) => {
    expect(formatTime(time)).toBe(expected);
  });

  it.each([
    ['034Y', '34 y'],
    ['006M', '6 mo'],
    ['012W', '12 wk'],
    ['003D', '3 d'],
    ['34', '34'],
    ['', ''],
  ])('writes the age %j as %j', (age, expected) => {
    expect(formatAge(age)).toBe(expected);
  });
});
