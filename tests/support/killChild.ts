/**
 * A process that fills and empties a library without end, to be killed at any moment. It says on standard output what was
 * done, always after the fact, and what it is about to end, before. Arguments: folder, seed.
 */
import { mkdirSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { copy, incoming, objectBytes, sha256Of } from './arrivals';
import { openTestLibrary } from './writingSide';

const [directory = '', seedText = '1'] = process.argv.slice(2);
let seed = Number(seedText);

/** Park and Miller's generator: the same seed kills at the same place in the work. */
function random(below: number): number {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed % below;
}

function say(...words: readonly (string | number)[]): void {
  writeSync(1, `${words.join(' ')}\n`);
}

const library = openTestLibrary(directory);
const { handle } = library.database;
const originals = join(directory, '..', 'originals');
mkdirSync(originals, { recursive: true });
say('open', library.recovery.adopted);

let made = 0;
function batch(): void {
  const study = `2.25.1${seedText}${String(random(40))}`;
  const bytes = Array.from({ length: 1 + random(12) }, () => {
    made += 1;
    // One in five comes again with other bytes.
    const sopUid = `2.25.2${seedText}${String(random(5) === 0 ? random(made) : made)}`;
    return objectBytes({ studyUid: study, seriesUid: `${study}.1`, sopUid }, random(250));
  });
  const arrivals = bytes.map((object) => {
    const from = random(2) === 0 ? null : join(originals, sha256Of(object));
    if (from !== null) writeFileSync(from, object);
    return incoming(object, copy(library.intake, object, from));
  });
  library.intake.take(arrivals, 1);
  for (const object of bytes) say('took', sha256Of(object));
}

async function emptyTrash(): Promise<void> {
  const rows = handle.prepare('SELECT id FROM studies ORDER BY use_order, id LIMIT 3').all();
  const ids = rows.map((row) => Number(row['id']));
  if (ids.length === 0) return;
  handle.exec(`UPDATE studies SET trashed_at_ms = 1 WHERE id IN (${ids.join()})`);
  const objects = handle
    .prepare(
      `SELECT object FROM (SELECT instance_id, ifnull(object, origin_sha256) AS object FROM files
                           UNION ALL SELECT instance_id, ifnull(object, origin_sha256) FROM aside) AS copies
       JOIN instances ON instances.id = instance_id JOIN series ON series.id = series_id
       WHERE object IS NOT NULL AND study_id IN (${ids.join()})`,
    )
    .all()
    .map((row) => String(row['object']));
  say('ending', ...objects);
  await library.trash.empty(ids);
  say('ended', ...objects);
}

async function evict(): Promise<void> {
  // Evicted copies are still there as references to their originals; the parent looks for either.
  await library.eviction.makeRoom(library.usage.copiedBytes() * 0.7);
}

function decide(): void {
  const row = handle.prepare('SELECT id, ifnull(object, origin_sha256) AS object FROM aside LIMIT 1').get();
  if (!row) return;
  const action = random(2) === 0 ? 'use' : 'discard';
  if (action === 'discard') say('ending', String(row['object']));
  library.aside.settle(Number(row['id']), action);
}

for (;;) {
  batch();
  const next = random(10);
  if (next < 2) await emptyTrash();
  else if (next === 2) await evict();
  else if (next === 3) decide();
  else if (next === 4) library.saveMarks();
}
