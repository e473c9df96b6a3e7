/**
 * A library on a disk that is full to the last byte, then not any more. Argument: a folder on a small disk of its own.
 * Prints one object: what the full disk did, and what disk and index say of each other afterwards.
 */
import { readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../../src-shared/base/appError';
import type { Incoming } from '../../src-main/store/types';
import { copy, incoming, objectBytes, sha256Of } from './arrivals';
import { disagreements, Told } from './libraryTruth';
import { openTestLibrary } from './writingSide';

const [disk = ''] = process.argv.slice(2);
const directory = path.join(disk, 'library');
const ballast = path.join(disk, 'ballast');
const told = new Told();
const library = openTestLibrary(directory);
let made = 0;

function batch(): { readonly arrivals: readonly Incoming[]; readonly digests: readonly string[] } {
  const objects = Array.from({ length: 40 }, () => objectBytes({ sopUid: `2.25.3${String((made += 1))}` }));
  const arrivals = objects.map((bytes) => incoming(bytes, copy(library.intake, bytes)));
  return { arrivals, digests: objects.map(sha256Of) };
}

function take({ arrivals, digests }: ReturnType<typeof batch>): string {
  try {
    library.intake.take(arrivals, 1);
    told.take(digests);
    return 'taken';
  } catch (thrown) {
    return thrown instanceof AppError ? thrown.code : String(thrown);
  }
}

function fillDisk(): void {
  for (let bytes = 1 << 20; bytes >= 1;) {
    try {
      writeFileSync(ballast, Buffer.alloc(bytes), { flag: 'a' });
    } catch {
      bytes >>= 1;
    }
  }
}

const rows = () => Number(library.database.handle.prepare('SELECT count(*) AS n FROM instances').get()?.['n']);

const first = take(batch());
// The parts are there, and no byte is left for their rows. The log has room that it gave back before: until it is used up.
const whileFull: string[] = [];
let refused: ReturnType<typeof batch> | null = null;
for (let tries = 0; tries < 50 && !refused; tries += 1) {
  const next = batch();
  fillDisk();
  const free = statfsSync(disk).bavail;
  const outcome = take(next);
  whileFull.push(`${outcome} with ${String(free)} blocks`);
  if (outcome !== 'taken') refused = next;
  else rmSync(ballast);
}
const readable = rows();
const waiting = readdirSync(library.intake.incomingDirectory).length;
rmSync(ballast);
const again = refused ? take(refused) : 'never full';
library.crash();
const after = disagreements(directory, told);
console.log(
  JSON.stringify({
    first,
    refusal: whileFull.at(-1)?.split(' ')[0] ?? '',
    isReadable: readable === told.taken.size - (refused?.digests.length ?? 0),
    waiting,
    again,
    after,
  }),
);
