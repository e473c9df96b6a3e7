/**
 * From the paths that somebody gave to entries whose bytes lie somewhere on this disk. Each path becomes a source, and a
 * handler for its kind finds what is in it: folders and media are walked, archives opened, files taken as they are.
 */
import { basename } from 'node:path';
import type { SurveySource } from '../../src-shared/contract';
import { openArchive } from './archive';
import { SpoolLinks } from './diskNames';
import { folderProblem } from './fileProblems';
import { lookAt, surveySourceOf, type Given } from './given';
import { Prefixes } from './prefixes';
import type { Found, MediaEntry, OpenContext, Source } from './source';
import { recently } from './recently';
import { listVolumes, type ListVolumes } from './volumes';
import { isWithin, walk } from './walk';

export interface OpenOptions {
  readonly listVolumes?: ListVolumes;
  /** Files in a batch, at most. Default 64. */
  readonly batchSize?: number;
}

/** Thousands of files may be given at once: the system is asked once for all of them. */
const volumesNow = recently(listVolumes, 2000);

/** What a path stands for. @throws what the system throws when there is nothing at that path */
export async function describeSource(path: string, options: OpenOptions = {}): Promise<SurveySource> {
  return surveySourceOf(await lookAt(path, options.listVolumes ?? volumesNow));
}

/**
 * Yields each source before what is in it, until all is found or `signal` aborts. Names of entries are unique: with more
 * than one source they begin with the source's label. Never throws for what disks and archives answer.
 */
export async function* openPaths(
  paths: readonly string[],
  context: OpenContext,
  options: OpenOptions = {},
): AsyncGenerator<Found> {
  const { given, problems } = await lookAtAll(paths, options.listVolumes ?? volumesNow);
  yield* problems;
  const groups = groupsOf(given);
  const prefixes = new Prefixes(groups.length);
  const links = new SpoolLinks(context.spoolDirectory);
  const visited = new Set<string>();
  for (const group of groups) {
    if (context.signal.aborted) return;
    const { source, archive } = group.first;
    const prefix = prefixes.next(source.label);
    yield { kind: 'source', source };
    if (archive) {
      const slice = { path: source.path, offset: 0, sizeBytes: null };
      yield* prefixed(prefix, openArchive(archive, slice, source, context));
    } else if (group.files.length > 0) {
      yield* looseFiles(prefix, source, group.files);
    } else {
      yield* prefixed(prefix, walk(source, { ...options, signal: context.signal, links, visited }));
    }
  }
}

interface LookedAt {
  readonly given: readonly Given[];
  readonly problems: readonly Found[];
}

async function lookAtAll(paths: readonly string[], list: ListVolumes): Promise<LookedAt> {
  const given: Given[] = [];
  const problems: Found[] = [];
  for (const path of new Set(paths)) {
    try {
      given.push(await lookAt(path, list));
    } catch (thrown) {
      problems.push({ kind: 'problem', problem: folderProblem(path, thrown), source: null });
    }
  }
  return { given, problems };
}

interface Group {
  readonly first: Given;
  /** Single files of one folder; otherwise empty. */
  readonly files: NonNullable<Given['file']>[];
}

/** Files of one folder belong together; what lies in a folder that was given too comes with it. */
function groupsOf(given: readonly Given[]): readonly Group[] {
  const walked = given.filter(({ archive, file }) => !archive && !file);
  const groups = new Map<string, Group>();
  for (const one of given) {
    if (one.file && walked.some(({ realPath }) => isWithin(one.realPath, realPath))) continue;
    const key = [one.realPath, one.archive ?? '', one.file ? 'files' : ''].join('\n');
    const group = groups.get(key) ?? { first: one, files: [] };
    if (one.file) group.files.push(one.file);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function* looseFiles(prefix: string, source: Source, files: Group['files']): Generator<Found> {
  const nameOf = (path: string) => prefix + basename(path);
  const entries: MediaEntry[] = files
    .filter(({ isSpecial }) => !isSpecial)
    .map(({ path }) => ({ name: nameOf(path), slice: { path, offset: 0, sizeBytes: null }, source }));
  for (let start = 0; start < entries.length; start += LOOSE_BATCH) {
    yield { kind: 'entries', entries: entries.slice(start, start + LOOSE_BATCH) };
  }
  for (const { path, isSpecial } of files) if (isSpecial) yield { kind: 'special', name: nameOf(path), source };
}

const LOOSE_BATCH = 64;

async function* prefixed(prefix: string, all: AsyncGenerator<Found>): AsyncGenerator<Found> {
  if (prefix === '') yield* all;
  else for await (const found of all) yield withPrefix(prefix, found);
}

function withPrefix(prefix: string, found: Found): Found {
  switch (found.kind) {
    case 'source':
      return found;
    case 'entries':
      return { ...found, entries: found.entries.map((entry) => ({ ...entry, name: prefix + entry.name })) };
    case 'special':
      return { ...found, name: prefix + found.name };
    case 'problem': {
      const { problem, source } = found;
      // What concerns a whole source is named by the path that was given.
      if (problem.path === source?.path) return found;
      return { ...found, problem: { ...problem, path: prefix + problem.path } };
    }
  }
}
