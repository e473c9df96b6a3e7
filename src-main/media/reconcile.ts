/**
 * What DICOMDIRs announce beside what is there. A DICOMDIR is a hint: whatever it says, every file was looked for and read
 * on its own, and the two accounts are compared here. Pure: names and fates in, counts and sentences out.
 */
import type { MediaReconciliation } from '../../src-shared/contract';
import type { DirectoryInstance, MediaDirectory } from '../../src-shared/dicom/mediaDirectory';
import { isDirectoryName } from './dicomMedia';
import { folderOf, looseKey, placeOf, shownId } from './fileIds';
import { FoundFiles, type FoundFile } from './foundFiles';

export type FileFate =
  { readonly kind: 'instance'; readonly sopInstanceUid: string } | { readonly kind: 'unreadable' | 'not-dicom' };

/** A file that a DICOMDIR announces in vain. */
export interface MissingFile {
  readonly path: string;
  readonly reason: string;
}

interface Reference {
  readonly announced: DirectoryInstance;
  /** `null`: outside the medium. */
  readonly place: string | null;
  /** Of the place; asked for with every tree that is shown. */
  readonly key: string;
  /** The file of exactly this name: no other can fit better, so it is looked for once. */
  exact: FoundFile | null;
}

interface Announcing {
  readonly name: string;
  /** Where it lies. */
  readonly folder: string;
  /** What its file IDs begin from. */
  readonly root: string;
  readonly references: readonly Reference[];
  /** `null`: it could not be read. */
  readonly directory: MediaDirectory | null;
  readonly reason: string;
}

export class MediaReconciler {
  readonly #files = new FoundFiles();
  readonly #directories: Announcing[] = [];

  /** Each file once. Names are those of `MediaEntry`. */
  addFile(name: string, fate: FileFate): void {
    this.#files.add({ name, kind: fate.kind, sopInstanceUid: fate.kind === 'instance' ? fate.sopInstanceUid : '' });
  }

  /** `null` with the reason where it cannot be read. */
  addDirectory(name: string, directory: MediaDirectory | null, reason: string): void {
    this.#files.add({ name, kind: 'directory', sopInstanceUid: '' });
    const folder = folderOf(name);
    const root = this.#rootOf(name);
    const references = (directory?.references ?? []).map((announced) => referenceTo(announced, root));
    this.#directories.push({ name, folder, root, references, directory, reason });
  }

  /** Of what was added so far, in the order in which the DICOMDIRs were met. */
  reconciliations(): readonly MediaReconciliation[] {
    return this.#directories.map((one) => this.#comparisonOf(one).reconciliation());
  }

  /** A file that several DICOMDIRs announce is one line. */
  missing(): readonly MissingFile[] {
    const byPath = new Map<string, MissingFile>();
    for (const one of this.#directories) {
      for (const file of this.#comparisonOf(one).missing) if (!byPath.has(file.path)) byPath.set(file.path, file);
    }
    return [...byPath.values()];
  }

  /** Some file-sets have a directory in every folder; file IDs in them begin where the DICOMDIR lies. */
  #rootOf(name: string): string {
    const own = folderOf(name);
    if (isDirectoryName(name.slice(own.length))) return own;
    const above = this.#directories.filter(
      (one) => own.startsWith(one.folder) && isDirectoryName(one.name.slice(one.folder.length)),
    );
    return above.reduce(
      (longest, { folder }) => (folder.length > longest.length ? folder : longest),
      above.length === 0 ? own : '',
    );
  }

  #comparisonOf(announcing: Announcing): Comparison {
    return new Comparison(announcing, this.#files);
  }
}

function referenceTo(announced: DirectoryInstance, folder: string): Reference {
  const placed = placeOf(announced.fileId, folder);
  if (placed.kind === 'outside') return { announced, place: null, key: '', exact: null };
  return { announced, place: placed.path, key: looseKey(placed.path), exact: null };
}

/** One DICOMDIR and the files. */
class Comparison {
  readonly #missed: { readonly announced: DirectoryInstance; readonly why: FoundFile | 'outside' | 'absent' }[] = [];
  readonly #announcing: Announcing;
  readonly #files: FoundFiles;
  readonly #listed = new Set<FoundFile>();
  readonly #counts = {
    ...{ found: 0, unreadable: 0, listed: 0, outside: 0, moved: 0, renamed: 0, other: 0, again: 0 },
  };

  constructor(announcing: Announcing, files: FoundFiles) {
    this.#announcing = announcing;
    this.#files = files;
    for (const reference of announcing.references) this.#compare(reference);
  }

  get missing(): readonly MissingFile[] {
    const { root } = this.#announcing;
    return this.#missed.map(({ announced, why }) => ({ path: shownId(announced.fileId, root), reason: reasonOf(why) }));
  }

  reconciliation(): MediaReconciliation {
    const { name, folder, references } = this.#announcing;
    const { found, unreadable, listed } = this.#counts;
    return {
      path: name,
      announced: references.length,
      ...{ found, unreadable },
      missing: this.#missed.length,
      unlisted: this.#files.instancesBelow(folder) - listed,
      issues: this.#issues(),
    };
  }

  #compare(reference: Reference): void {
    const { announced, place, key } = reference;
    if (place === null) {
      this.#counts.outside += 1;
      this.#missed.push({ announced, why: 'outside' });
      return;
    }
    const file = reference.exact ?? this.#files.at(place, key);
    if (file?.name === place) reference.exact = file;
    if (file) this.#meet(announced, place, file);
    else this.#look(announced);
  }

  #meet({ sopInstanceUid }: DirectoryInstance, place: string, file: FoundFile): void {
    if (file.kind === 'unreadable' || file.kind === 'not-dicom') this.#counts.unreadable += 1;
    else this.#counts.found += 1;
    this.#counts.renamed += Number(file.name !== place);
    const isNew = !this.#listed.has(file);
    this.#counts.again += Number(!isNew);
    this.#counts.listed += Number(isNew && file.kind === 'instance');
    this.#counts.other += Number(
      file.kind === 'instance' && sopInstanceUid !== '' && file.sopInstanceUid !== sopInstanceUid,
    );
    this.#listed.add(file);
  }

  #look(announced: DirectoryInstance): void {
    const { sopInstanceUid } = announced;
    const elsewhere = sopInstanceUid === '' ? null : this.#files.holding(sopInstanceUid);
    this.#counts.moved += Number(elsewhere !== null);
    this.#missed.push({ announced, why: elsewhere ?? 'absent' });
  }

  #issues(): string[] {
    const { directory, reason } = this.#announcing;
    const { outside, moved, renamed, other, again } = this.#counts;
    const said = directory ? directory.issues.map(({ message }) => message) : [reason];
    return [
      ...said,
      ...told(
        outside,
        'announced file has',
        'announced files have',
        'a place outside the medium; none was opened there.',
      ),
      ...told(moved, 'announced file lies', 'announced files lie', 'elsewhere than the DICOMDIR says.'),
      ...told(renamed, 'file name differs', 'file names differ', 'from the DICOMDIR in case, version or extension.'),
      ...told(other, 'file holds', 'files hold', 'another instance than the DICOMDIR announces.'),
      ...told(again, 'file is', 'files are', 'announced more than once.'),
    ];
  }
}

function reasonOf(why: FoundFile | 'outside' | 'absent'): string {
  if (why === 'outside') return 'The DICOMDIR names a place outside the medium for this file.';
  if (why === 'absent') return 'The DICOMDIR announces this file, and it is not there.';
  return `The DICOMDIR announces this file here, and it lies elsewhere: ${why.name}`;
}

function told(count: number, one: string, many: string, rest: string): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many} ${rest}`];
}
