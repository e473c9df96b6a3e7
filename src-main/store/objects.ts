/**
 * The library's own copies: `objects/<2 hex>/<SHA-256 of the bytes>`, and beside them `incoming/` for what is still being
 * written and `damaged/` for what is not what its name says. No name here ever comes from a DICOM value. A copy is a
 * complete, flushed file before it has its name, and has its name before a row speaks of it.
 */
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { assert } from '../../src-shared/base/assert';
import { fileFailure, nodeFileCalls, type FileCalls } from './fileCalls';

export interface Part {
  readonly partPath: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Files were placed; `undo` gives the parts their old names back, for another try. */
export interface PlacedParts {
  /** Part paths that are gone because the file has its name now. */
  readonly moved: ReadonlySet<string>;
  undo(): void;
}

const NAME = /^[0-9a-f]{64}$/;
const HASH_CHUNK_BYTES = 1024 * 1024;

/** Where the copy with this digest lies. */
export function objectPath(libraryDirectory: string, sha256: string): string {
  assert(NAME.test(sha256), 'a copy is named by its digest');
  return join(libraryDirectory, 'objects', sha256.slice(0, 2), sha256);
}

export class ObjectFiles {
  readonly incomingDirectory: string;
  readonly damagedDirectory: string;
  readonly #objectsDirectory: string;
  readonly #knownFolders = new Set<string>();
  #hasLeftovers = false;

  constructor(
    readonly directory: string,
    readonly calls: FileCalls = nodeFileCalls,
  ) {
    this.incomingDirectory = join(directory, 'incoming');
    this.damagedDirectory = join(directory, 'damaged');
    this.#objectsDirectory = join(directory, 'objects');
  }

  /** Makes the folders. @throws `store/*` */
  prepare(): void {
    try {
      this.calls.makeFolder(this.#objectsDirectory);
      this.calls.makeFolder(this.incomingDirectory);
      this.calls.flush(this.directory);
    } catch (thrown) {
      throw fileFailure(thrown);
    }
  }

  /** Something may lie here that no row speaks of: the next opening has to look. */
  get hasLeftovers(): boolean {
    return this.#hasLeftovers;
  }

  pathOf(sha256: string): string {
    return objectPath(this.directory, sha256);
  }

  /** There, and as long as it should be. */
  has(sha256: string, sizeBytes: number): boolean {
    return this.calls.facts(this.pathOf(sha256))?.sizeBytes === sizeBytes;
  }

  /**
   * Gives parts their names and flushes the folders that hold them. A copy that is there already stays; one of another
   * size is damaged and is replaced. @throws `store/disk-full`, `store/read-only`, `store/failed`: every part is where it was
   */
  place(parts: readonly Part[]): PlacedParts {
    const moved: { readonly from: string; readonly to: string }[] = [];
    const undo = () => this.#moveBack(moved.splice(0));
    try {
      this.#makeFolders(parts.map(({ sha256 }) => dirname(this.pathOf(sha256))));
      for (const { partPath, sha256, sizeBytes } of parts) {
        if (this.has(sha256, sizeBytes)) continue;
        const to = this.pathOf(sha256);
        this.calls.rename(partPath, to);
        moved.push({ from: partPath, to });
      }
      for (const folder of new Set(moved.map(({ to }) => dirname(to)))) this.calls.flush(folder);
      return { undo, moved: new Set(moved.map(({ from }) => from)) };
    } catch (thrown) {
      undo();
      this.#knownFolders.clear();
      throw fileFailure(thrown);
    }
  }

  /** Part files that are not needed any more. What cannot be removed goes when the library is next opened. */
  discard(partPaths: Iterable<string>): void {
    for (const path of partPaths) {
      try {
        this.calls.remove(path);
      } catch {
        this.#hasLeftovers = true;
      }
    }
  }

  /** Gives whether it is gone. */
  remove(sha256: string): boolean {
    try {
      this.calls.remove(this.pathOf(sha256));
      return true;
    } catch {
      this.#hasLeftovers = true;
      return false;
    }
  }

  /** Copies a file in under a digest that it is known to have; gives whether its bytes still had it. @throws `store/*` */
  copyIn(path: string, sha256: string): boolean {
    const partPath = join(this.incomingDirectory, `${sha256}.part`);
    try {
      this.calls.makeFolder(this.incomingDirectory);
      this.calls.copy(path, partPath);
      this.calls.flush(partPath);
      const isSame = this.digest(partPath) === sha256;
      if (isSame) this.place([{ partPath, sha256, sizeBytes: this.calls.facts(partPath)?.sizeBytes ?? 0 }]);
      else this.calls.remove(partPath);
      return isSame;
    } catch (thrown) {
      this.discard([partPath]);
      throw fileFailure(thrown);
    }
  }

  /** Out of the way of readers, for a person to look at. @throws `store/*` */
  moveToDamaged(sha256: string): void {
    try {
      this.calls.makeFolder(this.damagedDirectory);
      this.calls.rename(this.pathOf(sha256), join(this.damagedDirectory, sha256));
    } catch (thrown) {
      throw fileFailure(thrown);
    }
  }

  /** Those of the 256 folders that are there. */
  prefixes(): ReadonlySet<string> {
    return new Set(this.calls.names(this.#objectsDirectory));
  }

  /** Names of the copies in one of the 256 folders; other files are passed over. */
  namesIn(prefix: string): string[] {
    const names = this.calls.names(join(this.#objectsDirectory, prefix));
    return names.filter((name) => NAME.test(name) && name.startsWith(prefix));
  }

  isAnyThere(): boolean {
    return [...this.prefixes()].some((prefix) => this.namesIn(prefix).length > 0);
  }

  /** Removes all of `incoming/`; gives how many entries there were. */
  emptyIncoming(): number {
    const names = this.calls.names(this.incomingDirectory);
    for (const name of names) this.calls.removeTree(join(this.incomingDirectory, name));
    this.calls.makeFolder(this.incomingDirectory);
    return names.length;
  }

  /** Hex SHA-256 of a file's bytes, read in pieces. @throws what the system throws */
  digest(path: string): string {
    const hash = createHash('sha256');
    const chunk = new Uint8Array(HASH_CHUNK_BYTES);
    for (let position = 0; ;) {
      const count = this.calls.read(path, chunk, position);
      hash.update(chunk.subarray(0, count));
      if (count < chunk.length) return hash.digest('hex');
      position += count;
    }
  }

  /** Their names are flushed once for all of them. */
  #makeFolders(folders: readonly string[]): void {
    const unknown = [...new Set(folders)].filter((folder) => !this.#knownFolders.has(folder));
    if (unknown.length === 0) return;
    for (const folder of unknown) this.calls.makeFolder(folder);
    this.calls.flush(this.#objectsDirectory);
    for (const folder of unknown) this.#knownFolders.add(folder);
  }

  #moveBack(moved: readonly { readonly from: string; readonly to: string }[]): void {
    for (const { from, to } of moved) {
      try {
        this.calls.rename(to, from);
      } catch {
        this.#hasLeftovers = true;
      }
    }
  }
}
