/**
 * Builds the index anew from the files: the copies beside it, and the files that the old index knew, as far as it can be
 * read. It grows in a folder of its own and takes the old one's place at the end, so that an interruption costs nothing
 * but time. The old index stays as `index.damaged-<n>.sqlite`.
 */
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AppError } from '../../src-shared/base/appError';
import type { VerifyEvent, VerifyReport } from '../../src-shared/contract';
import { Adoption } from './adoption';
import { lockLibrary, openDatabase, type Database } from './database';
import { DoomedObjects } from './doomedObjects';
import { fileFailure, nodeFileCalls, type FileCalls } from './fileCalls';
import { FileRows } from './fileRows';
import { FAR_ID, GivenIds } from './givenIds';
import { StoreIntake } from './intake';
import { IntakeTree } from './intakeTree';
import { asideNames, readMarks } from './marks';
import { ObjectFiles } from './objects';
import { OldIndex } from './oldIndex';
import { compare, REBUILD_FOLDER } from './recovery';
import { forgetWish } from './rebuildWish';
import { Salvage } from './salvage';
import { SourceRows } from './sourceRows';
import { isDamaged } from './storeErrors';
import { StudyFacts } from './studyFacts';

export interface RebuildOptions {
  readonly signal: AbortSignal;
  nowMs(): number;
  readonly calls?: FileCalls;
}

const FILES_AT_ONCE = 64;
const PROGRESS_INTERVAL_MS = 100;

/** Progress, then the report. Nothing is changed when it was cancelled. @throws `store/locked`, `store/*` */
export async function* rebuildIndex(
  directory: string,
  options: RebuildOptions,
): AsyncGenerator<VerifyEvent, void, undefined> {
  const { calls = nodeFileCalls, signal } = options;
  const lock = lockLibrary(directory);
  const startedAtMs = options.nowMs();
  const folder = join(directory, REBUILD_FOLDER);
  try {
    finishRebuild(directory, calls);
    calls.removeTree(folder);
    const found = yield* build(directory, { ...options, calls });
    if (!signal.aborted) takePlace(directory, calls);
    const seconds = (options.nowMs() - startedAtMs) / 1000;
    yield { kind: 'report', report: { ...found, seconds, wasCancelled: signal.aborted } };
  } catch (thrown) {
    throw fileFailure(thrown);
  } finally {
    calls.removeTree(folder);
    lock.dispose();
  }
}

/** Whether opening failed because the index itself cannot be used. */
export function isIndexDamaged(error: AppError): boolean {
  return isDamaged(error.cause) || error.facts['isDamaged'] === true;
}

/** Ends a rebuild that was interrupted between its two last steps, if one was. @throws `store/*` */
export function finishInterruptedRebuild(directory: string, calls: FileCalls): void {
  if (!calls.facts(builtFile(directory)) || calls.facts(indexFile(directory))) return;
  const lock = lockLibrary(directory);
  try {
    finishRebuild(directory, calls);
  } finally {
    lock.dispose();
  }
}

/** Needs the lock. */
function finishRebuild(directory: string, calls: FileCalls): void {
  const built = builtFile(directory);
  if (calls.facts(built) && !calls.facts(indexFile(directory))) calls.rename(built, indexFile(directory));
}

type Found = Omit<VerifyReport, 'seconds' | 'wasCancelled'>;

async function* build(
  directory: string,
  options: RebuildOptions & { readonly calls: FileCalls },
): AsyncGenerator<VerifyEvent, Found, undefined> {
  const old = new OldIndex(indexFile(directory));
  const database = openDatabase(join(directory, REBUILD_FOLDER));
  try {
    const parts = partsOver(database, { directory, calls: options.calls, old });
    const found = {
      checked: 0,
      missing: 0,
      damaged: 0,
      restored: 0,
      adopted: 0,
      unreadable: 0,
      leftovers: 0,
      corrected: 0,
    };
    found.leftovers = parts.objects.emptyIncoming();
    const total = old.fileCount();
    let toldAtMs = -Infinity;
    for (const page of pagesOf(old.files())) {
      if (options.signal.aborted) break;
      found.missing += parts.salvage.take(page);
      found.checked += page.length;
      await nextTurn();
      if (options.nowMs() - toldAtMs < PROGRESS_INTERVAL_MS) continue;
      toldAtMs = options.nowMs();
      yield { kind: 'progress', progress: { checked: found.checked, total } };
    }
    yield* adoptOthers(parts, { found, options });
    parts.salvage.finish(readMarks(directory, options.calls));
    return found;
  } finally {
    database.close();
    old.close();
  }
}

type Parts = ReturnType<typeof partsOver>;

function partsOver(
  database: Database,
  { directory, calls, old }: { directory: string; calls: FileCalls; old: OldIndex },
) {
  const objects = new ObjectFiles(directory, calls);
  objects.prepare();
  const facts = new StudyFacts(database);
  const ids = new GivenIds(database);
  database.transaction(() => ids.startAbove(old.highestId() || FAR_ID));
  const doomed = new DoomedObjects(database, objects);
  const tree = new IntakeTree(database, ids);
  const intake = new StoreIntake({ database, objects, doomed, facts, ids, tree });
  const files = new FileRows({ database, objects, facts });
  const sources = new SourceRows(database);
  const lost = readMarks(directory, calls);
  const adoption = new Adoption({
    database,
    objects,
    intake,
    asideNames: asideNames(lost),
    putSource: (source) => sources.put(source),
  });
  const salvage = new Salvage({ database, objects, intake, files, facts, sources, old });
  return { database, objects, doomed, facts, adoption, salvage };
}

async function* adoptOthers(
  parts: Parts,
  { found, options }: { found: { checked: number; adopted: number; unreadable: number }; options: RebuildOptions },
): AsyncGenerator<VerifyEvent, void, undefined> {
  const orphans = parts.adoption.ordered(compare(parts, 'leave').orphans);
  const total = found.checked + orphans.length;
  for (let start = 0; start < orphans.length && !options.signal.aborted; start += FILES_AT_ONCE) {
    const batch = parts.adoption.adopt(orphans.slice(start, start + FILES_AT_ONCE), options.nowMs());
    found.adopted += batch.adopted;
    found.unreadable += batch.unreadable;
    found.checked += batch.adopted + batch.unreadable;
    await nextTurn();
    yield { kind: 'progress', progress: { checked: found.checked, total } };
  }
}

function* pagesOf<T>(all: Iterable<T>): Generator<T[]> {
  let page: T[] = [];
  for (const one of all) {
    page.push(one);
    if (page.length < FILES_AT_ONCE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** The write-ahead log goes with its database: left behind, it would be played into the new one. */
function takePlace(directory: string, calls: FileCalls): void {
  const built = builtFile(directory);
  calls.rename(join(directory, REBUILD_FOLDER, 'index.sqlite'), built);
  calls.flush(join(directory, REBUILD_FOLDER));
  const kept = freeName(directory, calls);
  for (const suffix of ['-wal', '']) {
    if (calls.facts(indexFile(directory) + suffix)) calls.rename(indexFile(directory) + suffix, kept + suffix);
  }
  calls.remove(`${indexFile(directory)}-shm`);
  calls.rename(built, indexFile(directory));
  forgetWish(directory, calls);
  // The next opening compares disk and index once more.
  calls.remove(join(directory, 'closed'));
  calls.flush(directory);
}

function freeName(directory: string, calls: FileCalls): string {
  for (let count = 1; ; count += 1) {
    const path = join(directory, `index.damaged-${String(count)}.sqlite`);
    if (!calls.facts(path)) return path;
  }
}

/** A whole new index that waits for its place. */
function builtFile(directory: string): string {
  return join(directory, REBUILD_FOLDER, 'complete.sqlite');
}

function indexFile(directory: string): string {
  return join(directory, 'index.sqlite');
}
