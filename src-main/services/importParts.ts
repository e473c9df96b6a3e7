/** What an import is made of, handed in by whoever puts the services together, so that each part can be a test's own. */
import type { Settings, SurveySource } from '../../src-shared/contract';
import type { MediaDirectory } from '../../src-shared/dicom/mediaDirectory';
import type { ArchiveKind, FileSlice, Found, MediaEntry, OpenContext, Source } from '../media/source';
import type { MediaReconciler } from '../media/reconcile';
import type { Store } from '../store';
import type { ChangeFeed } from './changeFeed';
import type { DiskSpace } from './diskRoom';
import type { ScanPool } from './scanPool';

/** Where files come from. */
export interface MediaParts {
  describe(path: string): Promise<SurveySource>;
  openPaths(paths: readonly string[], context: OpenContext): AsyncGenerator<Found>;
  openArchive(kind: ArchiveKind, entry: ArchiveEntry, context: OpenContext): AsyncGenerator<Found>;
  createReconciler(): MediaReconciler;
}

/** An archive that was met among the files of another source. */
export type ArchiveEntry = MediaEntry;

export type ImportSettings = Pick<Settings, 'folderPlacement' | 'mediaPlacement' | 'asksBeforeCopying'>;

export interface ImportParts {
  readonly store: Pick<Store, 'intake' | 'imports' | 'sources'>;
  readonly pool: ScanPool;
  readonly changes: Pick<ChangeFeed, 'announce'>;
  readonly media: MediaParts;
  settings(): ImportSettings;
  nowMs(): number;
  /** By default what the system says. */
  diskSpace?(directory: string): Promise<DiskSpace>;
  /** Left out: 200 MB, or 2 % of a small disk. */
  readonly reserveBytes?: number | undefined;
  /** How often a paused import looks whether it can go on. Default 1000. */
  readonly pollMs?: number;
}

export type { Found, MediaDirectory, MediaEntry, OpenContext, FileSlice, Source };
