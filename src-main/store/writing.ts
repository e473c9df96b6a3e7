/** Puts the writing side together, in the order in which a library is opened: files in order first, then whoever writes. */
import { Adoption } from './adoption';
import { AsideFiles } from './asideFiles';
import type { Database } from './database';
import { DoomedObjects } from './doomedObjects';
import { Eviction } from './eviction';
import type { FactKeeper } from './factKeeper';
import type { FileCalls } from './fileCalls';
import { FileRows } from './fileRows';
import { FAR_ID, GivenIds } from './givenIds';
import { StoreIntake } from './intake';
import { IntakeTree } from './intakeTree';
import { applyMarks, asideNames, MarksFile, readMarks, type MarkLine } from './marks';
import { ObjectFiles } from './objects';
import { leaveCleanEnd, recover, type RecoveryReport } from './recovery';
import { wishRebuild } from './rebuildWish';
import { RowCheck } from './rowCheck';
import { SourceText } from './sourceText';
import { Trash } from './trash';
import type { Intake, NewSource } from './types';
import { UsageQueries } from './usage';
import { Verification } from './verify';

export interface WritingSide {
  readonly intake: Intake;
  readonly files: FileRows;
  readonly trash: Trash;
  readonly aside: AsideFiles;
  readonly usage: UsageQueries;
  readonly text: SourceText;
  readonly eviction: Eviction;
  readonly verification: Verification;
  /** What was put right when the library was opened. */
  readonly recovery: RecoveryReport;
  /** Adds what people wrote about studies to the file beside the copies. @throws `store/*` */
  saveMarks(): void;
  /** An orderly end, after which the next opening need not look closely. The database is still open. */
  close(): void;
}

export interface WritingParts {
  readonly database: Database;
  readonly directory: string;
  readonly calls: FileCalls;
  readonly facts: FactKeeper;
  /** Nothing is put in order, watched or left behind: another process owns the folder, or it cannot be written. */
  readonly isReadOnly: boolean;
  putSource(source: NewSource): number;
  nowMs(): number;
}

/** @throws `store/*` */
export function openWritingSide(parts: WritingParts): WritingSide {
  const { database, directory, calls, facts, isReadOnly } = parts;
  const objects = new ObjectFiles(directory, calls);
  const doomed = new DoomedObjects(database, objects);
  const ids = new GivenIds(database);
  const tree = new IntakeTree(database, ids);
  const intake = new StoreIntake({ database, objects, doomed, facts, ids, tree });
  const lost = isReadOnly ? noMarks : lostMarks(database, { directory, calls });
  const isIndexLost = !isReadOnly && isEmpty(database) && objects.isAnyThere();
  if (isIndexLost) database.transaction(() => ids.startAbove(FAR_ID));
  const adoption = new Adoption({
    database,
    objects,
    intake,
    asideNames: asideNames(lost),
    putSource: (source) => parts.putSource(source),
  });
  const files = new FileRows({ database, objects, facts });
  const text = new SourceText({ database, objects, facts, tree });
  const aside = new AsideFiles({ database, doomed, facts });
  const usage = new UsageQueries(database);
  const marks = isReadOnly ? null : new MarksFile(database, { directory, calls });
  const putInOrder = { database, objects, doomed, facts, adoption };
  const recovery = isReadOnly ? nothingRecovered : recover(putInOrder, { atMs: parts.nowMs(), isIndexLost });
  const restoreMarks = () => {
    const found = lost.size === 0 ? [] : restore({ database, facts }, lost);
    if (lost.size > 0) marks?.rewrite();
    lost.clear();
    return found;
  };
  if (lost.size === 0 && !recovery.wasClean) marks?.rewrite();
  if (recovery.waiting === 0) restoreMarks();
  return {
    intake,
    files,
    usage,
    recovery,
    trash: new Trash({ database, doomed, facts, ids, onRemoved: () => tree.forget() }),
    aside,
    text,
    eviction: new Eviction({ database, objects, doomed, facts, usage }),
    verification: new Verification(
      {
        ...putInOrder,
        files,
        text,
        aside,
        restoreMarks,
        rows: new RowCheck({ database, facts, onDamaged: () => wishRebuild(directory, calls) }),
      },
      recovery,
    ),
    saveMarks: () => marks?.flush(),
    close: () => {
      if (isReadOnly) return;
      try {
        marks?.flush();
      } catch {
        // A full disk: what people wrote is in the index, and the next opening writes the file anew.
        return;
      }
      leaveCleanEnd(objects);
    },
  };
}

const noMarks = new Map<string, MarkLine>();

/** What the file beside the copies says when the index says nothing: it was lost, or the library is new. */
function lostMarks(database: Database, where: { directory: string; calls: FileCalls }): Map<string, MarkLine> {
  return isEmpty(database) ? readMarks(where.directory, where.calls) : new Map<string, MarkLine>();
}

function isEmpty({ handle }: Database): boolean {
  return handle.prepare('SELECT 1 FROM studies LIMIT 1').get() === undefined;
}

function restore(
  { database, facts }: Pick<WritingParts, 'database' | 'facts'>,
  marks: ReadonlyMap<string, MarkLine>,
): number[] {
  return database.transaction(() => {
    const found = applyMarks(database, marks);
    facts.recompute(found);
    return found;
  });
}

const nothingRecovered: RecoveryReport = {
  wasClean: true,
  leftovers: 0,
  adopted: 0,
  unreadable: 0,
  missing: 0,
  waiting: 0,
};
