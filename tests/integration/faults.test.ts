/** Disks, media and systems that fail: what was acknowledged stays, and disk and index agree when it is over. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src-shared/base/appError';
import { copy, incoming, objectBytes, sha256Of, type Bytes } from '../support/arrivals';
import { bundleForNode } from '../support/bundle';
import { FailingCalls } from '../support/failingCalls';
import { agreement, disagreements, Told } from '../support/libraryTruth';
import { hasProgram, repository } from '../support/programs';
import { skipUnless } from '../support/skip';
import { openTestLibrary, type TestLibrary } from '../support/writingSide';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'isocenter-faults-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const builtDcm = path.join(repository, 'out/main/dcm.js');
const canMount = process.platform === 'linux' && process.getuid?.() === 0 && hasProgram('unshare');

/** Everything that touches files, told as it goes; each step may fail as a whole, with a failure a person can act on. */
class Work {
  readonly failures: string[] = [];
  readonly #library: TestLibrary;
  readonly #told: Told;

  constructor(library: TestLibrary, told: Told) {
    this.#library = library;
    this.#told = told;
  }

  async all(): Promise<void> {
    const bytesOf = (study: number, object: number, variant = 0): Bytes =>
      objectBytes({ studyUid: `2.25.1${String(study)}`, sopUid: `2.25.2${String(study)}${String(object)}` }, variant);
    await this.#step(() => this.#take([1, 2, 3].map((n) => bytesOf(1, n))));
    await this.#step(() => this.#take([bytesOf(1, 2, 9), bytesOf(2, 1)]));
    await this.#step(() =>
      this.#take(
        [1, 2].map((n) => bytesOf(3, n)),
        true,
      ),
    );
    await this.#step(() => this.#library.saveMarks());
    await this.#step(() => this.#decide());
    await this.#step(() => this.#library.eviction.makeRoom(0));
    await this.#step(() => this.#empty(2));
    await this.#step(() => this.#verify());
    // Whatever failed before, the next one works.
    await this.#step(() => this.#take([bytesOf(4, 1)]));
    expect(this.failures.length).toBeLessThanOrEqual(1);
  }

  async #step(work: () => unknown): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      // What people wrote is in the index; only its copy beside the objects waits for the next time.
      const isSystem = thrown instanceof Error && 'syscall' in thrown;
      if (!(thrown instanceof AppError) && !isSystem) throw thrown;
      this.failures.push(thrown instanceof AppError ? thrown.code : thrown.message);
    }
  }

  #take(objects: readonly Bytes[], isFromFiles = false): void {
    const { intake } = this.#library;
    const arrivals = objects.map((bytes) => {
      const from = isFromFiles ? path.join(root, 'originals', sha256Of(bytes)) : null;
      if (from !== null) writeFileSync(from, bytes);
      return incoming(bytes, copy(intake, bytes, from));
    });
    intake.take(arrivals, 1);
    this.#told.take(objects.map(sha256Of));
  }

  #decide(): void {
    const aside = this.#library.database.handle.prepare('SELECT id, object FROM aside').get();
    if (!aside) return;
    this.#library.aside.settle(Number(aside['id']), 'use');
    const object = this.#library.database.handle.prepare('SELECT object FROM aside').get();
    this.#told.startEnding([String(object?.['object'])]);
    this.#library.aside.settle(Number(aside['id']), 'discard');
  }

  async #empty(studyId: number): Promise<void> {
    const { handle } = this.#library.database;
    const objects = handle
      .prepare(
        `SELECT ifnull(object, origin_sha256) AS object FROM files JOIN instances ON instances.id = instance_id JOIN series ON series.id = series_id
         WHERE study_id = ?`,
      )
      .all(studyId)
      .map((row) => String(row['object']));
    handle.prepare('UPDATE studies SET trashed_at_ms = 1 WHERE id = ?').run(studyId);
    this.#told.startEnding(objects);
    await this.#library.trash.empty([studyId]);
  }

  async #verify(): Promise<void> {
    const { signal } = new AbortController();
    const options = { isDeep: true, readsHeaders: true, signal, nowMs: () => 1, onChanged: () => undefined };
    for await (const event of this.#library.verification.run(options)) {
      if (event.kind === 'report') expect(event.report.damaged).toBe(0);
    }
  }
}

describe('a file call that fails', () => {
  const codes = ['ENOSPC', 'EIO', 'EACCES', 'EMFILE'];

  it('loses nothing, whichever it is', async () => {
    let failed = 0;
    for (let failing = 1, isOver = false; !isOver; failing += 1) {
      const code = codes[failing % codes.length] ?? '';
      const directory = path.join(root, String(failing));
      mkdirSync(path.join(root, 'originals'), { recursive: true });
      const disk = new FailingCalls(code);
      const library = openTestLibrary(directory, disk.calls);
      const told = new Told();
      disk.left = failing;
      const work = new Work(library, told);
      await work.all();
      isOver = disk.left > 0;
      failed += work.failures.length;
      library.crash();
      expect({ failing, ...disagreements(directory, told) }).toEqual({ failing, ...agreement });
      rmSync(root, { recursive: true });
      if (isOver) expect(failing).toBeGreaterThan(60);
    }
    // Some calls may fail without harm, most may not.
    expect(failed).toBeGreaterThan(20);
  });

  it('at opening, refuses to open or opens well', () => {
    for (let failing = 1, isOver = false; !isOver; failing += 1) {
      const directory = path.join(root, String(failing));
      const told = new Told();
      const first = openTestLibrary(directory);
      const [kept, orphan] = [objectBytes(), objectBytes({ sopUid: '2.25.77' })];
      first.intake.take([incoming(kept, copy(first.intake, kept))], 1);
      told.take([sha256Of(kept)]);
      const lonely = sha256Of(orphan);
      mkdirSync(path.join(directory, 'objects', lonely.slice(0, 2)), { recursive: true });
      writeFileSync(path.join(directory, 'objects', lonely.slice(0, 2), lonely), orphan);
      writeFileSync(path.join(directory, 'incoming', 'x.part'), 'x');
      first.crash();
      const disk = new FailingCalls('EIO');
      disk.left = failing;
      try {
        openTestLibrary(directory, disk.calls).crash();
      } catch (thrown) {
        if (!(thrown instanceof Error && ('syscall' in thrown || thrown instanceof AppError))) throw thrown;
      }
      isOver = disk.left > 0;
      expect({ failing, ...disagreements(directory, told) }).toEqual({ failing, ...agreement });
    }
  });
});

skipUnless(canMount, 'a disk of its own needs root on Linux')('a disk of its own', () => {
  it('full to the last byte takes nothing by halves, stays readable, and goes on when there is room', async () => {
    const entry = await bundleForNode(
      path.resolve(import.meta.dirname, '../support/fullDiskChild.ts'),
      path.join(root, 'bundle'),
    );
    const disk = path.join(root, 'disk');
    mkdirSync(disk);
    const script = 'mount -t tmpfs -o size=8m tmpfs "$1" && exec "$2" "$3" "$1"';
    const output = execFileSync('unshare', ['-m', 'sh', '-c', script, 'sh', disk, process.execPath, entry], {
      encoding: 'utf8',
    });
    expect(JSON.parse(output)).toMatchObject({
      first: 'taken',
      refusal: 'store/disk-full',
      isReadable: true,
      waiting: 40,
      again: 'taken',
      after: agreement,
    });
  });

  it('full makes an import wait, says how much is needed, and lets it go on by itself', () => {
    const input = path.join(root, 'in');
    mkdirSync(input);
    for (let n = 0; n < 300; n += 1) {
      const bytes = Buffer.concat([objectBytes({ sopUid: `2.25.4${String(n)}` }), Buffer.alloc(20_000)]);
      writeFileSync(path.join(input, `IM${String(n)}`), bytes);
    }
    const disk = path.join(root, 'disk');
    mkdirSync(disk);
    // 12 MB hold the 6 MB that come, once 9 MB of something else are gone.
    const script = `
      mount -t tmpfs -o size=12m tmpfs "$1" || exit 3
      head -c 9000000 /dev/zero > "$1/ballast"
      "$2" "$3" import "$4" --copy --library "$1/library" --json > "$5/out" 2> "$5/err" &
      import=$!
      for tenth in $(seq 300); do grep -q paused "$5/err" && break; sleep 0.1; done
      "$2" "$3" list --library "$1/library" --json > "$5/list"
      rm "$1/ballast"
      wait $import
      echo "status $?"
      "$2" "$3" verify --deep --library "$1/library" --json`;
    const output = execFileSync(
      'unshare',
      ['-m', 'sh', '-c', script, 'sh', disk, process.execPath, builtDcm, input, root],
      { encoding: 'utf8' },
    );
    const read = (name: string) => readFileSync(path.join(root, name), 'utf8');
    expect(read('err')).toMatch(/paused: the disk is full, \d+ bytes are needed, \d+ are free/);
    // Readable while full, by a second process, with what was taken until then.
    expect((JSON.parse(read('list')) as { instanceCount: number }).instanceCount).toBeLessThan(300);
    expect(JSON.parse(read('out').trim().split('\n').at(-1) ?? '')).toMatchObject({ seen: 300, instances: 300 });
    const [status, verified] = output.trim().split('\n');
    expect([status, JSON.parse(verified ?? '')]).toMatchObject(['status 0', { checked: 300, missing: 0, damaged: 0 }]);
  });

  it('pulled out makes an import wait, and put back lets it go on', () => {
    const input = path.join(root, 'medium');
    mkdirSync(input);
    for (let n = 0; n < 2000; n += 1) {
      writeFileSync(path.join(input, `IM${String(n)}`), objectBytes({ sopUid: `2.25.5${String(n)}` }));
    }
    const mounted = path.join(root, 'mounted');
    mkdirSync(mounted);
    const script = `
      mount --bind "$1" "$2" || exit 3
      "$3" "$4" import "$2" --copy --library "$5/library" --json > "$5/out" 2> "$5/err" &
      import=$!
      for hundredth in $(seq 1000); do [ "$(ls "$5/library/objects" 2>/dev/null | wc -l)" -gt 20 ] && break; sleep 0.01; done
      umount -l "$2" && rmdir "$2"
      for tenth in $(seq 300); do grep -q paused "$5/err" && break; sleep 0.1; done
      mkdir "$2" && mount --bind "$1" "$2"
      wait $import
      echo "status $?"`;
    const output = execFileSync(
      'unshare',
      ['-m', 'sh', '-c', script, 'sh', input, mounted, process.execPath, builtDcm, root],
      { encoding: 'utf8' },
    );
    const read = (name: string) => readFileSync(path.join(root, name), 'utf8');
    expect(read('err')).toMatch(/paused: .* is gone/);
    expect([output.trim(), JSON.parse(read('out').trim().split('\n').at(-1) ?? '')]).toMatchObject([
      'status 0',
      { seen: 2000, added: 2000, instances: 2000 },
    ]);
  });
});
