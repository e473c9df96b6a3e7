/**
 * ISO 9660 images with Joliet and Rock Ridge names. Files lie in them as they are, so that most entries are a slice of the
 * image and nothing is unpacked.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { AppError } from '../../src-shared/base/appError';
import { archiveProblem, type ArchiveItem, type ArchiveOpening } from './archiveOpening';
import { readRecords, SECTOR, type IsoRecord } from './isoRecords';
import { readVolume, type IsoVolume, type ReadImage } from './isoVolume';
import type { FileSlice } from './source';
import { spool } from './unpacking';

const MOST_DIRECTORY_BYTES = 64 * 1024 * 1024;
const CHUNK = 1024 * 1024;

interface Extent {
  readonly offset: number;
  readonly bytes: number;
}

/** A directory still to be read. */
interface Waiting {
  readonly path: string;
  readonly block: number;
  readonly bytes: number;
}

interface Walk {
  readonly opening: ArchiveOpening;
  readonly volume: IsoVolume;
  readonly read: ReadImage;
  readonly waiting: Waiting[];
  readonly visited: Set<number>;
}

export async function* openIso(opening: ArchiveOpening): AsyncGenerator<ArchiveItem> {
  const descriptor = openSync(opening.slice.path, 'r');
  try {
    const read = imageReader(descriptor, opening);
    const volume = readVolume(read);
    if (!volume) throw new AppError('archive/unreadable', 'The image describes no volume that can be read.');
    const root: Waiting = { path: '', block: volume.rootBlock, bytes: volume.rootBytes };
    const walk: Walk = { opening, volume, read, waiting: [root], visited: new Set() };
    for (let next = walk.waiting.shift(); next && !opening.context.signal.aborted; next = walk.waiting.shift()) {
      yield* readDirectory(next, walk);
    }
  } finally {
    closeSync(descriptor);
  }
}

function imageReader(descriptor: number, { slice, sizeBytes }: ArchiveOpening): ReadImage {
  return (offset, length) => {
    const wanted = Math.max(0, Math.min(length, sizeBytes - offset));
    const bytes = new Uint8Array(wanted);
    let have = 0;
    while (have < wanted) {
      const count = readSync(descriptor, bytes, have, wanted - have, slice.offset + offset + have);
      if (count === 0) break;
      have += count;
    }
    return bytes.subarray(0, have);
  };
}

async function* readDirectory(directory: Waiting, walk: Walk): AsyncGenerator<ArchiveItem> {
  const { opening, volume, read, visited } = walk;
  if (visited.has(directory.block)) {
    yield problem(opening, directory.path, 'This folder of the image leads back to one that contains it.');
    return;
  }
  visited.add(directory.block);
  opening.budget.entry();
  const bytes = read(directory.block * SECTOR, Math.min(directorySize(directory, read), MOST_DIRECTORY_BYTES));
  if (bytes.length < Math.min(directory.bytes, MOST_DIRECTORY_BYTES)) {
    yield problem(opening, directory.path, 'The image ends within this folder.');
  }
  const records = readRecords(bytes, {
    decode: volume.decode,
    skip: volume.skip,
    readAt: (block, offset, length) => read(block * SECTOR + offset, length),
  });
  let parts: Extent[] = [];
  for (const record of records) {
    const path = directory.path === '' ? record.name : `${directory.path}/${record.name}`;
    if (record.isDirectory || record.childBlock !== null) enter(record, path, walk);
    else if (record.isLink)
      yield problem(opening, path, 'A link inside an archive is not followed.', 'archive/unsafe-name');
    else {
      opening.budget.entry();
      parts.push({ offset: record.block * SECTOR, bytes: record.bytes });
      if (record.hasMore) continue;
      yield await readFile(path, parts, walk);
      parts = [];
    }
  }
}

/** Of a directory that was moved, only the place is told: its own record has the size. */
function directorySize({ block, bytes }: Waiting, read: ReadImage): number {
  if (bytes > 0) return bytes;
  const self = read(block * SECTOR, 34);
  if (self.length < 34) return 0;
  return new DataView(self.buffer, self.byteOffset, self.byteLength).getUint32(10, true);
}

function enter(record: IsoRecord, path: string, { waiting }: Walk): void {
  if (record.isRelocated) return;
  const isElsewhere = record.childBlock !== null;
  waiting.push({ path, block: record.childBlock ?? record.block, bytes: isElsewhere ? 0 : record.bytes });
}

async function readFile(path: string, parts: readonly Extent[], walk: Walk): Promise<ArchiveItem> {
  const { opening } = walk;
  const { name, isUnsafe } = opening.names.shown(path);
  const end = Math.max(...parts.map((part) => part.offset + part.bytes));
  if (end > opening.sizeBytes) {
    return problem(opening, path, 'The image ends before this file does.');
  }
  return { kind: 'entry', name, isUnsafe, slice: await sliceOf(parts, walk) };
}

/** One piece of the image where the parts of a file follow each other; else they are put together. */
async function sliceOf(parts: readonly Extent[], { opening, read }: Walk): Promise<FileSlice> {
  const [first] = parts;
  const total = parts.reduce((sum, part) => sum + part.bytes, 0);
  const isWhole = parts.every((part, index) => {
    const before = parts[index - 1];
    return !before || before.offset + before.bytes === part.offset;
  });
  if (first && isWhole) {
    opening.budget.unpacked(total);
    return { path: opening.slice.path, offset: opening.slice.offset + first.offset, sizeBytes: total };
  }
  const { context, budget } = opening;
  return spool(piecesOf(parts, read), { context, budget, packedBytes: total, expectedBytes: total });
}

async function* piecesOf(parts: readonly Extent[], read: ReadImage): AsyncGenerator<Uint8Array> {
  for (const { offset, bytes } of parts) {
    for (let done = 0; done < bytes; done += CHUNK) {
      yield await Promise.resolve(read(offset + done, Math.min(CHUNK, bytes - done)));
    }
  }
}

function problem(
  { names, pathInSource, label }: ArchiveOpening,
  path: string,
  reason: string,
  code: 'archive/unreadable' | 'archive/unsafe-name' = 'archive/unreadable',
): ArchiveItem {
  const shown = path === '' ? pathInSource || label : names.shown(path).name;
  return { kind: 'problem', problem: archiveProblem(shown, new AppError(code, reason)) };
}
