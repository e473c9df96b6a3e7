import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copy, incoming, objectBytes, reference, sha256Of, type Bytes } from '../../tests/support/arrivals';
import { openTestLibrary, type TestLibrary } from '../../tests/support/writingSide';
import type { VerifyEvent, VerifyReport } from '../../src-shared/contract';
import { objectPath } from './objects';

let root: string;
let directory: string;
let library: TestLibrary;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'isocenter-recovery-'));
  directory = join(root, 'library');
  library = openTestLibrary(directory);
});
afterEach(() => {
  library.dispose();
  rmSync(root, { recursive: true });
});

const one = objectBytes();
const two = objectBytes({ sopUid: '2.25.13' });
const other = objectBytes({}, 1);
const pathOf = (bytes: Bytes) => objectPath(directory, sha256Of(bytes));

function takeCopy(bytes: Bytes, from: string | null = null): void {
  library.intake.take([incoming(bytes, copy(library.intake, bytes, from))], 1);
}

function putObject(bytes: Bytes): string {
  mkdirSync(dirname(pathOf(bytes)), { recursive: true });
  writeFileSync(pathOf(bytes), bytes);
  return pathOf(bytes);
}

function crashAndOpen(): void {
  library.crash();
  library = openTestLibrary(directory);
}

async function verify(isDeep = false): Promise<VerifyReport> {
  const events: VerifyEvent[] = [];
  const { signal } = new AbortController();
  const run = library.verification.run({
    isDeep,
    readsHeaders: false,
    signal,
    nowMs: () => Date.now(),
    onChanged: () => undefined,
  });
  for await (const event of run) events.push(event);
  const last = events.at(-1);
  if (last?.kind !== 'report') throw new Error('no report');
  return last.report;
}

const rows = (sql: string) => library.database.handle.prepare(sql).all();

describe('opening', () => {
  it('empties incoming, whatever lies there', () => {
    writeFileSync(join(library.intake.incomingDirectory, 'a.part'), 'x');
    mkdirSync(join(library.intake.incomingDirectory, 'import-1', 'deep'), { recursive: true });
    crashAndOpen();
    expect([library.recovery.leftovers, readdirSync(library.intake.incomingDirectory)]).toEqual([2, []]);
  });

  it('looks closely only after an end that was not orderly', () => {
    takeCopy(two);
    library.dispose();
    putObject(one);
    library = openTestLibrary(directory);
    expect(library.recovery).toMatchObject({ wasClean: true, adopted: 0 });
    crashAndOpen();
    expect(library.recovery).toMatchObject({ wasClean: false, adopted: 1 });
  });

  it('gives copies without a row a row, and moves away what cannot be read', () => {
    takeCopy(one);
    putObject(two);
    const text = Buffer.from('no image at all');
    const name = createHash('sha256').update(text).digest('hex');
    mkdirSync(dirname(objectPath(directory, name)), { recursive: true });
    writeFileSync(objectPath(directory, name), text);
    crashAndOpen();
    expect(library.recovery).toMatchObject({ adopted: 1, unreadable: 1, missing: 0 });
    expect(
      rows(
        'SELECT uid, label FROM instances JOIN files ON instance_id = instances.id JOIN sources ON sources.id = source_id',
      ),
    ).toEqual([
      { uid: '2.25.12', label: 'in' },
      { uid: '2.25.13', label: 'Recovered' },
    ]);
    expect(readdirSync(join(directory, 'damaged'))).toEqual([name]);
  });

  it('keeps a copy aside whose UID is taken, and drops one that serves nobody', () => {
    takeCopy(one);
    putObject(other);
    const original = objectBytes({ patientId: 'X', sopUid: '2.25.13' });
    const arrival = { ...copy(library.intake, two), originSha256: sha256Of(original) };
    library.intake.take([incoming(two, arrival)], 1);
    putObject(original);
    crashAndOpen();
    expect(library.aside.of(1)).toMatchObject([
      { sopInstanceUid: '2.25.12', origin: expect.stringContaining('Recovered') as string },
    ]);
    expect([existsSync(pathOf(other)), existsSync(pathOf(original))]).toEqual([true, false]);
  });

  it('marks rows whose copy is gone, forgets what was aside and is gone, and takes back what has returned', () => {
    takeCopy(one);
    takeCopy(other);
    rmSync(pathOf(one));
    rmSync(pathOf(other));
    crashAndOpen();
    expect([library.recovery.missing, library.files.of(1)?.isMissing, library.aside.of(1)]).toEqual([1, true, []]);
    putObject(one);
    crashAndOpen();
    expect([library.files.of(1)?.isMissing, rows('SELECT missing_count FROM studies')]).toEqual([
      false,
      [{ missing_count: 0 }],
    ]);
  });

  it('goes on with a removal that a crash interrupted, and adopts nothing of it', () => {
    takeCopy(one);
    library.database.handle.exec('DELETE FROM files; DELETE FROM instances; DELETE FROM series; DELETE FROM studies;');
    library.database.handle.prepare('INSERT INTO doomed_objects VALUES (?)').run(sha256Of(one));
    crashAndOpen();
    expect([existsSync(pathOf(one)), rows('SELECT * FROM doomed_objects'), rows('SELECT * FROM instances')]).toEqual([
      false,
      [],
      [],
    ]);
  });
});

describe('a lost index', () => {
  it('is noticed after an orderly end, too', () => {
    takeCopy(one);
    library.dispose();
    rmSync(join(directory, 'index.sqlite'));
    library = openTestLibrary(directory);
    expect(library.recovery).toMatchObject({ wasClean: false, adopted: 1 });
  });

  it('comes back from the copies, with what people wrote and what was kept aside', () => {
    takeCopy(one);
    takeCopy(other);
    takeCopy(two);
    library.database.handle.exec('UPDATE studies SET is_unread = 0, comment = \'see 2\', tags = \'["a","b"]\'');
    library.saveMarks();
    library.dispose();
    rmSync(join(directory, 'index.sqlite'));
    rmSync(join(directory, 'closed'));
    library = openTestLibrary(directory);
    expect(rows('SELECT is_unread, comment, tags, instance_count, aside_count FROM studies')).toEqual([
      { is_unread: 0, comment: 'see 2', tags: '["a","b"]', instance_count: 2, aside_count: 1 },
    ]);
    expect(rows('SELECT tag FROM study_tags')).toEqual([{ tag: 'a' }, { tag: 'b' }]);
    expect(rows(`SELECT 1 AS found FROM files WHERE object = '${sha256Of(one)}'`)).toEqual([{ found: 1 }]);
  });
});

describe('marks', () => {
  const lines = () => readFileSync(join(directory, 'marks.jsonl'), 'utf8').trim().split('\n').slice(1);

  it('are added as they change, and outlive a line that was cut off', () => {
    takeCopy(one);
    library.database.handle.exec('UPDATE studies SET is_pinned = 1');
    library.saveMarks();
    writeFileSync(join(directory, 'marks.jsonl'), '\n{"patientKey":"cut', { flag: 'a' });
    library.database.handle.exec("UPDATE studies SET comment = 'x'");
    library.saveMarks();
    library.saveMarks();
    expect(lines().map((line) => line.slice(0, 14))).toHaveLength(3);
    expect(JSON.parse(lines().at(-1) ?? '')).toMatchObject({
      studyUid: '2.25.10',
      marks: { isPinned: true, comment: 'x' },
    });
    crashAndOpen();
    expect(lines()).toHaveLength(1);
  });

  it('say when a study was removed', async () => {
    takeCopy(one);
    library.database.handle.exec('UPDATE studies SET trashed_at_ms = 1');
    library.saveMarks();
    await library.trash.empty();
    library.saveMarks();
    expect(JSON.parse(lines().at(-1) ?? '')).toMatchObject({ studyUid: '2.25.10', marks: null });
  });
});

describe('verification', () => {
  it('finds nothing in good order, and reports what opening put right, once', async () => {
    takeCopy(one);
    putObject(two);
    crashAndOpen();
    expect(await verify(true)).toMatchObject({
      checked: 2,
      adopted: 1,
      missing: 0,
      damaged: 0,
      corrected: 0,
      wasCancelled: false,
    });
    expect(await verify(true)).toMatchObject({ checked: 2, adopted: 0 });
  });

  it('deep, finds exactly the copies with other bytes; quick, those of another length', async () => {
    const many = Array.from({ length: 20 }, (_, index) => objectBytes({ sopUid: `2.25.1${String(index)}` }));
    for (const bytes of many) takeCopy(bytes);
    const flipped = many.slice(3, 6);
    for (const bytes of flipped) {
      const changed = Uint8Array.from(bytes);
      changed[200] = (changed[200] ?? 0) ^ 1;
      writeFileSync(pathOf(bytes), changed);
    }
    const cut = many[9] ?? one;
    writeFileSync(pathOf(cut), cut.subarray(0, -1));
    expect(await verify()).toMatchObject({ checked: 20, damaged: 1 });
    expect(await verify(true)).toMatchObject({ checked: 20, damaged: 3, missing: 1 });
    expect(readdirSync(join(directory, 'damaged')).sort()).toEqual([...flipped, cut].map(sha256Of).sort());
    expect(rows('SELECT count(*) AS missing FROM files WHERE is_missing = 1')).toEqual([{ missing: 4 }]);
    expect(await verify(true)).toMatchObject({ damaged: 0, missing: 4 });
  });

  it('gets a damaged or lost copy back from where it came from', async () => {
    const path = join(root, 'a.dcm');
    writeFileSync(path, one);
    takeCopy(one, path);
    writeFileSync(pathOf(one), other);
    expect(await verify(true)).toMatchObject({ damaged: 1, restored: 1, missing: 0 });
    expect(readFileSync(pathOf(one)).equals(one)).toBe(true);
    rmSync(pathOf(one));
    expect(await verify()).toMatchObject({ damaged: 0, restored: 1, missing: 0 });
    rmSync(pathOf(one));
    writeFileSync(path, other);
    expect(await verify()).toMatchObject({ missing: 1 });
  });

  it('forgets a copy kept aside that is damaged', async () => {
    takeCopy(one);
    takeCopy(other);
    writeFileSync(pathOf(other), one);
    expect(await verify(true)).toMatchObject({ damaged: 1, missing: 0 });
    expect([library.aside.of(1), rows('SELECT aside_count FROM studies')]).toEqual([[], [{ aside_count: 0 }]]);
  });

  it('marks references that are gone and corrects counts that are wrong', async () => {
    const path = join(root, 'a.dcm');
    writeFileSync(path, one);
    library.intake.take([incoming(one, reference(path))], 1);
    library.database.handle.exec('UPDATE studies SET instance_count = 7');
    rmSync(path);
    expect(await verify()).toMatchObject({ corrected: 1, missing: 1 });
    expect(rows('SELECT instance_count, missing_count FROM studies')).toEqual([
      { instance_count: 1, missing_count: 1 },
    ]);
  });

  it('a copy that is gone or of another length is never handed out', () => {
    takeCopy(one);
    takeCopy(two);
    expect(library.files.readablePath(1)).toBe(pathOf(one));
    writeFileSync(pathOf(two), 'short');
    expect([library.files.readablePath(2), library.files.readablePath(3)]).toEqual([null, null]);
  });
});
