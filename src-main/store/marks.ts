/**
 * What people wrote about studies (tags, comments, read and pinned, the trash) and which copies are kept aside, in a file
 * beside the copies: `marks.jsonl`, one line for each change, the last one for a study holds. Copies say everything else
 * about themselves, so with this file the index can be lost and built anew. Triggers of this connection note what changes,
 * whoever changes it; lines are added from time to time, and the file is written anew when most of it is outdated.
 */
import { join } from 'node:path';
import type { StatementSync } from 'node:sqlite';
import type { Database } from './database';
import type { FileCalls } from './fileCalls';

export interface StudyMarks {
  readonly isUnread: boolean;
  readonly isPinned: boolean;
  readonly comment: string;
  readonly tags: readonly string[];
  readonly trashedAtMs: number | null;
}

/** Lines of studies that were removed have no marks; those of copies that are no longer kept aside say so. */
export type MarkLine =
  | { readonly patientKey: string; readonly studyUid: string; readonly marks: StudyMarks | null }
  | { readonly aside: string; readonly isAside: boolean };

const LINES_PER_WRITE = 10_000;
const HEAD = JSON.stringify({ about: 'What people wrote about studies; the last line for a study holds.' });

export function marksFile(directory: string): string {
  return join(directory, 'marks.jsonl');
}

export class MarksFile {
  readonly #handle: Database['handle'];
  readonly #calls: FileCalls;
  readonly #path: string;
  readonly #statements: Record<
    'changedStudies' | 'changedAside' | 'study' | 'isAside' | 'all' | 'allAside',
    StatementSync
  >;

  constructor(database: Database, { directory, calls }: { directory: string; calls: FileCalls }) {
    this.#handle = database.handle;
    this.#calls = calls;
    this.#path = marksFile(directory);
    this.#handle.exec(WATCH);
    this.#statements = {
      changedStudies: this.#handle.prepare('SELECT patient_key, uid FROM temp.changed_marks'),
      changedAside: this.#handle.prepare('SELECT object FROM temp.changed_aside'),
      study: this.#handle.prepare(`SELECT ${COLUMNS} FROM studies JOIN patients ON patients.id = patient_id
        WHERE patients.key = ? AND uid = ?`),
      isAside: this.#handle.prepare('SELECT 1 FROM aside WHERE object = ?'),
      all: this.#handle.prepare(`SELECT ${COLUMNS} FROM studies JOIN patients ON patients.id = patient_id
        WHERE is_unread = 0 OR is_pinned = 1 OR comment <> '' OR tags <> '[]' OR trashed_at_ms IS NOT NULL`),
      allAside: this.#handle.prepare('SELECT DISTINCT object FROM aside WHERE object IS NOT NULL'),
    };
  }

  /** Adds what changed since the last time. @throws what the system throws: the lines are added next time */
  flush(): void {
    const lines = [
      ...this.#statements.changedStudies
        .all()
        .map((row) => this.#lineOf(String(row['patient_key']), String(row['uid']))),
      ...this.#statements.changedAside.all().map((row) => this.#asideLine(String(row['object']))),
    ];
    if (lines.length === 0) return;
    const head = this.#calls.facts(this.#path) ? '' : HEAD;
    this.#calls.write(this.#path, head + textOf(lines), 'end');
    this.#handle.exec('DELETE FROM temp.changed_marks; DELETE FROM temp.changed_aside;');
  }

  /** Writes the file anew, from the index alone. @throws what the system throws: the old file stays */
  rewrite(): void {
    const part = `${this.#path}.part`;
    this.#calls.write(part, HEAD, 'new');
    let lines: MarkLine[] = this.#statements.allAside
      .all()
      .map((row) => ({ aside: String(row['object']), isAside: true }));
    for (const row of this.#statements.all.iterate()) {
      lines.push(markLineOf(row));
      if (lines.length < LINES_PER_WRITE) continue;
      this.#calls.write(part, textOf(lines), 'end');
      lines = [];
    }
    this.#calls.write(part, textOf(lines), 'end');
    this.#calls.rename(part, this.#path);
    this.#handle.exec('DELETE FROM temp.changed_marks; DELETE FROM temp.changed_aside;');
  }

  #lineOf(patientKey: string, studyUid: string): MarkLine {
    const row = this.#statements.study.get(patientKey, studyUid);
    return row ? markLineOf(row) : { patientKey, studyUid, marks: null };
  }

  #asideLine(object: string): MarkLine {
    return { aside: object, isAside: this.#statements.isAside.get(object) !== undefined };
  }
}

/** The last line for each study and copy; a line that a crash cut off is passed over. */
export function readMarks(directory: string, calls: FileCalls): Map<string, MarkLine> {
  const marks = new Map<string, MarkLine>();
  const facts = calls.facts(marksFile(directory));
  if (!facts) return marks;
  const bytes = new Uint8Array(facts.sizeBytes);
  calls.read(marksFile(directory), bytes, 0);
  for (const text of new TextDecoder().decode(bytes).split('\n')) {
    const line = parsed(text);
    if (line) marks.set('aside' in line ? line.aside : markKey(line.patientKey, line.studyUid), line);
  }
  return marks;
}

/** Copies that were kept aside: whoever builds the index anew takes the others first. */
export function asideNames(marks: ReadonlyMap<string, MarkLine>): ReadonlySet<string> {
  return new Set([...marks.values()].flatMap((line) => ('aside' in line && line.isAside ? [line.aside] : [])));
}

/** Gives studies of an index that was built anew what was written about them; gives those it found. */
export function applyMarks({ handle }: Database, marks: ReadonlyMap<string, MarkLine>): number[] {
  const find = handle.prepare(
    'SELECT studies.id FROM studies JOIN patients ON patients.id = patient_id WHERE patients.key = ? AND uid = ?',
  );
  const put = handle.prepare(
    'UPDATE studies SET is_unread = ?, is_pinned = ?, comment = ?, tags = ?, trashed_at_ms = ? WHERE id = ?',
  );
  const dropTags = handle.prepare('DELETE FROM study_tags WHERE study_id = ?');
  const addTag = handle.prepare('INSERT OR IGNORE INTO study_tags (study_id, tag) VALUES (?, ?)');
  const found: number[] = [];
  for (const line of marks.values()) {
    if (!('marks' in line) || line.marks === null) continue;
    const id = find.get(line.patientKey, line.studyUid)?.['id'];
    if (id === undefined) continue;
    const { isUnread, isPinned, comment, tags, trashedAtMs } = line.marks;
    put.run(Number(isUnread), Number(isPinned), comment, JSON.stringify(tags), trashedAtMs, id);
    dropTags.run(id);
    for (const tag of tags) addTag.run(id, tag);
    found.push(Number(id));
  }
  return found;
}

function markKey(patientKey: string, studyUid: string): string {
  return JSON.stringify([patientKey, studyUid]);
}

function parsed(text: string): MarkLine | null {
  try {
    const line: unknown = text === '' ? null : JSON.parse(text);
    return typeof line === 'object' && line !== null && ('aside' in line || 'studyUid' in line)
      ? (line as MarkLine)
      : null;
  } catch {
    return null;
  }
}

/** Each line starts with its line break, so that one that a full disk cut off does not spoil the next. */
function textOf(lines: readonly MarkLine[]): string {
  return lines.map((line) => `\n${JSON.stringify(line)}`).join('');
}

function tagsOf(json: string): string[] {
  try {
    return JSON.parse(json) as string[];
  } catch {
    // A damaged index: everything else about the study is worth more.
    return [];
  }
}

/** From a row with `patient_key` and the columns of a study. */
export function markLineOf(row: Record<string, unknown>): MarkLine {
  return {
    patientKey: String(row['patient_key']),
    studyUid: String(row['uid']),
    marks: {
      isUnread: row['is_unread'] === 1,
      isPinned: row['is_pinned'] === 1,
      comment: String(row['comment']),
      tags: tagsOf(String(row['tags'])),
      trashedAtMs: row['trashed_at_ms'] === null ? null : Number(row['trashed_at_ms']),
    },
  };
}

const COLUMNS = 'patients.key AS patient_key, uid, is_unread, is_pinned, comment, tags, trashed_at_ms';

/** Temporary triggers live and die with this connection; they are no part of the schema. */
const WATCH = `
  CREATE TEMP TABLE IF NOT EXISTS changed_marks (patient_key TEXT, uid TEXT, PRIMARY KEY (patient_key, uid)) WITHOUT ROWID;
  CREATE TEMP TABLE IF NOT EXISTS changed_aside (object TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TEMP TRIGGER IF NOT EXISTS study_marked
    AFTER UPDATE OF patient_id, is_unread, is_pinned, comment, tags, trashed_at_ms ON main.studies
  WHEN (old.patient_id, old.is_unread, old.is_pinned, old.comment, old.tags, old.trashed_at_ms)
    IS NOT (new.patient_id, new.is_unread, new.is_pinned, new.comment, new.tags, new.trashed_at_ms)
  BEGIN
    INSERT OR IGNORE INTO changed_marks SELECT key, new.uid FROM patients WHERE id = new.patient_id;
  END;
  CREATE TEMP TRIGGER IF NOT EXISTS study_removed BEFORE DELETE ON main.studies BEGIN
    INSERT OR IGNORE INTO changed_marks SELECT key, old.uid FROM patients WHERE id = old.patient_id;
  END;
  CREATE TEMP TRIGGER IF NOT EXISTS aside_added AFTER INSERT ON main.aside WHEN new.object IS NOT NULL BEGIN
    INSERT OR IGNORE INTO changed_aside VALUES (new.object);
  END;
  CREATE TEMP TRIGGER IF NOT EXISTS aside_removed AFTER DELETE ON main.aside WHEN old.object IS NOT NULL BEGIN
    INSERT OR IGNORE INTO changed_aside VALUES (old.object);
  END;
  CREATE TEMP TRIGGER IF NOT EXISTS aside_swapped AFTER UPDATE OF object ON main.aside BEGIN
    INSERT OR IGNORE INTO changed_aside SELECT old.object WHERE old.object IS NOT NULL;
    INSERT OR IGNORE INTO changed_aside SELECT new.object WHERE new.object IS NOT NULL;
  END;
`;
