/** Names and dates as the library shows them. */
import type { PersonName } from '../../../src-shared/dicom/records';

export function shownName(name: PersonName): string {
  return name.alphabetic.replaceAll('^', ' ').trim();
}

/** The ideographic and phonetic forms, for the second line of a name. */
export function otherNames(name: PersonName): string {
  return [name.ideographic, name.phonetic]
    .map((form) => form.replaceAll('^', ' ').trim())
    .filter(Boolean)
    .join(' · ');
}

export function shownDate(date: string): string {
  return date.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
}

export function shownTime(time: string): string {
  return time.replace(/^(\d{2})(\d{2}).*$/, '$1:$2');
}
