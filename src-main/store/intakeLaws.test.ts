/** Laws that hold whatever arrives, in whatever order, while files change and go. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { copy, incoming, objectBytes, reference, sha256Of, type Bytes } from '../../tests/support/arrivals';
import { openStore, type Incoming, type Store } from './index';
import { objectPath } from './objects';
import { StudyFacts } from './studyFacts';
import { openDatabase } from './database';

/** Two objects of one patient and one of another, each with contents of equal and of different length. */
const contents: readonly Bytes[] = [
  { sopUid: '2.25.31' },
  { sopUid: '2.25.32' },
  { sopUid: '2.25.31', patientId: 'T-2' },
].flatMap((object) => [
  objectBytes(object, 1),
  objectBytes(object, 2),
  Uint8Array.from([...objectBytes(object, 3), 0, 0]),
]);

const content = fc.integer({ min: 0, max: contents.length - 1 });
const name = fc.constantFrom('a', 'b', 'c');
const step = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), name, content }),
  fc.record({ kind: fc.constant('touch' as const), name }),
  fc.record({ kind: fc.constant('remove' as const), name }),
  fc.record({ kind: fc.constant('refer' as const), name }),
  fc.record({ kind: fc.constant('copy' as const), name }),
  fc.record({ kind: fc.constant('receive' as const), content }),
  fc.record({ kind: fc.constantFrom('evict' as const, 'empty' as const, 'reopen' as const, 'crash' as const) }),
  fc.record({ kind: fc.constant('settle' as const), action: fc.constantFrom('use' as const, 'discard' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Steps after which a copy may rightly be gone. */
function isEnding({ kind }: Step): boolean {
  return kind === 'evict' || kind === 'empty' || kind === 'settle';
}

class World {
  readonly #root = mkdtempSync(join(tmpdir(), 'isocenter-laws-'));
  readonly directory = join(this.#root, 'library');
  store: Store = openStore(this.directory);
  /** Digests of copies that nobody ended. */
  readonly kept = new Set<string>();
  #clock = 1000;

  async take(one: Step): Promise<void> {
    switch (one.kind) {
      case 'write':
        writeFileSync(this.#path(one.name), contents[one.content] ?? '');
        this.#touch(one.name);
        break;
      case 'touch':
        if (existsSync(this.#path(one.name))) this.#touch(one.name);
        break;
      case 'remove':
        rmSync(this.#path(one.name), { force: true });
        break;
      case 'refer':
      case 'copy':
        if (existsSync(this.#path(one.name))) this.#arrive(one.kind, this.#path(one.name));
        break;
      case 'receive':
        this.#takeIn(contents[one.content] ?? new Uint8Array(), null);
        break;
      case 'evict':
        await this.store.eviction.makeRoom(0);
        break;
      case 'empty':
        this.store.edits.trash([this.#newestStudy()], 1);
        await this.store.trash.empty();
        break;
      case 'settle':
        this.#settle(one.action);
        break;
      case 'reopen':
        this.store.dispose();
        this.store = openStore(this.directory);
        break;
      case 'crash':
        this.store.dispose();
        rmSync(join(this.directory, 'closed'));
        this.store = openStore(this.directory);
        break;
    }
    if (isEnding(one)) this.#forgetEnded();
    for (const digest of this.kept) expect(existsSync(objectPath(this.directory, digest))).toBe(true);
  }

  end(): void {
    this.store.dispose();
    rmSync(this.#root, { recursive: true });
  }

  #path(file: string): string {
    return join(this.#root, file);
  }

  /** Every change is seen in the time of the file, as it is on a real disk with a fine enough clock. */
  #touch(file: string): void {
    this.#clock += 1;
    utimesSync(this.#path(file), this.#clock, this.#clock);
  }

  #arrive(kind: 'refer' | 'copy', path: string): void {
    const bytes = Uint8Array.from(readFileSync(path));
    if (kind === 'copy') this.#takeIn(bytes, path);
    else this.#settled(incoming(bytes, reference(path)), bytes);
  }

  #takeIn(bytes: Bytes, from: string | null): void {
    this.#settled(incoming(bytes, copy(this.store.intake, bytes, from)), bytes);
    const isThere = existsSync(objectPath(this.directory, sha256Of(bytes)));
    if (isThere) this.kept.add(sha256Of(bytes));
  }

  #settled(arrival: Incoming, bytes: Bytes): void {
    const sourceId = this.store.sources.put({
      kind: 'folder',
      label: 'in',
      path: this.#root,
      isRemovable: false,
      characterSet: null,
      addedAtMs: 1,
    });
    const mine = { ...arrival, sourceId };
    const [outcome] = this.store.intake.take([mine], 1);
    if (outcome?.kind !== 'unsettled') return;
    const known = outcome.knownSha256 ?? sha256Of(readFileSync(outcome.knownPath));
    expect(this.store.intake.settle(mine, known === sha256Of(bytes), 1).kind).not.toBe('unsettled');
  }

  #newestStudy(): number {
    const sort = { column: 'addedAt', direction: 'descending' } as const;
    return this.store.lists.list({ filter: {}, sort }, { revision: (this.#clock += 1), nowMs: 1 }).ids[0] ?? 0;
  }

  #settle(action: 'use' | 'discard'): void {
    for (const studyId of [1, 2, 3, 4, 5]) {
      const [aside] = this.store.aside.of(studyId);
      if (aside) this.store.aside.settle(aside.asideId, action);
    }
  }

  /** Ended by a person or evicted: the row says so, and the copy is gone. */
  #forgetEnded(): void {
    for (const digest of this.kept) if (!existsSync(objectPath(this.directory, digest))) this.kept.delete(digest);
  }
}

/** After the library was closed: rows against disk, repeated facts against counted ones. */
function check(directory: string, before: ReadonlySet<string>): void {
  const database = openDatabase(directory);
  try {
    const { handle } = database;
    const copies = handle
      .prepare('SELECT object, size_bytes FROM files UNION ALL SELECT object, size_bytes FROM aside')
      .all()
      .filter((row) => row['object'] !== null);
    for (const { object, size_bytes: size } of copies) {
      const path = objectPath(directory, String(object));
      expect([String(object), statSync(path).size]).toEqual([sha256Of(readFileSync(path)), size]);
    }
    const inRows = new Set(copies.map(({ object }) => String(object)));
    expect([...before].filter((digest) => !inRows.has(digest))).toEqual([]);
    expect(handle.prepare('SELECT * FROM doomed_objects').all()).toEqual([]);
    expect(handle.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
    const facts = handle.prepare('SELECT * FROM studies ORDER BY id').all();
    const keeper = new StudyFacts(database);
    database.transaction(() => keeper.recomputeAll());
    expect(handle.prepare('SELECT * FROM studies ORDER BY id').all()).toEqual(facts);
  } finally {
    database.close();
  }
}

it('copies are never replaced, lost or orphaned, and facts stay what a count gives', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 25 }), async (steps) => {
      const world = new World();
      try {
        for (const one of steps) {
          const readable = mainCopies(world);
          await world.take(one);
          // What the library showed from a copy of its own it still shows, unless a person decided otherwise.
          if (!isEnding(one)) expect(mainCopies(world)).toMatchObject(readable);
        }
        world.store.dispose();
        check(world.directory, world.kept);
      } finally {
        world.end();
      }
    }),
    { numRuns: 100 },
  );
});

/** Instance to digest. */
function mainCopies({ store }: World): Record<number, string> {
  const files = [...store.files.pages()].flat();
  return Object.fromEntries(
    files.flatMap(({ instanceId, sha256, isMissing }) =>
      sha256 === null || isMissing ? [] : [[instanceId, sha256] as const],
    ),
  );
}
