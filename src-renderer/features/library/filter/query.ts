/** From what the person asks of the library to the question that is sent: what is empty asks nothing. */
import type { DatePreset, StudyFilter, StudySort } from '../../../../src-shared/contract';
import type { AnswerQuery } from '../answer/source';

export interface LibraryFilter {
  readonly filter: StudyFilter;
  /** Kept as a preset in saved searches; `null` for none or for typed dates. */
  readonly datePreset: DatePreset | null;
}

export const NO_FILTER: LibraryFilter = { filter: {}, datePreset: null };

/** Longest text that the service takes. */
const MOST_CHARACTERS = 256;

export function queryOf({ filter, datePreset }: LibraryFilter, sort: StudySort): AnswerQuery {
  return { filter: askingFilter(filter), ...(datePreset !== null && { datePreset }), sort };
}

/** Only the conditions that ask something: no empty word, list or false flag. */
export function askingFilter(filter: StudyFilter): StudyFilter {
  const entries = Object.entries(filter).map(([key, value]): [string, unknown] => [
    key,
    typeof value === 'string' ? value.trim().slice(0, MOST_CHARACTERS) : value,
  ]);
  return Object.fromEntries(entries.filter(([, value]) => asks(value)));
}

function asks(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== '' && value !== false;
}

/** Whether anything is asked for; looking into the trash is a place, not a condition. */
export function isFiltering({ filter, datePreset }: LibraryFilter): boolean {
  const { isInTrash: _place, ...conditions } = askingFilter(filter);
  return datePreset !== null || Object.keys(conditions).length > 0;
}
