/** Names, dates and times as the library's cells hold them. */
import { formatDate, formatTime } from '../../../src-shared/dicom/dates';
import { formatPersonName } from '../../../src-shared/dicom/personName';
import type { PersonName } from '../../../src-shared/dicom/records';

export function shownName(name: PersonName): string {
  return formatPersonName(name).primary;
}

/** The forms beside the main one: ideographic, phonetic. */
export function otherNames(name: PersonName): string {
  const { ideographic, phonetic } = formatPersonName(name);
  return [ideographic, phonetic].filter(Boolean).join(' · ');
}

export const shownDate = formatDate;

/** Hours and minutes; seconds tell nothing in a list. */
export function shownTime(time: string): string {
  return formatTime(time).replace(/^(\d{2}:\d{2}):\d{2}$/, '$1');
}

/** A moment by the clock of this machine, to the minute. */
export function shownMoment(ms: number): string {
  const at = new Date(ms);
  const pad = (value: number): string => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  return `${day} ${pad(at.getHours())}:${pad(at.getMinutes())}`;
}
