/**
 * The walk of one import, and the archives met on the way. Each name is handed on once, also when a medium was pulled out
 * midway and the walk had to begin again.
 */
import type { ImportLine } from '../../src-shared/contract';
import type { ArchiveKind, Found, MediaEntry, OpenContext, Source } from '../media/source';
import type { BatchReading } from './batchReading';
import { plainLine } from './fileLine';
import type { MediaParts } from './importParts';
import type { ImportSources } from './importSources';
import type { ImportTally } from './importTally';

export interface ImportFindingNeeds {
  readonly media: MediaParts;
  readonly paths: readonly string[];
  readonly context: OpenContext;
  readonly sources: ImportSources;
  readonly reading: BatchReading;
  readonly tally: ImportTally;
  addLine(line: ImportLine): void;
  /** New files, of one source. */
  onEntries(entries: readonly MediaEntry[]): void;
  /** Waits while readers are far behind. */
  room(): Promise<void>;
}

/** Files inside these are searched for archives; archives look into themselves. */
const SEARCHED = new Set(['folder', 'files', 'dicom-media']);

export class ImportFinding {
  readonly #needs: ImportFindingNeeds;
  readonly #names = new Set<string>();
  /** Archives are opened one after the other: each may fill the disk. */
  #archives: Promise<void> = Promise.resolve();

  constructor(needs: ImportFindingNeeds) {
    this.#needs = needs;
  }

  /** Over once everything that was given has been walked through. */
  async walk(): Promise<void> {
    while (!(await this.#walkOnce()));
  }

  isSearched({ source }: MediaEntry): boolean {
    return SEARCHED.has(source.kind);
  }

  /** An archive is no file of its own, unless it turns out to hold nothing that is one. */
  async openArchive(kind: ArchiveKind, entry: MediaEntry): Promise<void> {
    this.#needs.tally.found -= 1;
    const opening = this.#archives.then(() => this.#openNow(kind, entry));
    this.#archives = opening.catch(() => undefined);
    await opening;
  }

  async #openNow(kind: ArchiveKind, entry: MediaEntry): Promise<void> {
    let isEmpty = true;
    for await (const found of this.#needs.media.openArchive(kind, entry, this.#needs.context)) {
      isEmpty &&= found.kind === 'source';
      await this.#find(found);
    }
    if (!isEmpty || this.#needs.context.signal.aborted) return;
    this.#needs.tally.found += 1;
    this.#needs.addLine(plainLine(entry.name, 'not-dicom'));
  }

  /** `false`: the medium went meanwhile, is back now, and the rest is still to be found. */
  async #walkOnce(): Promise<boolean> {
    const { media, paths, context, reading } = this.#needs;
    for await (const found of media.openPaths(paths, context)) {
      if (found.kind === 'problem' && found.source && (await this.#isGone(found.source))) {
        await reading.waitFor(found.source);
        return context.signal.aborted;
      }
      await this.#find(found);
    }
    return true;
  }

  async #isGone(source: Source): Promise<boolean> {
    return !this.#needs.context.signal.aborted && !(await this.#needs.sources.isThere(source));
  }

  async #find(found: Found): Promise<void> {
    switch (found.kind) {
      case 'source':
        return this.#needs.sources.meet(found.source);
      case 'entries': {
        const entries = found.entries.filter(({ name }) => this.#isNew(name));
        this.#needs.tally.found += entries.length;
        if (entries.length > 0) this.#needs.onEntries(entries);
        return this.#needs.room();
      }
      case 'special':
        if (!this.#isNew(found.name)) return;
        this.#needs.tally.found += 1;
        this.#needs.addLine(plainLine(found.name, 'not-dicom'));
        return;
      case 'problem': {
        const { path, code, reason } = found.problem;
        if (!this.#isNew(`${code}\n${path}`)) return;
        this.#needs.addLine({ path, outcome: 'unreachable', code, reason, detail: '' });
        return;
      }
    }
  }

  #isNew(name: string): boolean {
    if (this.#names.has(name)) return false;
    this.#names.add(name);
    return true;
  }
}
