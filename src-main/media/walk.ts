/**
 * Finds every file below a folder, in name order, and says what could not be looked into. Folders are listed, files never
 * touched: a `stat` per file is what makes scanners slow, so only links get one. On optical media this order is near to
 * that on the disc, because ISO 9660 sorts its folders by name and discs are written folder by folder.
 */
import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { isDirectoryName } from './dicomMedia';
import { listFolder, type NamedEntry, type SpoolLinks } from './diskNames';
import { fileProblem, folderProblem, type Problem } from './fileProblems';
import type { Found, MediaEntry, Source } from './source';

export interface WalkOptions {
  readonly signal: AbortSignal;
  readonly links: SpoolLinks;
  /** Real paths of folders that were entered, shared by all walks of an import: each is entered once. */
  readonly visited: Set<string>;
  /** Files in a batch, at most. Default 64. */
  readonly batchSize?: number;
}

interface Folder {
  /** Inside the source; `''` for its root. */
  readonly name: string;
  /** Where it can be listed. */
  readonly path: string;
  /** Without links. */
  readonly realPath: string;
}

interface Walk extends WalkOptions {
  readonly source: Source;
  /** Real path of the source's root. */
  readonly root: string;
  /** Folders that links lead to: entered last, so that a folder is known by its own name wherever it has one. */
  readonly linked: Folder[];
}

const BATCH_SIZE = 64;

/** Yields until all is found, or returns early once `signal` aborts. Never throws for what the disk answers. */
export async function* walk(source: Source, options: WalkOptions): AsyncGenerator<Found> {
  let realPath: string;
  try {
    realPath = await realpath(source.path);
  } catch (thrown) {
    yield { kind: 'problem', problem: folderProblem(source.path, thrown), source };
    return;
  }
  if (options.visited.has(realPath)) return;
  yield* walkTree({ name: '', path: source.path, realPath }, { ...options, source, root: realPath, linked: [] });
}

async function* walkTree(top: Folder, walking: Walk): AsyncGenerator<Found> {
  const { source, signal } = walking;
  const waiting = [top];
  let isEmpty = true;
  const isCancelled = () => signal.aborted;
  const next = () => (isCancelled() ? undefined : (waiting.pop() ?? walking.linked.shift()));
  for (let folder = next(); folder; folder = next()) {
    const isNew = !walking.visited.has(folder.realPath);
    isEmpty &&= isNew;
    if (!isNew) continue;
    walking.visited.add(folder.realPath);
    const content = await look(folder, walking);
    waiting.push(...content.folders.reverse());
    for (const entries of batchesOf(content.files, walking)) {
      if (isCancelled()) return;
      yield { kind: 'entries', entries };
    }
    yield* content.others;
    isEmpty &&= content.files.length === 0 && content.others.length === 0;
  }
  if (isEmpty && !isCancelled()) yield { kind: 'problem', problem: emptyFolder(source.path), source };
}

/** DICOMDIRs before all else, in a batch of their own: they give the patients at once. */
function* batchesOf(files: readonly MediaEntry[], { batchSize = BATCH_SIZE }: Walk): Generator<readonly MediaEntry[]> {
  const isDirectory = ({ name }: MediaEntry) => isDirectoryName(name.slice(name.lastIndexOf('/') + 1));
  const directories = files.filter(isDirectory);
  const others = directories.length === 0 ? files : files.filter((file) => !isDirectory(file));
  for (const part of [directories, others]) {
    for (let start = 0; start < part.length; start += batchSize) yield part.slice(start, start + batchSize);
  }
}

interface Content {
  readonly files: MediaEntry[];
  readonly folders: Folder[];
  readonly others: Found[];
}

/** One folder's content; what is wrong with an entry is among `others`. */
async function look(folder: Folder, walking: Walk): Promise<Content> {
  const content: Content = { files: [], folders: [], others: [] };
  const { source, links } = walking;
  let entries: NamedEntry[];
  try {
    entries = await listFolder(await links.shorten(folder.path), links);
  } catch (thrown) {
    const path = folder.name === '' ? folder.path : folder.name;
    content.others.push({ kind: 'problem', problem: folderProblem(path, thrown), source });
    return content;
  }
  for (const { entry, shown, path } of entries) {
    const inner = { name: folder.name === '' ? shown : `${folder.name}/${shown}`, path };
    if (entry.isFile()) content.files.push(entryOf(inner, source));
    else if (entry.isDirectory()) content.folders.push({ ...inner, realPath: join(folder.realPath, shown) });
    else await follow(inner, { parent: folder, walking, content });
  }
  return content;
}

function entryOf({ name, path }: Pick<Folder, 'name' | 'path'>, source: Source): MediaEntry {
  return { name, slice: { path, offset: 0, sizeBytes: null }, source };
}

interface Place {
  readonly parent: Folder;
  readonly walking: Walk;
  readonly content: Content;
}

/** A link, or an entry of whose kind the file system says nothing. */
async function follow({ name, path }: Pick<Folder, 'name' | 'path'>, place: Place): Promise<void> {
  const { walking, content } = place;
  const { source } = walking;
  try {
    const [stats, realPath] = await Promise.all([stat(path), realpath(path)]);
    const kind = kindOf(stats);
    // What comes with a medium may not reach for what is on this machine.
    if (source.kind === 'dicom-media' && !isWithin(realPath, walking.root)) {
      content.others.push({ kind: 'problem', problem: leadsOut(name), source });
    } else if (kind === 'file') content.files.push(entryOf({ name, path }, source));
    else if (kind === 'folder') followInto({ name, path, realPath }, place);
    else content.others.push({ kind: 'special', name, source });
  } catch (thrown) {
    content.others.push({ kind: 'problem', problem: linkProblem(name, thrown), source });
  }
}

/** A link back into the folders above it is a loop and is said so. */
function followInto(folder: Folder, { parent, walking, content }: Place): void {
  if (!isWithin(parent.realPath, folder.realPath)) walking.linked.push(folder);
  else {
    const reason = 'This link leads back to a folder that contains it.';
    const problem: Problem = { path: folder.name, code: 'folder/loop', reason };
    content.others.push({ kind: 'problem', problem, source: walking.source });
  }
}

export function isWithin(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(ancestor.endsWith(sep) ? ancestor : ancestor + sep);
}

function linkProblem(path: string, thrown: unknown): Problem {
  const problem = fileProblem(path, thrown);
  return problem.code === 'file/not-found' ? { ...problem, reason: 'This link points to nothing.' } : problem;
}

function leadsOut(path: string): Problem {
  return { path, code: 'media/link-outside', reason: 'This link leads out of the medium and was not followed.' };
}

function emptyFolder(path: string): Problem {
  return { path, code: 'file/not-found', reason: 'No files were found in this folder.' };
}

function kindOf(stats: { isFile(): boolean; isDirectory(): boolean }): 'folder' | 'file' | 'special' {
  if (stats.isDirectory()) return 'folder';
  return stats.isFile() ? 'file' : 'special';
}
