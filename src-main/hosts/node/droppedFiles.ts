/**
 * Files dropped onto a browser page, which tells no paths: they are streamed into a folder of the data directory and
 * opened from there. Names come from us alone: the drop's random id and a running number.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, statfs } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Left free on the disk, so that the index can still be written. */
const RESERVE_BYTES = 1024 ** 3;

export type DropAnswer =
  { readonly status: 200; readonly folder: string } | { readonly status: 400 | 507; readonly reason: string };

export function parseDropPath(pathname: string): { readonly dropId: string; readonly index: number } | null {
  const [, dropId, index] = /^\/dropped\/([0-9a-f]{32})\/(\d{1,7})$/.exec(pathname) ?? [];
  return dropId === undefined ? null : { dropId, index: Number(index) };
}

export async function receiveDroppedFile(
  request: IncomingMessage,
  dataDirectory: string,
  drop: { readonly dropId: string; readonly index: number },
): Promise<DropAnswer> {
  const folder = join(dataDirectory, 'dropped', drop.dropId);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const capBytes = await freeBytes(folder);
  if (Number(request.headers['content-length'] ?? 0) > capBytes) return diskFull();
  const path = join(folder, String(drop.index));
  const part = `${path}.part`;
  try {
    await pipeline(request, capped(capBytes), createWriteStream(part, { flags: 'wx', mode: 0o600 }));
    await rename(part, path);
    return { status: 200, folder };
  } catch (error) {
    await rm(part, { force: true });
    const isFull = error instanceof CapExceeded || (error as NodeJS.ErrnoException).code === 'ENOSPC';
    return isFull ? diskFull() : { status: 400, reason: 'A dropped file did not arrive whole.' };
  }
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
