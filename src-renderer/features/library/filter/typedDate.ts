/** Dates as people type them. */
import { formatDate } from '../../../../src-shared/dicom/dates';

/** First and last day that a typed text names, each `YYYYMMDD`. */
export interface DaySpan {
  readonly from: string;
  readonly to: string;
}

/**
 * `2024-03-12`, `20240312`, `2024.03.12`, `12.03.2024`, `12/03/2024` (the day first, as in most of the world), a month
 * `2024-03` or a year `2024`. `null` when it is no date.
 */
export function parseTypedDate(text: string): DaySpan | null {
  const typed = text.trim();
  const year = /^\d{4}$/.exec(typed);
  if (year) return { from: `${typed}0101`, to: `${typed}1231` };
  const month = /^(\d{4})[-./]?(\d{2})$/.exec(typed);
  if (month) return monthSpan(month[1] ?? '', month[2] ?? '');
  const day = dayOf(typed);
  return day === null || !isDay(day) ? null : { from: day, to: day };
}

function dayOf(typed: string): string | null {
  const yearFirst = /^(\d{4})([-./]?)(\d{1,2})\2(\d{1,2})$/.exec(typed);
  if (yearFirst) return joined(yearFirst[1], yearFirst[3], yearFirst[4]);
  const dayFirst = /^(\d{1,2})([-./])(\d{1,2})\2(\d{4})$/.exec(typed);
  return dayFirst ? joined(dayFirst[4], dayFirst[3], dayFirst[1]) : null;
}

function joined(year = '', month = '', day = ''): string {
  return `${year}${month.padStart(2, '0')}${day.padStart(2, '0')}`;
}

function monthSpan(year: string, month: string): DaySpan | null {
  if (!isDay(`${year}${month}01`)) return null;
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return { from: `${year}${month}01`, to: `${year}${month}${last}` };
}

/** `formatDate` writes only days that exist with dashes. */
const isDay = (day: string): boolean => formatDate(day).includes('-');
