import { describe, expect, it } from 'vitest';
import { formatPersonName, parsePersonName } from './personName';

const readable = (text: string) => formatPersonName(parsePersonName(text));

describe('formatPersonName', () => {
  it.each([
    ['Adams^John Robert Quincy^^Rev.^B.A. M.Div.', 'Adams, John Robert Quincy (Rev. B.A. M.Div.)'],
    ['Morrison-Jones^Susan^^^Ph.D.', 'Morrison-Jones, Susan (Ph.D.)'],
    ['Doe^John^Peter', 'Doe, John Peter'],
    ['Doe', 'Doe'],
    ['^Anna', 'Anna'],
    ['ABC Farms^Running on Water', 'ABC Farms, Running on Water'],
    ['', ''],
    ['^^^^', ''],
  ])('reads %j as %j', (text, primary) => {
    expect(readable(text)).toEqual({ primary, ideographic: '', phonetic: '' });
  });

  it('keeps the ideographic and phonetic groups, family name first', () => {
    expect(readable('Yamada^Tarou=山田^太郎=やまだ^たろう')).toEqual({
      primary: 'Yamada, Tarou',
      ideographic: '山田 太郎',
      phonetic: 'やまだ たろう',
    });
  });

  it('leads with the ideographic form where there is no other, and says it once', () => {
    expect(readable('=山田^太郎=やまだ^たろう')).toEqual({
      primary: '山田 太郎',
      ideographic: '',
      phonetic: 'やまだ たろう',
    });
    expect(readable('==やまだ^たろう')).toEqual({ primary: 'やまだ たろう', ideographic: '', phonetic: '' });
  });
});
