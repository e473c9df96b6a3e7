/** A study filter as the index asks it: conditions that all hold, with their parameters in order. */
import type { DatePreset, StudyFilter } from '../../src-shared/contract';
import { foldText } from '../../src-shared/dicom/foldText';
import { searchWords } from './studyText';

export type SqlValue = string | number;

export interface Conditions {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** The index of texts knows words from this length on. */
const TRIGRAM = 3;

class Builder {
  readonly #parts: string[] = [];
  readonly #values: SqlValue[] = [];
  readonly #long: string[] = [];

  add(sql: string, ...values: readonly SqlValue[]): void {
    this.#parts.push(sql);
    this.#values.push(...values);
  }

  /** The column's text is part of the searched text too, whose index narrows where to look. */
  contains(column: string, text: string | undefined): void {
    const words = foldText(text ?? '').split(' ');
    for (const word of words) if (word !== '') this.add(`instr(${column}, ?) > 0`, word);
    this.#long.push(...words.filter(isLong));
  }

  /** One of the values is a member of the column's JSON array. */
  hasOne(column: string, values: readonly string[] | undefined): void {
    if (!values) return;
    const members = values.map((value) => JSON.stringify(value));
    this.add(`(${members.map(() => `instr(${column}, ?) > 0`).join(' OR ') || '0'})`, ...members);
  }

  /** Texts that contain all of the words somewhere. */
  words(words: readonly string[]): void {
    this.#long.push(...words.filter(isLong));
    for (const word of words) if (!isLong(word)) this.add('instr(search_text, ?) > 0', word);
  }

  build(): Conditions {
    if (this.#long.length > 0) {
      const phrase = this.#long.map((word) => `"${word.replaceAll('"', '""')}"`).join(' AND ');
      this.add('studies.id IN (SELECT rowid FROM study_text WHERE study_text MATCH ?)', phrase);
    }
    return { sql: this.#parts.join(' AND '), values: this.#values };
  }
}

/** In code points, as the index of texts counts. */
function isLong(word: string): boolean {
  return Array.from(word).length >= TRIGRAM;
}

export function conditionsOf(filter: StudyFilter): Conditions {
  const all = new Builder();
  all.add(filter.isInTrash ? 'trashed_at_ms IS NOT NULL' : 'trashed_at_ms IS NULL');
  addPlace(all, filter);
  all.words(searchWords(filter.text ?? ''));
  all.contains('name_text', filter.patientName);
  all.contains('patient_code', filter.patientId);
  all.contains('accession', filter.accessionNumber);
  all.contains('description', filter.description);
  all.hasOne('modalities', filter.modalities);
  all.hasOne('body_parts', filter.bodyParts);
  all.hasOne('tags', filter.tags);
  return all.build();
}

function addPlace(all: Builder, filter: StudyFilter): void {
  const { patientKey, studyDateFrom, studyDateTo, sourceIds, isUnread, isPinned, problem } = filter;
  if (patientKey !== undefined) all.add('studies.patient_id = (SELECT id FROM patients WHERE key = ?)', patientKey);
  if (studyDateFrom !== undefined) all.add('study_date >= ?', studyDateFrom);
  // An unknown date is in no range.
  if (studyDateTo !== undefined) all.add("study_date <= ? AND study_date <> ''", studyDateTo);
  if (sourceIds) all.add(`source_id IN (${sourceIds.map(() => '?').join(', ')})`, ...sourceIds);
  if (isUnread !== undefined) all.add('is_unread = ?', Number(isUnread));
  if (isPinned !== undefined) all.add('is_pinned = ?', Number(isPinned));
  if (problem === 'missing') all.add('missing_count > 0');
  if (problem === 'aside') all.add('aside_count > 0');
}

const DAYS_BACK: Readonly<Record<DatePreset, readonly [from: number, to: number]>> = {
  today: [0, 0],
  yesterday: [1, 1],
  'last-7-days': [6, 0],
  'last-31-days': [30, 0],
  'last-365-days': [364, 0],
};

/** A preset narrows what is given: the later begin and the earlier end hold. Days are those of this machine's time zone. */
export function withDatePreset(filter: StudyFilter, preset: DatePreset | undefined, nowMs: number): StudyFilter {
  if (preset === undefined) return filter;
  const [first, last] = DAYS_BACK[preset];
  const from = localDay(nowMs, first);
  const to = localDay(nowMs, last);
  const { studyDateFrom = from, studyDateTo = to } = filter;
  return {
    ...filter,
    studyDateFrom: studyDateFrom > from ? studyDateFrom : from,
    studyDateTo: studyDateTo < to ? studyDateTo : to,
  };
}

function localDay(nowMs: number, daysBack: number): string {
  const day = new Date(nowMs);
  day.setDate(day.getDate() - daysBack);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(day.getFullYear()).padStart(4, '0')}${two(day.getMonth() + 1)}${two(day.getDate())}`;
}
