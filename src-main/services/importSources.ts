/** The sources of one import: their rows in the library, what happens to their files, and whether they are still there. */
import type { ImportedSource, ImportOptions, Placement, SurveySource } from '../../src-shared/contract';
import type { MediaEntry, Source } from '../media/source';
import type { ChosenImport } from './importChoice';
import type { ImportParts, ImportSettings } from './importParts';
import { RootMarks } from './rootMarks';

export interface ImportSourcesOptions {
  readonly options: ImportOptions;
  readonly described: readonly SurveySource[];
  /** Unpacked entries lie below it: they cannot stay where they are. */
  readonly jobDirectory: string;
}

/** By what kind of place it is, and what the person at this machine prefers there. */
export function placementFor({ defaultPlacement, canReference }: SurveySource, settings: ImportSettings): Placement {
  if (!canReference) return 'copy';
  return defaultPlacement === 'copy' ? settings.mediaPlacement : settings.folderPlacement;
}

/** As they are placed when nobody says otherwise: what is chosen from starts there. */
export function asPreferred(described: readonly SurveySource[], settings: ImportSettings): readonly SurveySource[] {
  return described.map((source) => ({ ...source, defaultPlacement: placementFor(source, settings) }));
}

/** What is not there has no description: the walk says so. */
export async function describeAll(
  parts: Pick<ImportParts, 'media'>,
  paths: readonly string[],
): Promise<SurveySource[]> {
  const described = await Promise.allSettled([...new Set(paths)].map((path) => parts.media.describe(path)));
  return described.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

export class ImportSources {
  readonly #parts: ImportParts;
  readonly #needs: ImportSourcesOptions;
  readonly #ids = new Map<Source, ImportedSource>();
  readonly #marks = new Map<string, Promise<RootMarks>>();
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(parts: ImportParts, needs: ImportSourcesOptions) {
    this.#parts = parts;
    this.#needs = needs;
  }

  /** Sources that files were taken from, and those that were given. */
  get all(): readonly ImportedSource[] {
    return [...this.#ids.values()];
  }

  /** What a source holds is remembered, so that a medium that comes back is known again. */
  async meet(source: Source): Promise<void> {
    if (source.parent === null) this.idOf(source);
    await this.#marksOf(source);
  }

  idOf(source: Source): number {
    const known = this.#ids.get(source);
    if (known) return known.sourceId;
    const { kind, label, path, isRemovable } = source;
    const characterSet = this.#needs.options.characterSet ?? null;
    const addedAtMs = this.#parts.nowMs();
    const sourceId = this.#parts.store.sources.put({ kind, label, path, isRemovable, characterSet, addedAtMs });
    this.#ids.set(source, { sourceId, kind, label });
    return sourceId;
  }

  placementOf({ source, slice }: MediaEntry, choice: ChosenImport | null): Placement {
    if (!source.canReference || !this.isPlainFile({ slice })) return 'copy';
    const chosen = choice?.placement ?? this.#needs.options.placement;
    if (chosen) return chosen;
    const described = this.#needs.described.find(({ path }) => path === rootOf(source).path);
    return described ? placementFor(described, this.#parts.settings()) : this.#parts.settings().folderPlacement;
  }

  /** A file of its own that stays where it is when the import is over. */
  isPlainFile({ slice }: Pick<MediaEntry, 'slice'>): boolean {
    const { path, offset, sizeBytes } = slice;
    return offset === 0 && sizeBytes === null && !path.startsWith(this.#needs.jobDirectory);
  }

  async isThere(source: Source): Promise<boolean> {
    return (await this.#marksOf(source)).isThere();
  }

  /** Removable media are read by one at a time: two readers would make a disc seek for every file. */
  async inTurn<T>(source: Source, work: () => Promise<T>): Promise<T> {
    const root = rootOf(source);
    if (!root.isRemovable) return work();
    const mine = (this.#turns.get(root.path) ?? Promise.resolve()).then(work, work);
    this.#turns.set(root.path, mine);
    return mine;
  }

  #marksOf(source: Source): Promise<RootMarks> {
    const { path } = rootOf(source);
    const known = this.#marks.get(path);
    if (known) return known;
    const made = RootMarks.of(path);
    this.#marks.set(path, made);
    return made;
  }
}

/** What the user gave. */
export function rootOf(source: Source): Source {
  let root = source;
  while (root.parent) root = root.parent;
  return root;
}
