/** Reads the headers of a source again with another character set, and corrects the library. */
import type { ReadText, SourceText, TextFile } from '../store';
import type { ScanResult } from '../workers/scanTask';
import type { ChangeFeed } from './changeFeed';
import type { ScanPool } from './scanPool';

export interface RereadParts {
  readonly text: Pick<SourceText, 'pages' | 'rewrite'>;
  readonly sources: {
    /** @throws `service/unknown-id` */
    setCharacterSet(sourceId: number, characterSet: string | null): void;
  };
  readonly pool: Pick<ScanPool, 'run'>;
  readonly changes: Pick<ChangeFeed, 'announce'>;
}

export interface RereadRequest {
  readonly sourceId: number;
  /** `null`: the files' own. */
  readonly characterSet: string | null;
}

export interface RereadResult {
  /** Studies whose text is another now. */
  readonly changed: number;
  /** Files that could not be read again: their text stays. */
  readonly failed: number;
}

export async function rereadText(parts: RereadParts, request: RereadRequest): Promise<RereadResult> {
  const { sourceId, characterSet } = request;
  parts.sources.setCharacterSet(sourceId, characterSet);
  const changed = new Set<number>();
  let failed = 0;
  for (const page of parts.text.pages(sourceId)) {
    const slices = page.map(({ path }) => ({ path, offset: 0, sizeBytes: null }));
    const results = await parts.pool.run({ task: 'scan', slices, characterSet });
    const read = page.flatMap((file, index) => readText(file, results[index]));
    failed += page.length - read.length;
    const studyIds = parts.text.rewrite(read);
    for (const studyId of studyIds) changed.add(studyId);
    parts.changes.announce(studyIds);
  }
  return { changed: changed.size, failed };
}

function readText({ instanceId }: TextFile, result: ScanResult | undefined): ReadText[] {
  return result?.kind === 'header' ? [{ instanceId, header: result.header }] : [];
}
