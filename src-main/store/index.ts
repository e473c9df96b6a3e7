/** The library on disk: one SQLite index of what is known, in `dataDirectory`. Instance files stay where they are. */
import type { Disposable } from '../../src-shared/base/disposable';
import { Catalogue } from './catalogue';
import { openDatabase } from './database';
import { FileRows } from './fileRows';
import { ImportRows } from './importRows';
import { LibraryQueries } from './libraryQueries';
import { ThumbnailRows } from './thumbnailRows';

export type { FileState, StoredFile } from './fileRows';
export type { LibraryCounts, SeriesHead, StoredInstance } from './libraryQueries';

export interface Store extends Disposable {
  readonly catalogue: Catalogue;
  readonly library: LibraryQueries;
  readonly files: FileRows;
  readonly thumbnails: ThumbnailRows;
  readonly imports: ImportRows;
}

/** @throws `store/locked`, `store/newer-version`, `store/disk-full`, `store/failed` */
export function openStore(directory: string): Store {
  const database = openDatabase(directory);
  return {
    catalogue: new Catalogue(database),
    library: new LibraryQueries(database),
    files: new FileRows(database),
    thumbnails: new ThumbnailRows(database),
    imports: new ImportRows(database),
    dispose: () => database.close(),
  };
}
