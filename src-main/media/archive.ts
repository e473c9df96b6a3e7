/**
 * Archives as sources: each entry becomes bytes on this disk, archives inside archives are entered in turn. Damage costs
 * the entry it is in; what cannot be entered is a problem in words.
 */
import { open, stat } from 'node:fs/promises';
import { AppError } from '../../src-shared/base/appError';
import type { SourceKind } from '../../src-shared/contract';
import { ArchiveNames } from './archiveNames';
import { archiveProblem, type ArchiveHandler, type ArchiveOpening } from './archiveOpening';
import { openIso } from './iso';
import { readPrefix } from './readPrefix';
import { sniffArchive } from './sniffArchive';
import type { ArchiveKind, FileSlice, Found, MediaEntry, OpenContext, Source } from './source';
import { openTar } from './tar';
import { MOST_NESTING, UnpackBudget } from './unpacking';
import { openZip } from './zip';

const HANDLERS: Readonly<Record<ArchiveKind, ArchiveHandler>> = {
  zip: openZip,
  iso: openIso,
  tar: openTar,
  gzip: openTar,
};
const SOURCE_KINDS: Readonly<Record<ArchiveKind, SourceKind>> = { zip: 'zip', iso: 'iso', tar: 'tar', gzip: 'tar' };
const BATCH = 64;

/**
 * The content of an archive that was given and is `source` itself; one that is no medium is a single file. Never throws
 * for what the archive holds; ends early on abort.
 */
export async function* openArchive(
  kind: ArchiveKind,
  slice: FileSlice,
  source: Source,
  context: OpenContext,
): AsyncGenerator<Found> {
  let isEmpty = true;
  for await (const found of contentOf(kind, slice, source, context)) {
    isEmpty = false;
    yield found;
  }
  if (isEmpty && !context.signal.aborted) yield { kind: 'entries', entries: [{ name: source.label, slice, source }] };
}

async function* contentOf(
  kind: ArchiveKind,
  slice: FileSlice,
  source: Source,
  context: OpenContext,
): AsyncGenerator<Found> {
  const sizeBytes = await sizeOf(slice).catch(() => 0);
  yield* enter(kind, { slice, sizeBytes, source, context, budget: new UnpackBudget(sizeBytes), depth: 1 });
}

/** An archive that was met among other files: a source of its own, inside theirs; nothing more for one that is no medium. */
export async function* openArchiveEntry(
  kind: ArchiveKind,
  entry: MediaEntry,
  context: OpenContext,
): AsyncGenerator<Found> {
  const source = nestedSource(kind, entry);
  yield { kind: 'source', source };
  yield* contentOf(kind, entry.slice, source, context);
}

function nestedSource(kind: ArchiveKind, { name, source }: MediaEntry): Source {
  return {
    kind: SOURCE_KINDS[kind],
    label: name.slice(name.lastIndexOf('/') + 1),
    path: source.path,
    pathInParent: name,
    parent: source,
    isRemovable: source.isRemovable,
    canReference: false,
  };
}

interface Entering {
  readonly slice: FileSlice;
  readonly sizeBytes: number;
  readonly source: Source;
  readonly context: OpenContext;
  readonly budget: UnpackBudget;
  readonly depth: number;
}

async function* enter(kind: ArchiveKind, entering: Entering): AsyncGenerator<Found> {
  const { source, context, depth } = entering;
  if (depth > MOST_NESTING) {
    const reason = `Archives inside archives are opened ${MOST_NESTING} deep; this one lies deeper.`;
    yield problemOf(source, source.pathInParent, new AppError('archive/too-large', reason));
    return;
  }
  const waiting: MediaEntry[] = [];
  const flush = (): Found => ({ kind: 'entries', entries: waiting.splice(0) });
  try {
    for await (const item of HANDLERS[kind](openingOf(entering))) {
      if (context.signal.aborted) return;
      if (item.kind === 'problem') {
        yield { kind: 'problem', problem: item.problem, source };
        continue;
      }
      if (item.isUnsafe) yield problemOf(source, item.name, UNSAFE);
      const entry: MediaEntry = { name: item.name, slice: item.slice, source };
      const nested = await sniffSlice(entry.slice);
      if (!nested || !(yield* enterNested(nested, entry, entering))) waiting.push(entry);
      if (waiting.length >= BATCH) yield flush();
    }
  } catch (thrown) {
    if (!context.signal.aborted) yield problemOf(source, source.pathInParent, thrown);
  }
  if (waiting.length > 0) yield flush();
}

/** Whether it was a medium: an archive without any file that could be one is itself a file. */
async function* enterNested(kind: ArchiveKind, entry: MediaEntry, outer: Entering): AsyncGenerator<Found, boolean> {
  const source = nestedSource(kind, entry);
  const sizeBytes = await sizeOf(entry.slice);
  let isMedium = false;
  for await (const found of enter(kind, { ...outer, slice: entry.slice, sizeBytes, source, depth: outer.depth + 1 })) {
    if (!isMedium) yield { kind: 'source', source };
    isMedium = true;
    yield found;
  }
  return isMedium;
}

const UNSAFE = new AppError(
  'archive/unsafe-name',
  'The archive names a place outside itself for this entry. It was read; the name was not used.',
);

function openingOf({ slice, sizeBytes, source, context, budget }: Entering): ArchiveOpening {
  const pathInSource = source.pathInParent;
  const { label } = source;
  return { slice, sizeBytes, label, pathInSource, names: new ArchiveNames(pathInSource), budget, context };
}

function problemOf(source: Source, path: string, thrown: unknown): Found {
  const name = path === '' ? source.label : path;
  return { kind: 'problem', problem: archiveProblem(name, thrown), source };
}

async function sniffSlice(slice: FileSlice): Promise<ArchiveKind | null> {
  const handle = await open(slice.path, 'r');
  try {
    const { prefix, readAt } = await readPrefix(handle, slice.offset);
    const sizeBytes = await sizeOf(slice);
    return sniffArchive(prefix.subarray(0, sizeBytes), sizeBytes, readAt);
  } finally {
    await handle.close();
  }
}

async function sizeOf({ path, offset, sizeBytes }: FileSlice): Promise<number> {
  return sizeBytes ?? (await stat(path)).size - offset;
}
