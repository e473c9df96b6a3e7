/**
 * Files dropped onto a browser page, which tells no paths: they are streamed into a folder of the data directory, laid out as
 * they were dropped, so that a DICOMDIR among them still leads to its files, and copied into the library from there. Names
 * that no disk should be given are replaced; nothing ever lies outside the drop's own folder.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { lstat, mkdir, rename, rm, statfs } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DROPS_FOLDER } from '../../compose/hosting/drops';

/** Left free on the disk, so that the index can still be written. */
const RESERVE_BYTES = 1024 ** 3;
const MOST_PARTS = 32;
const MOST_NAME_BYTES = 120;
/** Names that mean devices to Windows, whatever follows their dot. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

export interface DropAddress {
  readonly dropId: string;
  readonly index: number;
  /** Safe as names on any disk; never empty. */
  readonly parts: readonly string[];
}

/** `top`: the file or folder of the drop that the file belongs to. */
export type DropAnswer =
  | { readonly status: 200; readonly folder: string; readonly top: string }
  | { readonly status: 400 | 507; readonly reason: string };

/** `/dropped/<32 hex digits>/<number>?path=CD/DICOM/IM1` */
export function parseDropAddress(url: URL): DropAddress | null {
  const [, dropId, index] = /^\/dropped\/([0-9a-f]{32})\/(\d{1,7})$/.exec(url.pathname) ?? [];
  if (dropId === undefined || index === undefined) return null;
  const names = (url.searchParams.get('path') ?? '').split('/').filter((name) => name !== '');
  const parts = names.length === 0 || names.length > MOST_PARTS ? [`file-${index}`] : names.map(safeName);
  return { dropId, index: Number(index), parts };
}

/** The name itself where every disk takes it; otherwise one made of its digest, the same for the same name. */
function safeName(name: string): string {
  const isSafe =
    /^[\p{L}\p{N}_][\p{L}\p{N}\p{M} ._;,()+~@=&'-]*$/u.test(name) &&
    !/[. ]$/.test(name) &&
    !RESERVED.test(name) &&
    Buffer.byteLength(name) <= MOST_NAME_BYTES;
  return isSafe ? name : `~${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;
}

export async function receiveDroppedFile(
  request: IncomingMessage,
  dataDirectory: string,
  drop: DropAddress,
): Promise<DropAnswer> {
  const drops = join(dataDirectory, DROPS_FOLDER);
  const folder = join(drops, drop.dropId);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const capBytes = await freeBytes(folder);
  if (Number(request.headers['content-length'] ?? 0) > capBytes) return diskFull();
  const part = join(drops, `${drop.dropId}-${String(drop.index)}.part`);
  try {
    await pipeline(request, capped(capBytes), createWriteStream(part, { flags: 'wx', mode: 0o600 }));
    return { status: 200, folder, top: await place(part, folder, drop) };
  } catch (error) {
    await rm(part, { force: true });
    const isFull = error instanceof CapExceeded || (error as NodeJS.ErrnoException).code === 'ENOSPC';
    return isFull ? diskFull() : { status: 400, reason: 'A dropped file did not arrive whole.' };
  }
}

/** Nothing that is there is replaced: a second file of a name, or one inside a file, gets its number as its place. */
async function place(part: string, folder: string, { parts, index }: DropAddress): Promise<string> {
  const wanted = join(folder, ...parts);
  const isFree = await mkdir(dirname(wanted), { recursive: true, mode: 0o700 }).then(
    () => isAbsent(wanted),
    () => false,
  );
  const [top = '', ...below] = isFree ? parts : [`~${String(index)}`];
  await rename(part, join(folder, top, ...below));
  return join(folder, top);
}

function isAbsent(path: string): Promise<boolean> {
  return lstat(path).then(
    () => false,
    () => true,
  );
}

/** At the start: what was dropped earlier is in the library as a copy, or was never taken. */
export async function removeOldDrops(dataDirectory: string): Promise<void> {
  await rm(join(dataDirectory, DROPS_FOLDER), { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}

class CapExceeded extends Error {}

function capped(capBytes: number): Transform {
  let seenBytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seenBytes += chunk.length;
      if (seenBytes > capBytes) done(new CapExceeded());
      else done(null, chunk);
    },
  });
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return Math.max(0, bavail * bsize - RESERVE_BYTES);
}

function diskFull(): DropAnswer {
  return { status: 507, reason: 'The dropped files do not fit on the disk that holds the library.' };
}
