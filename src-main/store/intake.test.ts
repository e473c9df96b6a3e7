import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copy, headerOf, incoming, objectBytes, reference, sha256Of, type Bytes } from '../../tests/support/arrivals';
import { openTestLibrary, type TestLibrary } from '../../tests/support/writingSide';
import { nodeFileCalls } from './fileCalls';
import { objectPath } from './objects';
import type { Incoming, IntakeOutcome } from './types';

let root: string;
let library: TestLibrary;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'isocenter-intake-'));
  library = openTestLibrary(join(root, 'library'));
});
afterEach(() => {
  library.dispose();
  rmSync(root, { recursive: true });
});

const one = objectBytes();
const other = objectBytes({}, 1);
const longer = objectBytes({ patientName: 'Test^Tilda' }, 0);

function put(name: string, bytes: Bytes): string {
  const path = join(root, name);
  writeFileSync(path, bytes);
  return path;
}

const take = (arrival: Incoming) => library.intake.take([arrival], 1)[0];
const takeReference = (bytes: Bytes, path: string) => take(incoming(bytes, reference(path)));
const takeCopy = (bytes: Bytes, from: string | null = null) => take(incoming(bytes, copy(library.intake, bytes, from)));
const kindOf = (outcome: IntakeOutcome | undefined) => outcome?.kind;
const row = (sql: string) => library.database.handle.prepare(sql).get();
const counts = () => row('SELECT instance_count, missing_count, aside_count, copied_bytes FROM studies');
const waiting = () => readdirSync(library.intake.incomingDirectory);
const pathOf = (bytes: Bytes) => objectPath(join(root, 'library'), sha256Of(bytes));

describe('a copy', () => {
  it('has its digest as its name, a row that says so, and no part file left', () => {
    expect(takeCopy(one)).toMatchObject({ kind: 'added', instanceId: 1 });
    expect(readFileSync(pathOf(one)).equals(one)).toBe(true);
    expect(library.files.of(1)).toEqual({
      instanceId: 1,
      path: pathOf(one),
      sizeBytes: one.length,
      isMissing: false,
      sha256: sha256Of(one),
      characterSet: null,
    });
    expect(counts()).toEqual({ instance_count: 1, missing_count: 0, aside_count: 0, copied_bytes: one.length });
    expect(waiting()).toEqual([]);
  });

  it('of the same bytes is known, from wherever it comes', () => {
    takeCopy(one);
    expect(kindOf(takeCopy(one))).toBe('known');
    expect([waiting(), counts()?.['instance_count']]).toEqual([[], 1]);
  });

  it('twice in one batch is one object', () => {
    const outcomes = library.intake.take(
      [1, 2].map(() => incoming(one, copy(library.intake, one))),
      1,
    );
    expect([outcomes.map(kindOf), waiting()]).toEqual([['added', 'known'], []]);
  });

  it('of other bytes under the same UID is kept aside, once, and nothing is replaced', () => {
    takeCopy(one);
    expect([kindOf(takeCopy(other)), kindOf(takeCopy(other))]).toEqual(['aside', 'aside']);
    expect(library.aside.of(1)).toMatchObject([
      { sopInstanceUid: '2.25.12', sizeBytes: other.length, origin: 'in · IM1' },
    ]);
    expect([readFileSync(pathOf(one)).equals(one), readFileSync(pathOf(other)).equals(other)]).toEqual([true, true]);
    expect(counts()?.['aside_count']).toBe(1);
  });

  it('mends one that is gone or was cut short', () => {
    takeCopy(one);
    writeFileSync(pathOf(one), 'short');
    takeCopy(one);
    expect(readFileSync(pathOf(one)).equals(one)).toBe(true);
    rmSync(pathOf(one));
    library.files.setMissing([{ instanceId: 1, isMissing: true }]);
    expect(kindOf(takeCopy(one))).toBe('known');
    expect([readFileSync(pathOf(one)).equals(one), counts()?.['missing_count']]).toEqual([true, 0]);
  });

  it('takes the place of other bytes that are gone', () => {
    takeCopy(one);
    rmSync(pathOf(one));
    expect(takeCopy(other)).toMatchObject({ kind: 'added', instanceId: 1 });
    expect(library.files.of(1)?.sha256).toBe(sha256Of(other));
  });

  it('of a file that was referenced makes it a copy, and says where it came from', () => {
    const path = put('a.dcm', one);
    takeReference(one, path);
    expect(kindOf(takeCopy(one, path))).toBe('known');
    expect(library.files.of(1)?.sha256).toBe(sha256Of(one));
    expect(row('SELECT path, mtime_ms FROM files')).toEqual({ path, mtime_ms: statSync(path).mtimeMs });
  });

  it('asks for a comparison where only the content can tell', () => {
    takeReference(one, put('a.dcm', one));
    const [same, different] = [incoming(one, copy(library.intake, one)), incoming(other, copy(library.intake, other))];
    expect(library.intake.take([same, different], 1)).toMatchObject([
      { kind: 'unsettled', knownPath: join(root, 'a.dcm'), knownSha256: null },
      { kind: 'unsettled' },
    ]);
    expect(waiting()).toHaveLength(2);
    expect(kindOf(library.intake.settle(different, false, 1))).toBe('aside');
    expect(kindOf(library.intake.settle(same, true, 1))).toBe('known');
    expect([library.files.of(1)?.sha256, waiting()]).toEqual([sha256Of(one), []]);
  });
});

describe('a reference', () => {
  it('met again is known; its row follows a file that changed', () => {
    const path = put('a.dcm', one);
    expect([kindOf(takeReference(one, path)), kindOf(takeReference(one, path))]).toEqual(['added', 'known']);
    writeFileSync(path, Buffer.concat([one, Buffer.alloc(8)]));
    expect(kindOf(takeReference(one, path))).toBe('known');
    expect(library.files.of(1)?.sizeBytes).toBe(one.length + 8);
  });

  it('to another file of another size is kept aside; of the same size somebody has to compare', () => {
    takeReference(one, put('a.dcm', one));
    const larger = put('b.dcm', Buffer.concat([one, Buffer.alloc(8)]));
    expect([kindOf(takeReference(one, larger)), kindOf(takeReference(one, put('c.dcm', other)))]).toEqual([
      'aside',
      'unsettled',
    ]);
    expect(kindOf(takeReference(one, larger))).toBe('aside');
    expect(counts()?.['aside_count']).toBe(1);
  });

  it('takes the place of a file that is gone', () => {
    const path = put('a.dcm', one);
    takeReference(one, path);
    rmSync(path);
    const moved = put('moved.dcm', one);
    expect(kindOf(takeReference(one, moved))).toBe('known');
    expect(library.files.of(1)).toMatchObject({ path: moved, isMissing: false });
  });

  it('to the original of a copy is known without reading either', () => {
    const path = put('a.dcm', one);
    takeCopy(one, path);
    expect(kindOf(takeReference(one, path))).toBe('known');
    utimesSync(path, 1, 1);
    expect(takeReference(one, path)).toMatchObject({ kind: 'unsettled', knownSha256: sha256Of(one) });
    expect(library.files.of(1)?.sha256).toBe(sha256Of(one));
  });

  it('leaves the earlier instance without a file when its path now holds another', () => {
    const path = put('a.dcm', one);
    takeReference(one, path);
    const second = objectBytes({ sopUid: '2.25.99', studyUid: '2.25.98' });
    writeFileSync(path, second);
    takeReference(second, path);
    expect([library.files.of(1), library.files.of(2)]).toMatchObject([{ path: '', isMissing: true }, { path }]);
    expect(library.database.handle.prepare('SELECT missing_count FROM studies ORDER BY id').all()).toEqual([
      { missing_count: 1 },
      { missing_count: 0 },
    ]);
  });
});

describe('the same SOP Instance UID under another patient', () => {
  it('is a second instance, and says so', () => {
    takeCopy(one);
    expect(takeCopy(objectBytes({ patientId: 'T-2' }))).toMatchObject({
      kind: 'added',
      instanceId: 2,
      collidesWith: 1,
    });
  });

  it('is known where its values were reconciled when it came first', () => {
    const reconciled = objectBytes({ patientId: 'LOCAL' });
    const arrival = { ...copy(library.intake, reconciled), originSha256: sha256Of(one) };
    expect(kindOf(take(incoming(reconciled, arrival)))).toBe('added');
    expect(takeCopy(one)).toMatchObject({ kind: 'known', instanceId: 1 });
    expect([waiting(), existsSync(pathOf(one))]).toEqual([[], false]);
  });
});

describe('the trash', () => {
  const trash = () => library.database.handle.exec('UPDATE studies SET trashed_at_ms = 1');

  it('gives back a study that arrives again', () => {
    takeCopy(one);
    trash();
    takeCopy(one);
    expect(row('SELECT trashed_at_ms FROM studies')).toEqual({ trashed_at_ms: null });
  });

  it('is emptied of rows and copies, never of files that were only referenced, and gives no id twice', async () => {
    const path = put('a.dcm', longer);
    const second = objectBytes({ sopUid: '2.25.13' });
    takeReference(longer, path);
    takeCopy(second);
    takeCopy(objectBytes({ sopUid: '2.25.13' }, 3));
    expect(await library.trash.empty()).toEqual({ studyIds: [], series: [], freedBytes: 0 });
    trash();
    expect(await library.trash.empty()).toMatchObject({
      studyIds: [1],
      series: [{ studyUid: '2.25.10', seriesUid: '2.25.11' }],
      freedBytes: 2 * second.length,
    });
    expect([existsSync(path), existsSync(pathOf(second)), row('SELECT count(*) AS n FROM doomed_objects')]).toEqual([
      true,
      false,
      { n: 0 },
    ]);
    expect(takeCopy(one)).toMatchObject({ kind: 'added', studyId: 2, instanceId: 3 });
    expect(row('PRAGMA foreign_key_check')).toBeUndefined();
  });

  it('ends by itself only what was thrown away before', async () => {
    takeCopy(one);
    trash();
    expect([await library.trash.purge(1), await library.trash.purge(2)]).toMatchObject([
      { studyIds: [] },
      { studyIds: [1] },
    ]);
  });
});

describe('what is kept aside', () => {
  it('can take the place and give it back, or be forgotten', () => {
    takeCopy(one);
    takeCopy(other);
    const [aside] = library.aside.of(1);
    const asideId = aside?.asideId ?? 0;
    library.aside.settle(asideId, 'use');
    expect([library.files.of(1)?.sha256, library.aside.of(1)]).toMatchObject([sha256Of(other), [{ asideId }]]);
    library.aside.settle(asideId, 'use');
    expect(library.files.of(1)?.sha256).toBe(sha256Of(one));
    library.aside.settle(asideId, 'discard');
    expect([library.aside.of(1), existsSync(pathOf(other)), counts()?.['aside_count']]).toEqual([[], false, 0]);
  });
});

describe('eviction', () => {
  const use = (studyId: number, order: number) =>
    library.database.handle.exec(`UPDATE studies SET use_order = ${String(order)} WHERE id = ${String(studyId)}`);

  it('takes the least recently used that can be fetched again, and nothing else', async () => {
    const [a, b, c, d] = [1, 2, 3, 4].map((n) =>
      objectBytes({ studyUid: `2.25.4${String(n)}`, sopUid: `2.25.5${String(n)}` }),
    );
    if (!a || !b || !c || !d) throw new Error('four');
    takeCopy(a, put('a', a));
    takeCopy(b, put('b', b));
    takeCopy(c);
    takeCopy(d, put('d', d));
    [4, 3, 1, 2].forEach((order, index) => use(index + 1, order));
    library.database.handle.exec('UPDATE studies SET is_pinned = 1 WHERE id = 4');
    const evicted = await library.eviction.makeRoom(a.length + c.length + d.length);
    expect(evicted).toEqual({ freedBytes: b.length, studyIds: [2] });
    expect([existsSync(pathOf(b)), library.files.of(2)]).toMatchObject([
      false,
      { path: join(root, 'b'), sha256: null },
    ]);
    writeFileSync(join(root, 'a'), 'changed');
    expect(await library.eviction.makeRoom(0)).toEqual({ freedBytes: 0, studyIds: [] });
    expect(library.usage.all()).toMatchObject({ copiedBytes: 3 * a.length, evictableBytes: a.length });
  });
});

describe('a failing call', () => {
  it('adds nothing of the batch, leaves every part for another try, and works on', () => {
    for (let failing = 1; failing <= 8; failing += 1) {
      library.dispose();
      rmSync(root, { recursive: true });
      let left = Infinity;
      const calls = Object.fromEntries(
        Object.entries(nodeFileCalls).map(([name, call]: [string, (...args: unknown[]) => unknown]) => [
          name,
          (...args: unknown[]) => {
            left -= 1;
            if (left === 0) throw Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: name });
            return call(...args);
          },
        ]),
      ) as unknown as typeof nodeFileCalls;
      library = openTestLibrary(join(root, 'library'), calls);
      const batch = [one, objectBytes({ sopUid: '2.25.77' })].map((bytes) =>
        incoming(bytes, copy(library.intake, bytes)),
      );
      left = failing;
      const outcome = (() => {
        try {
          return library.intake.take(batch, 1).map(kindOf);
        } catch (thrown) {
          return thrown;
        }
      })();
      left = Infinity;
      if (outcome instanceof Error) {
        expect(outcome).toMatchObject({ code: 'store/disk-full' });
        expect([waiting().length, row('SELECT count(*) AS n FROM instances')]).toEqual([2, { n: 0 }]);
        expect(library.intake.take(batch, 1).map(kindOf)).toEqual(['added', 'added']);
      }
      expect(row('SELECT count(*) AS n FROM instances')).toEqual({ n: 2 });
    }
  });
});

describe('known UIDs', () => {
  it('are those in the library', () => {
    takeCopy(one);
    expect(library.intake.knownUids([headerOf(one).sopUid, '9.9'])).toEqual(new Set(['2.25.12']));
  });
});
