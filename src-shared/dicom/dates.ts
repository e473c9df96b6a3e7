/** Dates, times and ages as people read them. What is not valid is shown as written, never completed. Source: PS3.5 6.2. */

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDay(year: number, month: number, day: number): boolean {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const last = month === 2 && !isLeap ? 28 : (DAYS[month - 1] ?? 0);
  return day >= 1 && day <= last;
}

/** `20260131` (or the old `2026.01.31`) as `2026-01-31`. */
export function formatDate(date: string): string {
  const [, year = '', month = '', day = ''] = /^(\d{4})(?:\.?)(\d{2})(?:\.?)(\d{2})$/.exec(date) ?? [];
  return isDay(Number(year), Number(month), Number(day)) ? `${year}-${month}-${day}` : date;
}

/** `101502.5` as `10:15:02`, `1015` as `10:15`. */
export function formatTime(time: string): string {
  const parts: readonly (string | undefined)[] | null =
    /^([01]\d|2[0-3])(?::?([0-5]\d)(?::?([0-5]\d|60)(?:\.\d{1,6})?)?)?$/.exec(time);
  if (!parts) return time;
  return parts
    .slice(1)
    .filter((part) => part !== undefined)
    .join(':');
}

const AGE_UNITS: Readonly<Record<string, string>> = { D: 'd', W: 'wk', M: 'mo', Y: 'y' };

/** `034Y` as `34 y`, `006M` as `6 mo`. */
export function formatAge(age: string): string {
  const [, count = '', unit = ''] = /^(\d{1,3})([DWMY])$/.exec(age) ?? [];
  return unit === '' ? age : `${Number(count)} ${AGE_UNITS[unit] ?? ''}`;
}
