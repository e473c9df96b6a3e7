/** What people do with studies: read, pin, comment, tag, open, throw away and bring back. Unknown ids are passed over. */
import type { StatementSync } from 'node:sqlite';
import type { StudyChange } from '../../src-shared/contract';
import type { Database } from './database';
import type { FactKeeper } from './factKeeper';

export class StudyEdits {
  readonly #database: Database;
  readonly #facts: FactKeeper;
  readonly #statements: Record<StatementName, StatementSync>;

  constructor(database: Database, facts: FactKeeper) {
    this.#database = database;
    this.#facts = facts;
    const { handle } = database;
    this.#statements = {
      exists: handle.prepare('SELECT 1 FROM studies WHERE id = ?'),
      unread: handle.prepare('UPDATE studies SET is_unread = ? WHERE id = ?'),
      pinned: handle.prepare('UPDATE studies SET is_pinned = ? WHERE id = ?'),
      comment: handle.prepare('UPDATE studies SET comment = ? WHERE id = ?'),
      addTag: handle.prepare('INSERT OR IGNORE INTO study_tags (study_id, tag) VALUES (?, ?)'),
      removeTag: handle.prepare('DELETE FROM study_tags WHERE study_id = ? AND tag = ?'),
      opened: handle.prepare(
        `UPDATE studies SET is_unread = 0, last_opened_at_ms = ?,
                use_order = (SELECT ifnull(max(use_order), 0) + 1 FROM studies) WHERE id = ?`,
      ),
      trash: handle.prepare('UPDATE studies SET trashed_at_ms = ? WHERE id = ? AND trashed_at_ms IS NULL'),
      restore: handle.prepare('UPDATE studies SET trashed_at_ms = NULL WHERE id = ?'),
    };
  }

  /** @throws `store/*`, then nothing was changed */
  apply(studyIds: readonly number[], change: StudyChange): void {
    this.#database.transaction(() => {
      const known = studyIds.filter((studyId) => this.#statements.exists.get(studyId) !== undefined);
      for (const studyId of known) this.#applyTo(studyId, change);
      const isTextual = change.comment !== undefined || change.addTags || change.removeTags;
      if (isTextual) this.#facts.recompute(known);
    });
  }

  /** The study was looked at: it is read, and the most recently used one. */
  opened(studyId: number, atMs: number): void {
    this.#database.transaction(() => this.#statements.opened.run(atMs, studyId));
  }

  trash(studyIds: readonly number[], atMs: number): void {
    this.#database.transaction(() => {
      for (const studyId of studyIds) this.#statements.trash.run(atMs, studyId);
    });
  }

  restore(studyIds: readonly number[]): void {
    this.#database.transaction(() => {
      for (const studyId of studyIds) this.#statements.restore.run(studyId);
    });
  }

  #applyTo(studyId: number, { isUnread, isPinned, comment, addTags = [], removeTags = [] }: StudyChange): void {
    if (isUnread !== undefined) this.#statements.unread.run(Number(isUnread), studyId);
    if (isPinned !== undefined) this.#statements.pinned.run(Number(isPinned), studyId);
    if (comment !== undefined) this.#statements.comment.run(comment, studyId);
    for (const tag of removeTags) this.#statements.removeTag.run(studyId, tag);
    for (const tag of addTags) this.#statements.addTag.run(studyId, tag);
  }
}

type StatementName =
  'exists' | 'unread' | 'pinned' | 'comment' | 'addTag' | 'removeTag' | 'opened' | 'trash' | 'restore';
