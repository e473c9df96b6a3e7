/**
 * Finds every file below the given paths, in name order, and says what could not be looked into. Folders are listed,
 * files never touched: a `stat` per file is what makes scanners slow, so only the given paths and links get one.
 */
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { Dirent } from 'node:fs';
import { fileProblem, folderProblem, type Problem } from './fileProblems';

export type Found =
  | { readonly kind: 'files'; readonly paths: readonly string[]; readonly source: string }
  /** Devices, pipes, sockets: there, but no files. */
  | { readonly kind: 'special'; readonly path: string }
  | { readonly kind: 'problem'; readonly problem: Problem };

export interface WalkOptions {
  /** Files in a batch, at most. Default 64. */
  readonly batchSize?: number;
  readonly signal?: AbortSignal;
}

interface Folder {
  /** As it was reached, links included: the path that the user knows. */
  readonly path: string;
  /** Without links. */
  readonly realPath: string;
}

const BATCH_SIZE = 64;

/** Yields until all is found, or returns early once `signal` aborts. Never throws for what the disk answers. */
export async function* walk(paths: readonly string[], options: WalkOptions = {}): AsyncGenerator<Found> {
  const visited = new Set<string>();
  for (const path of new Set(paths.map((given) => resolve(given)))) {
    if (options.signal?.aborted) return;
    yield* walkRoot(path, visited, options);
  }
}

async function* walkRoot(path: string, visited: Set<string>, options: WalkOptions): AsyncGenerator<Found> {
  let realPath: string;
  let kind: 'folder' | 'file' | 'special';
  try {
    realPath = await realpath(path);
    kind = kindOf(await stat(realPath));
  } catch (thrown) {
    yield { kind: 'problem', problem: folderProblem(path, thrown) };
    return;
  }
  if (kind === 'folder') yield* walkTree({ path, realPath }, visited, options);
  else if (kind === 'file') yield { kind: 'files', paths: [path], source: nameOf(dirname(path)) };
  else yield { kind: 'special', path };
}

async function* walkTree(root: Folder, visited: Set<string>, options: WalkOptions): AsyncGenerator<Found> {
  if (visited.has(root.realPath)) return;
  visited.add(root.realPath);
  const waiting = [root];
  const source = nameOf(root.path);
  let isEmpty = true;
  for (let folder = waiting.pop(); folder && !options.signal?.aborted; folder = waiting.pop()) {
    const content = await look(folder, visited);
    waiting.push(...content.folders.reverse());
    const size = options.batchSize ?? BATCH_SIZE;
    for (let start = 0; start < content.files.length && !options.signal?.aborted; start += size) {
      yield { kind: 'files', paths: content.files.slice(start, start + size), source };
    }
    yield* content.others;
    isEmpty &&= content.files.length === 0 && content.others.length === 0;
  }
  if (isEmpty && !options.signal?.aborted) yield { kind: 'problem', problem: emptyFolder(root.path) };
}

interface Content {
  readonly files: string[];
  readonly folders: Folder[];
  readonly others: Found[];
}

/** One folder's content; what is wrong with an entry is among `others`. */
async function look(folder: Folder, visited: Set<string>): Promise<Content> {
  const content: Content = { files: [], folders: [], others: [] };
  let entries: Dirent[];
  try {
    entries = await readdir(folder.path, { withFileTypes: true });
  } catch (thrown) {
    content.others.push({ kind: 'problem', problem: folderProblem(folder.path, thrown) });
    return content;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  for (const entry of entries) {
    const path = join(folder.path, entry.name);
    if (entry.isFile()) content.files.push(path);
    else if (entry.isDirectory())
      enter({ path, realPath: join(folder.realPath, entry.name) }, folder, visited, content);
    else await follow(path, folder, visited, content);
  }
  return content;
}

/** A link, or an entry of whose kind the file system says nothing. */
async function follow(path: string, parent: Folder, visited: Set<string>, content: Content): Promise<void> {
  try {
    const kind = kindOf(await stat(path));
    if (kind === 'file') content.files.push(path);
    else if (kind === 'folder') enter({ path, realPath: await realpath(path) }, parent, visited, content);
    else content.others.push({ kind: 'special', path });
  } catch (thrown) {
    content.others.push({ kind: 'problem', problem: linkProblem(path, thrown) });
  }
}

/** Every real folder is entered once; a link back into the folders above it is a loop and is said so. */
function enter(folder: Folder, parent: Folder, visited: Set<string>, content: Content): void {
  if (isWithin(parent.realPath, folder.realPath)) {
    content.others.push({
      kind: 'problem',
      problem: { path: folder.path, code: 'folder/loop', reason: 'This link leads back to a folder that contains it.' },
    });
  } else if (!visited.has(folder.realPath)) {
    visited.add(folder.realPath);
    content.folders.push(folder);
  }
}

function isWithin(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(ancestor.endsWith(sep) ? ancestor : ancestor + sep);
}

function linkProblem(path: string, thrown: unknown): Problem {
  const problem = fileProblem(path, thrown);
  return problem.code === 'file/not-found' ? { ...problem, reason: 'This link points to nothing.' } : problem;
}

function emptyFolder(path: string): Problem {
  return { path, code: 'file/not-found', reason: 'No files were found in this folder.' };
}

function kindOf(stats: { isFile(): boolean; isDirectory(): boolean }): 'folder' | 'file' | 'special' {
  if (stats.isDirectory()) return 'folder';
  return stats.isFile() ? 'file' : 'special';
}

/** The last part of a path; the path itself where it has none (`/`, `D:\`). */
function nameOf(path: string): string {
  return basename(path) || path;
}
