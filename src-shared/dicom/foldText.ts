/** Text as people search and sort it: the same whatever its case, accents or width. */

/** Letters that carry no separable mark, as people type them. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ð: 'd',
  ı: 'i',
};

/** Lower case, without accents, full-width forms as plain ones, name separators as spaces. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßøđłæœþðı]/g, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .replace(/[\^=,;\s]+/g, ' ')
    .trim();
}
