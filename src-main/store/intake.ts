/**
 * Takes arriving instances into the library. A copy gets its name and its folder is flushed before its row appears, so
 * that a row never speaks of bytes that are not there; what a crash leaves between the two is adopted at the next opening.
 * What an arrival is to what is known already is decided in `relation.ts`.
 */
import { AppError } from '../../src-shared/base/appError';
import type { Database } from './database';
import type { DoomedObjects } from './doomedObjects';
import { fileFailure } from './fileCalls';
import type { GivenIds } from './givenIds';
import { IntakeBatch } from './intakeBatch';
import { fileRowOf, IntakeRows, type FileRow, type KnownInstance } from './intakeRows';
import type { IntakeTree, Place } from './intakeTree';
import type { ObjectFiles, PlacedParts } from './objects';
import { relationOf } from './relation';
import type { FactKeeper } from './factKeeper';
import type { Incoming, Intake, IntakeOutcome } from './types';

export interface IntakeParts {
  readonly database: Database;
  readonly objects: ObjectFiles;
  readonly doomed: DoomedObjects;
  readonly facts: FactKeeper;
  readonly ids: GivenIds;
  readonly tree: IntakeTree;
}

export class StoreIntake implements Intake {
  readonly #parts: IntakeParts;
  readonly #rows: IntakeRows;
  readonly #tree: IntakeTree;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
    this.#rows = new IntakeRows(parts.database, parts.ids);
    this.#tree = parts.tree;
  }

  get incomingDirectory(): string {
    return this.#parts.objects.incomingDirectory;
  }

  take(arrivals: readonly Incoming[], atMs: number): IntakeOutcome[] {
    return this.#write(new IntakeBatch(atMs), (batch) =>
      arrivals.map((incoming) => this.#takeOne(incoming, batch, null)),
    );
  }

  settle(arrival: Incoming, isSame: boolean, atMs: number): IntakeOutcome {
    const [outcome] = this.#write(new IntakeBatch(atMs), (batch) => [this.#takeOne(arrival, batch, isSame)]);
    if (!outcome) throw new AppError('store/failed', 'An arrival was not settled.');
    return outcome;
  }

  discard(arrivals: readonly Incoming[]): void {
    this.#parts.objects.discard(arrivals.flatMap(({ arrival }) => (arrival.kind === 'copy' ? [arrival.partPath] : [])));
  }

  knownUids(sopInstanceUids: readonly string[]): ReadonlySet<string> {
    return new Set(sopInstanceUids.filter((uid) => this.#rows.hasUid(uid)));
  }

  #write(batch: IntakeBatch, takeAll: (batch: IntakeBatch) => IntakeOutcome[]): IntakeOutcome[] {
    const { database, objects, doomed, facts } = this.#parts;
    const placed: PlacedParts[] = [];
    let outcomes: IntakeOutcome[];
    try {
      outcomes = database.transaction(() => {
        const taken = takeAll(batch);
        facts.grew(batch.grown);
        facts.recompute([...batch.changedStudies]);
        placed.push(objects.place(batch.parts));
        return taken;
      });
    } catch (thrown) {
      for (const files of placed) files.undo();
      this.#tree.forget();
      throw fileFailure(thrown);
    }
    const moved = movedBy(placed);
    objects.discard([...batch.finishedPartPaths].filter((path) => !moved.has(path)));
    doomed.sweep();
    return outcomes;
  }

  #takeOne(incoming: Incoming, batch: IntakeBatch, isSame: boolean | null): IntakeOutcome {
    const { header, sourceId } = incoming;
    const under = this.#rows.under(header.sopUid);
    const twin = this.#twinOf(incoming, under);
    if (twin) return this.#finish(incoming, batch, { kind: 'known', ...this.#met(twin, batch) });
    const place = this.#tree.placeOf(header, { sourceId, atMs: batch.atMs });
    if (this.#tree.takeFromTrash(place.studyId)) batch.changed(place.studyId);
    const known = under.find(({ seriesId }) => seriesId === place.seriesId);
    if (!known) return this.#add(incoming, batch, { place, collidesWith: under[0]?.instanceId });
    return this.#meet(incoming, batch, { known, studyId: place.studyId, isSame });
  }

  /**
   * The same bytes under another patient or study: they were reconciled with local values when they came the first time.
   * Met again as they are, they are known there; under new values they are wanted here.
   */
  #twinOf({ arrival }: Incoming, under: readonly KnownInstance[]): KnownInstance | undefined {
    if (arrival.kind !== 'copy' || arrival.sha256 !== arrival.originSha256) return undefined;
    return under.find(
      (known) => known.originSha256 === arrival.sha256 && known.object !== arrival.sha256 && this.#isThere(known, null),
    );
  }

  #met({ instanceId }: KnownInstance, batch: IntakeBatch): { studyId: number; instanceId: number } {
    const studyId = this.#rows.studyOf(instanceId);
    if (this.#tree.takeFromTrash(studyId)) batch.changed(studyId);
    return { studyId, instanceId };
  }

  #add(
    incoming: Incoming,
    batch: IntakeBatch,
    { place, collidesWith }: { place: Place; collidesWith: number | undefined },
  ): IntakeOutcome {
    const file = fileRowOf(incoming);
    const instanceId = this.#rows.addInstance(place.seriesId, incoming.header);
    this.#putFile(instanceId, file, batch);
    batch.keep(incoming);
    batch.grew(place, incoming.header, file);
    const collision = collidesWith === undefined ? {} : { collidesWith };
    return this.#finish(incoming, batch, { kind: 'added', studyId: place.studyId, instanceId, ...collision });
  }

  #meet(
    incoming: Incoming,
    batch: IntakeBatch,
    { known, studyId, isSame }: { known: KnownInstance; studyId: number; isSame: boolean | null },
  ): IntakeOutcome {
    const { instanceId } = known;
    const file = fileRowOf(incoming);
    const outcome = (kind: 'added' | 'known' | 'aside'): IntakeOutcome =>
      this.#finish(incoming, batch, { kind, studyId, instanceId });
    const isThere = this.#isThere(known, batch);
    const asideId = this.#rows.asideOf(instanceId, file);
    if (asideId !== null && isThere) return outcome('aside');
    if (asideId !== null) this.#rows.removeAside(asideId);
    const relation = relationOf(known, incoming.arrival, { isThere, isSame });
    switch (relation) {
      case 'unknown':
        return {
          kind: 'unsettled',
          studyId,
          instanceId,
          knownPath: this.#pathOf(known),
          knownSha256: known.originSha256,
        };
      case 'other-bytes':
        batch.keep(incoming);
        this.#spare(file);
        this.#rows.addAside(instanceId, file, incoming.header, batch.atMs);
        batch.changed(studyId);
        return outcome('aside');
      case 'same-bytes':
        if (isThere && (known.object !== null || file.object === null)) return this.#stays(known, batch, outcome);
        break;
      case 'same-file':
      case 'takes-place':
    }
    this.#takePlace(incoming, batch, { known, file, studyId });
    return outcome(relation === 'takes-place' ? 'added' : 'known');
  }

  /** What the library has is as good as what came. */
  #stays(
    { instanceId, isMissing }: KnownInstance,
    batch: IntakeBatch,
    outcome: (kind: 'known') => IntakeOutcome,
  ): IntakeOutcome {
    if (isMissing) {
      this.#rows.setThere(instanceId);
      batch.changed(this.#rows.studyOf(instanceId));
    }
    return outcome('known');
  }

  #takePlace(
    incoming: Incoming,
    batch: IntakeBatch,
    { known, file, studyId }: { known: KnownInstance; file: FileRow; studyId: number },
  ): void {
    const { instanceId } = known;
    this.#rows.refreshInstance(instanceId, incoming.header);
    batch.keep(incoming);
    this.#putFile(instanceId, file, batch);
    if (known.object !== null && known.object !== file.object) this.#parts.doomed.doom(known.object);
    const isSameFile = known.object === file.object && known.sizeBytes === file.sizeBytes && !known.isMissing;
    if (!isSameFile) batch.changed(studyId);
  }

  #putFile(instanceId: number, file: FileRow, batch: IntakeBatch): void {
    this.#spare(file);
    batch.changed(this.#rows.putFile(instanceId, file));
  }

  #spare({ object }: FileRow): void {
    if (object !== null) this.#parts.doomed.spare(object);
  }

  #finish(incoming: Incoming, batch: IntakeBatch, outcome: IntakeOutcome): IntakeOutcome {
    batch.finish(incoming);
    return outcome;
  }

  #isThere({ object, path, sizeBytes }: KnownInstance, batch: IntakeBatch | null): boolean {
    const { objects } = this.#parts;
    if (object !== null) return batch?.willHave(object) === true || objects.has(object, sizeBytes);
    return path !== '' && objects.calls.facts(path)?.sizeBytes === sizeBytes;
  }

  #pathOf({ object, path }: KnownInstance): string {
    return object === null ? path : this.#parts.objects.pathOf(object);
  }
}

function movedBy(placed: readonly PlacedParts[]): ReadonlySet<string> {
  return new Set(placed.flatMap(({ moved }) => [...moved]));
}
