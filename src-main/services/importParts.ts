/** What an import is made of, handed in by whoever puts the services together, so that each part can be a test's own. */
import type { ImportLine, ImportReport, LineOutcome, Settings, SurveySource } from '../../src-shared/contract';
import type { ArchiveKind, Found, MediaEntry, OpenContext } from '../media/source';
import type { Intake, NewSource } from '../store';
import type { ChangeFeed } from './changeFeed';
import type { DiskSpace } from './diskRoom';
import type { Reconciler } from './mediaFindings';
import type { ScanPool } from './scanPool';

/** Where files come from. */
export interface MediaParts {
  describe(path: string): Promise<SurveySource>;
  openPaths(paths: readonly string[], context: OpenContext): AsyncGenerator<Found>;
  /** An archive that was met among the files of another source. */
  openArchive(kind: ArchiveKind, entry: MediaEntry, context: OpenContext): AsyncGenerator<Found>;
  createReconciler(): Reconciler;
}

export type ImportSettings = Pick<Settings, 'folderPlacement' | 'mediaPlacement' | 'asksBeforeCopying'>;

export interface ImportParts {
  readonly store: ImportStore;
  readonly pool: ScanPool;
  readonly changes: Pick<ChangeFeed, 'announce'>;
  readonly media: MediaParts;
  settings(): ImportSettings;
  nowMs(): number;
  /** By default what the system says. */
  readonly diskSpace?: (directory: string) => Promise<DiskSpace>;
  /** Left out: 200 MB, or 2 % of a small disk. */
  readonly reserveBytes?: number | undefined;
  /** How often a paused import looks whether it can go on. Default 1000. */
  readonly pollMs?: number;
}

/** The library, as far as imports need it. */
export interface ImportStore {
  readonly intake: Intake;
  readonly imports: {
    begin(startedAtMs: number, paths: readonly string[]): number;
    addLines(importId: number, lines: readonly ImportLine[]): void;
    finish(report: ImportReport): void;
    /** Newest first. */
    reports(): readonly ImportReport[];
    /** `null`: of all outcomes. */
    lines(
      importId: number,
      outcomes: readonly LineOutcome[] | null,
      page: { readonly offset: number; readonly limit: number },
    ): { readonly total: number; readonly lines: readonly ImportLine[] };
  };
  readonly sources: {
    /** Finds or adds. */
    put(source: NewSource): number;
    /** What a reader chose for what lies there, if anybody did. */
    characterSetAt(path: string): string | null;
    /** @throws `service/unknown-id` */
    setCharacterSet(sourceId: number, characterSet: string | null): void;
  };
}
