/** Numbers as people read them: grouped, with a thin space before the unit. */

const THIN_SPACE = '\u2009';
const LOCALE = 'en';

const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });

/** `12,345`. */
export function formatCount(value: number): string {
  return whole.format(value);
}

/** `12.5 mm`: at most one digit after the point. */
export function formatWithUnit(value: number, unit: string): string {
  return `${tenth.format(value)}${THIN_SPACE}${unit}`;
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Decimal units: 1 kB is 1000 bytes. */
export function formatBytes(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), BYTE_UNITS.length - 1);
  const value = bytes / 1000 ** step;
  return `${value >= 100 ? whole.format(value) : tenth.format(value)}${THIN_SPACE}${BYTE_UNITS[step] ?? 'B'}`;
}

/** A duration for a person waiting: `8 s`, `2 min 05 s`, `1 h 10 min`. Negative counts as 0. */
export function formatDuration(seconds: number): string {
  const total = Math.max(0, Math.round(seconds));
  const pad = (value: number): string => String(value).padStart(2, '0');
  if (total < 60) return `${total}${THIN_SPACE}s`;
  if (total < 3600) return `${Math.floor(total / 60)}${THIN_SPACE}min ${pad(total % 60)}${THIN_SPACE}s`;
  return `${Math.floor(total / 3600)}${THIN_SPACE}h ${pad(Math.floor((total % 3600) / 60))}${THIN_SPACE}min`;
}
