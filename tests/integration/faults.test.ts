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

  it('makes an import wait while it is full, and while the medium is pulled out, and lets it go on by itself', () => {
    const [input, medium, disk] = ['in', 'medium', 'disk'].map((name) => path.join(root, name));
    if (!input || !medium || !disk) throw new Error('three folders');
    for (const folder of [input, medium, disk]) mkdirSync(folder);
    for (let n = 0; n < 300; n += 1) {
      const bytes = Buffer.concat([objectBytes({ sopUid: `2.25.4${n}` }), Buffer.alloc(20_000)]);
      writeFileSync(path.join(input, `IM${n}`), bytes);
    }
    // 12 MB hold the 6 MB that come, once 9 MB of something else are gone; meanwhile the medium is pulled out.
    const script = `
      mount --bind "$1" "$2" && mount -t tmpfs -o size=12m tmpfs "$3" || exit 3
      library="$3/library"
      until_said() { for tenth in $(seq 600); do grep -q "$1" err && return; sleep 0.1; done; }
      head -c 9000000 /dev/zero > "$3/ballast"
      "$4" "$5" import "$2" --copy --library "$library" --json > out 2> err &
      import=$!
      until_said 'disk is full'
      "$4" "$5" list --library "$library" --json > list
      umount -l "$2"
      rm "$3/ballast"
      until_said 'is gone'
      mount --bind "$1" "$2"
      wait $import
      echo "status $?"
      "$4" "$5" verify --deep --library "$library" --json`;
    const output = execFileSync(
      'unshare',
      ['-m', 'sh', '-c', script, 'sh', input, medium, disk, process.execPath, builtDcm],
      { encoding: 'utf8', cwd: root },
    );
    const read = (name: string) => readFileSync(path.join(root, name), 'utf8');
    expect(read('err')).toMatch(/paused: the disk is full, \d+ bytes are needed, \d+ are free[^]*paused: .* is gone/);
    // Readable while full, by a second process, with what was taken until then.
    expect((JSON.parse(read('list')) as { instanceCount: number }).instanceCount).toBeLessThan(300);
    expect(JSON.parse(lastLine(read('out')))).toMatchObject({ seen: 300, added: 300, instances: 300 });
    const [status, verified] = output.trim().split('\n');
    expect([status, JSON.parse(verified ?? '')]).toMatchObject(['status 0', { checked: 300, missing: 0, damaged: 0 }]);
  });
});

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
