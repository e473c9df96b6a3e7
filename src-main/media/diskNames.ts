/**
 * Names as they lie on the disk, and as people read them. Linux keeps names as bytes: those that are no UTF-8 (discs and
 * sticks written elsewhere) cannot be opened by any text, and paths beyond a few thousand bytes by no path at all. Such
 * files are reached through links with names of our own in the folder of the import, and are copied, as all that lies there.
 */
import type { Dirent } from 'node:fs';
import { mkdtemp, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';

export interface NamedEntry {
  readonly entry: Pick<Dirent, 'isFile' | 'isDirectory'>;
  /** For people, unique in its folder. */
  readonly shown: string;
  /** Where it can be opened. */
  readonly path: string;
}

/** A tenth below what systems take, so that names can be added. */
const LONG_PATH_BYTES = 3600;
const REPLACEMENT = '\uFFFD';

/** Sorted by their shown names. @throws what the system throws when the folder cannot be listed */
export async function listFolder(path: string, links: SpoolLinks): Promise<NamedEntry[]> {
  const entries = await readdir(path, { withFileTypes: true });
  const isPlain = entries.every(({ name }) => !name.includes(REPLACEMENT));
  const named = isPlain
    ? entries.map((entry) => ({ entry, shown: entry.name, path: join(path, entry.name) }))
    : await listBytes(path, links);
  return named.sort((a, b) => (a.shown < b.shown ? -1 : a.shown > b.shown ? 1 : 0));
}

async function listBytes(path: string, links: SpoolLinks): Promise<NamedEntry[]> {
  const entries = await readdir(path, { withFileTypes: true, encoding: 'buffer' });
  const taken = new Set<string>();
  const named: NamedEntry[] = [];
  // Good names first: they stay as they are.
  const isText = (name: Buffer) => Buffer.from(name.toString('utf8')).equals(name);
  for (const entry of entries.toSorted((a, b) => Number(isText(b.name)) - Number(isText(a.name)))) {
    const { name } = entry;
    const shown = uniqueAmong(taken, isText(name) ? name.toString('utf8') : readable(name));
    taken.add(shown);
    const bytes = Buffer.concat([Buffer.from(`${path}/`), name]);
    named.push({ entry, shown, path: isText(name) ? join(path, shown) : await links.to(bytes) });
  }
  return named;
}

/** Most such names were written by old Western systems; what cannot be shown on a line is left out of sight. */
function readable(name: Buffer): string {
  return new TextDecoder('windows-1252').decode(name).replace(/\p{Cc}/gu, '_');
}

function uniqueAmong(taken: ReadonlySet<string>, name: string): string {
  let unique = name;
  for (let count = 2; taken.has(unique); count += 1) unique = `${name} (${count})`;
  return unique;
}

/** Links with running numbers in a folder of their own below the import's. */
export class SpoolLinks {
  readonly #spoolDirectory: string;
  #folder: Promise<string> | null = null;
  #count = 0;

  constructor(spoolDirectory: string) {
    this.#spoolDirectory = spoolDirectory;
  }

  /** Gives the link's path. @throws what the system throws when it cannot be made */
  async to(target: Buffer | string): Promise<string> {
    this.#folder ??= mkdtemp(join(this.#spoolDirectory, 'links-'));
    const path = join(await this.#folder, String((this.#count += 1)));
    await symlink(target, path);
    return path;
  }

  /** The path itself, or a short one to the same folder. */
  async shorten(path: string): Promise<string> {
    if (process.platform === 'win32' || Buffer.byteLength(path) < LONG_PATH_BYTES) return path;
    return this.to(path);
  }
}
