/** The library's filter: every word typed has to occur somewhere in the row, whatever its case or accents. */
import type { StudyRow } from '../../../src-shared/contract';
import { shownDate, shownName } from './present';

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

const folded = new WeakMap<StudyRow, string>();

function searchTextOf(row: StudyRow): string {
  const known = folded.get(row);
  if (known !== undefined) return known;
  const { patient, study } = row;
  const text = foldText(
    [
      patient.name.alphabetic,
      patient.name.ideographic,
      patient.name.phonetic,
      shownName(patient.name),
      patient.patientId,
      patient.birthDate,
      shownDate(patient.birthDate),
      study.date,
      shownDate(study.date),
      study.description,
      study.studyId,
      study.accessionNumber,
      study.institution,
      study.referringPhysician.alphabetic,
      row.modalities.join(' '),
      row.source,
    ].join(' '),
  );
  folded.set(row, text);
  return text;
}

export function filterStudies(studies: readonly StudyRow[], filter: string): readonly StudyRow[] {
  const words = foldText(filter).split(' ').filter(Boolean);
  if (words.length === 0) return studies;
  return studies.filter((row) => {
    const text = searchTextOf(row);
    return words.every((word) => text.includes(word));
  });
}
