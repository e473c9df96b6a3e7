/** The writing side of a library over a folder of its own, without anything above it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, type Database } from '../../src-main/store/database';
import type { FactKeeper } from '../../src-main/store/factKeeper';
import { nodeFileCalls, type FileCalls } from '../../src-main/store/fileCalls';
import { openWritingSide, type WritingSide } from '../../src-main/store/writing';

export interface TestLibrary extends WritingSide {
  readonly database: Database;
  /** Without an orderly end. */
  crash(): void;
  dispose(): void;
}

/** Counts only: texts to search belong to the reading side. */
function countingFacts({ handle }: Database): FactKeeper {
  const recompute = (studyIds: readonly number[]) => {
    const files = `FROM files JOIN instances ON instances.id = instance_id JOIN series ON series.id = series_id
      WHERE study_id = studies.id`;
    for (const id of studyIds) {
      handle
        .prepare(
          `UPDATE studies SET series_count = (SELECT count(*) FROM series WHERE study_id = studies.id),
             instance_count = (SELECT count(*) ${files}), missing_count = (SELECT count(*) ${files} AND is_missing = 1),
             size_bytes = (SELECT ifnull(sum(files.size_bytes), 0) ${files}),
             copied_bytes = (SELECT ifnull(sum(files.size_bytes), 0) ${files} AND object IS NOT NULL),
             aside_count = (SELECT count(*) FROM aside JOIN instances ON instances.id = aside.instance_id
               JOIN series ON series.id = series_id WHERE study_id = studies.id)
           WHERE id = ?`,
        )
        .run(id);
    }
  };
  return {
    grew: (instances) => recompute([...new Set(instances.map(({ studyId }) => studyId))]),
    recompute,
    removing: () => undefined,
  };
}

export function openTestLibrary(directory: string, calls: FileCalls = nodeFileCalls): TestLibrary {
  mkdirSync(directory, { recursive: true });
  const database = openDatabase(directory);
  try {
    return libraryOver(database, directory, calls);
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

function libraryOver(database: Database, directory: string, calls: FileCalls): TestLibrary {
  const putSource = database.handle.prepare(
    `INSERT INTO sources (kind, label, path, is_removable, added_at_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET label = label RETURNING id`,
  );
  putSource.get('folder', 'in', join(directory, 'in'), 0, 1);
  const side = openWritingSide({
    database,
    directory,
    calls,
    facts: countingFacts(database),
    isReadOnly: false,
    putSource: ({ kind, label, path, isRemovable, addedAtMs }) =>
      Number(putSource.get(kind, label, path, Number(isRemovable), addedAtMs)?.['id']),
    nowMs: () => 5000,
  });
  return {
    ...side,
    database,
    crash: () => database.close(),
    dispose: () => {
      side.close();
      database.close();
    },
  };
}
