/**
 * Whether the place that files come from is still there, and whether what is there is the same: a mount point without
 * its medium is an empty folder, and another disc may have folders of the same names.
 */
import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** So many entries tell one medium from another. */
const MOST_MARKS = 16;

export class RootMarks {
  readonly #root: string;
  readonly #marks: ReadonlySet<string>;

  private constructor(root: string, marks: readonly string[]) {
    this.#root = root;
    this.#marks = new Set(marks);
  }

  /** Remembers what is at the top of a folder, or a file's size and time. */
  static async of(root: string): Promise<RootMarks> {
    return new RootMarks(root, (await marksOf(root)) ?? []);
  }

  /** Some of it may have been changed by others; that all of it is gone means that the medium is. */
  async isThere(): Promise<boolean> {
    const now = await marksOf(this.#root);
    if (now === null) return false;
    return this.#marks.size === 0 || now.some((mark) => this.#marks.has(mark));
  }
}

/** `null` when there is nothing at that path. */
async function marksOf(root: string): Promise<string[] | null> {
  try {
    const stats = await stat(root);
    if (!stats.isDirectory()) return [`${stats.size} ${stats.mtimeMs}`];
    const marks: string[] = [];
    for await (const entry of await opendir(root)) {
      const mark = await markOf(root, entry.name);
      if (mark !== null) marks.push(mark);
      if (marks.length === MOST_MARKS) break;
    }
    return marks;
  } catch {
    return null;
  }
}

async function markOf(root: string, name: string): Promise<string | null> {
  return stat(join(root, name)).then(
    (stats) => `${name}\n${stats.isDirectory() ? 'folder' : stats.size} ${stats.mtimeMs}`,
    () => null,
  );
}
