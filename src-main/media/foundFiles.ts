/**
 * Files of an import as DICOMDIRs ask for them: by place, by UID, and how many instances lie below a folder. Until a
 * DICOMDIR asks, a file costs no more than its name and UID.
 */
import { fitOf, folderOf, looseKey } from './fileIds';

export type FoundKind = 'instance' | 'directory' | 'unreadable' | 'not-dicom';

export interface FoundFile {
  readonly name: string;
  readonly kind: FoundKind;
  /** With an instance; otherwise `''`. */
  readonly sopInstanceUid: string;
}

const KINDS: readonly FoundKind[] = ['instance', 'directory', 'unreadable', 'not-dicom'];

export class FoundFiles {
  /** `<kind> <uid> <name>`: one flat string takes a third of an object's memory. */
  #unindexed: string[] = [];
  #index: Index | null = null;

  add(file: FoundFile): void {
    if (this.#index) this.#index.add(file);
    else this.#unindexed.push(`${KINDS.indexOf(file.kind)} ${file.sopInstanceUid} ${file.name}`);
  }

  /** The file that fits a place best. `key`: its `looseKey`, which those who ask often keep. */
  at(place: string, key: string): FoundFile | null {
    return this.#indexed().at(place, key);
  }

  /** Any file that holds this instance. */
  holding(sopInstanceUid: string): FoundFile | null {
    return this.#indexed().holding(sopInstanceUid);
  }

  /** Below `folder`, which ends with `/` or is `''`. */
  instancesBelow(folder: string): number {
    return this.#indexed().instancesBelow(folder);
  }

  #indexed(): Index {
    if (this.#index) return this.#index;
    this.#index = new Index();
    for (const line of this.#unindexed) this.#index.add(parsed(line));
    this.#unindexed = [];
    return this.#index;
  }
}

function parsed(line: string): FoundFile {
  const afterUid = line.indexOf(' ', 2);
  const kind = KINDS[Number(line[0])] ?? 'not-dicom';
  return { kind, sopInstanceUid: line.slice(2, afterUid), name: line.slice(afterUid + 1) };
}

/** Names in one folder that differ in case, version or extension only: more are somebody's attempt to waste time. */
const MOST_ALIKE = 16;

class Index {
  readonly #byPlace = new Map<string, FoundFile[]>();
  readonly #byUid = new Map<string, FoundFile>();
  readonly #instances = new Map<string, number>();

  add(file: FoundFile): void {
    const key = looseKey(file.name);
    const others = this.#byPlace.get(key);
    if (others) {
      if (others.length < MOST_ALIKE) others.push(file);
    } else this.#byPlace.set(key, [file]);
    if (file.kind !== 'instance') return;
    if (!this.#byUid.has(file.sopInstanceUid)) this.#byUid.set(file.sopInstanceUid, file);
    for (let folder = folderOf(file.name); ; folder = folderOf(folder.slice(0, -1))) {
      this.#instances.set(folder, (this.#instances.get(folder) ?? 0) + 1);
      if (folder === '') return;
    }
  }

  at(place: string, key: string): FoundFile | null {
    let best: FoundFile | null = null;
    let bestFit = Infinity;
    for (const file of this.#byPlace.get(key) ?? []) {
      const fit = fitOf(file.name, place);
      if (fit >= bestFit) continue;
      best = file;
      bestFit = fit;
    }
    return best;
  }

  holding(sopInstanceUid: string): FoundFile | null {
    return this.#byUid.get(sopInstanceUid) ?? null;
  }

  instancesBelow(folder: string): number {
    return this.#instances.get(folder) ?? 0;
  }
}
