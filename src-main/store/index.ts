/**
 * The library on disk, in `dataDirectory`: one SQLite index of what is known, and the library's own copies beside it.
 * `docs/library-folder.md` says what each file is.
 */
import type { Disposable } from '../../src-shared/base/disposable';
import type { LibraryMode } from '../../src-shared/contract';
import { openDatabase, type Database } from './database';
import { FacetQueries } from './facets';
import { nodeFileCalls, type FileCalls } from './fileCalls';
import { ImportRows } from './importRows';
import { LibraryQueries } from './libraryQueries';
import { finishInterruptedRebuild } from './rebuild';
import { SavedSearches } from './savedSearches';
import { SourceRows } from './sourceRows';
import { storeError } from './storeErrors';
import { StudyEdits } from './studyEdits';
import { StudyFacts } from './studyFacts';
import { StudyLists } from './studyLists';
import { ThumbnailRows } from './thumbnailRows';
import { openWritingSide, type WritingSide } from './writing';

export type { EmptiedTrash, EndedSeries } from './trash';
export type { FileState, StoredFile } from './fileRows';
export type { LibraryCounts, SeriesHead, StoredInstance } from './libraryQueries';
export type { ListQuery } from './studyLists';
export type { ReadText, SourceText, TextFile } from './sourceText';
export type * from './types';

export interface Store extends Disposable, Omit<WritingSide, 'close'> {
  /** Absolute folder of the library. */
  readonly directory: string;
  readonly mode: LibraryMode;
  readonly library: LibraryQueries;
  readonly lists: StudyLists;
  readonly facets: FacetQueries;
  readonly edits: StudyEdits;
  readonly savedSearches: SavedSearches;
  readonly sources: SourceRows;
  readonly thumbnails: ThumbnailRows;
  readonly imports: ImportRows;
  /** Changes when another process writes. */
  dataVersion(): number;
}

export interface StoreOptions {
  /** What is done to the library's own files; a test lets some of it fail. */
  readonly calls?: FileCalls;
  nowMs?(): number;
}

/** @throws `store/locked`, `store/newer-version`, `store/disk-full`, `store/failed` */
export function openStore(directory: string, options: StoreOptions = {}): Store {
  finishInterruptedRebuild(directory, options.calls ?? nodeFileCalls);
  const database = openDatabase(directory);
  try {
    return storeOver(database, directory, options);
  } catch (thrown) {
    database.close();
    throw storeError(thrown);
  }
}

function storeOver(database: Database, directory: string, options: StoreOptions): Store {
  const { calls = nodeFileCalls } = options;
  const facts = new StudyFacts(database);
  const sources = new SourceRows(database);
  if (database.isConverted) database.transaction(() => facts.recomputeAll());
  const writing = openWritingSide({
    database,
    directory,
    calls,
    facts,
    isReadOnly: database.mode.mode === 'read-only',
    putSource: (source) => sources.put(source),
    nowMs: () => options.nowMs?.() ?? Date.now(),
  });
  return {
    ...writing,
    directory,
    mode: database.mode,
    library: new LibraryQueries(database),
    lists: new StudyLists(database),
    facets: new FacetQueries(database),
    edits: new StudyEdits(database, facts),
    savedSearches: new SavedSearches(database),
    sources,
    thumbnails: new ThumbnailRows(database),
    imports: new ImportRows(database),
    dataVersion: () => database.dataVersion(),
    dispose: () => {
      writing.close();
      database.close();
    },
  };
}
