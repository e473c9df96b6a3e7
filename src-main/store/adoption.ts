/** Gives copies without a row a row again, or moves them out of the way when nothing can be read in them. */
import { join } from 'node:path';
import type { Incoming, IntakeOutcome, NewSource } from './types';
import type { StoreIntake } from './intake';
import { readObjectHeader } from './objectHeader';
import type { ObjectFiles } from './objects';
import type { Database } from './database';

export interface Adopted {
  readonly adopted: number;
  readonly unreadable: number;
  readonly studyIds: readonly number[];
}

export interface AdoptionParts {
  readonly database: Database;
  readonly objects: ObjectFiles;
  readonly intake: StoreIntake;
  /** Copies that were kept aside when the index was lost: they come last, so that they are kept aside again. */
  readonly asideNames: ReadonlySet<string>;
  /** Finds or makes a source; gives its id. */
  putSource(source: NewSource): number;
}

export class Adoption {
  readonly #parts: AdoptionParts;
  readonly #isReferred;

  constructor(parts: AdoptionParts) {
    this.#parts = parts;
    this.#isReferred = parts.database.handle.prepare(
      'SELECT 1 FROM files WHERE object = ? UNION ALL SELECT 1 FROM aside WHERE object = ? LIMIT 1',
    );
  }

  /** In the order in which they are to be adopted. */
  ordered(names: readonly string[]): string[] {
    const isAside = (name: string) => Number(this.#parts.asideNames.has(name));
    return names.toSorted((a, b) => isAside(a) - isAside(b));
  }

  /** @throws `store/*` */
  adopt(names: readonly string[], atMs: number): Adopted {
    if (names.length === 0) return { adopted: 0, unreadable: 0, studyIds: [] };
    const sourceId = this.#parts.putSource(recoveredSource(this.#parts.objects.directory, atMs));
    const arrivals: Incoming[] = [];
    let unreadable = 0;
    for (const name of names) {
      const arrival = this.#arrivalOf(name, sourceId);
      if (arrival) arrivals.push(arrival);
      else {
        this.#parts.objects.moveToDamaged(name);
        unreadable += 1;
      }
    }
    const outcomes = this.#take(arrivals, atMs);
    this.#dropUnwanted(names);
    return { adopted: arrivals.length, unreadable, studyIds: outcomes.map(({ studyId }) => studyId) };
  }

  #arrivalOf(name: string, sourceId: number): Incoming | null {
    const { objects } = this.#parts;
    const read = readObjectHeader(objects.calls, objects.pathOf(name));
    if (!read) return null;
    const { header, sizeBytes } = read;
    // The copy has its name already: nothing lies under its part path, and nothing is moved.
    const partPath = join(objects.incomingDirectory, name);
    const arrival = { kind: 'copy', partPath, sha256: name, originSha256: name, sizeBytes, copiedFrom: null } as const;
    return { header, sourceId, origin: `${name.slice(0, 2)}/${name}`, arrival };
  }

  #take(arrivals: readonly Incoming[], atMs: number): IntakeOutcome[] {
    const { intake, objects } = this.#parts;
    const outcomes = intake.take(arrivals, atMs);
    return outcomes.map((outcome, index) => {
      const arrival = arrivals[index];
      if (outcome.kind !== 'unsettled' || arrival?.arrival.kind !== 'copy') return outcome;
      return intake.settle(arrival, objects.digest(outcome.knownPath) === arrival.arrival.sha256, atMs);
    });
  }

  /** The same object is known by other bytes of its own, reconciled ones: this copy of the original serves nobody. */
  #dropUnwanted(names: readonly string[]): void {
    for (const name of names) if (this.#isReferred.get(name, name) === undefined) this.#parts.objects.remove(name);
  }
}

/** What copies come from of which nobody knows more. */
export function recoveredSource(directory: string, addedAtMs: number): NewSource {
  const path = join(directory, 'objects');
  return { kind: 'folder', label: 'Recovered', path, isRemovable: false, characterSet: null, addedAtMs };
}
