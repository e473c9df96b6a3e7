/** ZIP: read by its central directory through a window on the file; where that is damaged, by the headers of its entries. */
import { open, type FileHandle } from 'node:fs/promises';
import { configure, Reader, ZipReader, type Entry, type FileEntry } from '@zip.js/zip.js';
import { AppError } from '../../src-shared/base/appError';
import { archiveProblem, type ArchiveItem, type ArchiveOpening } from './archiveOpening';
import type { FileSlice } from './source';
import { endsArchive, SpoolFile } from './unpacking';
import { salvageZip } from './zipSalvage';

configure({ useWebWorkers: false, maxWorkers: 1 });

/** Office documents and Java archives are ZIPs too: one file to the user, and never of images. */
const NO_MEDIUM = /^(\[Content_Types\]\.xml|META-INF\/|mimetype$|AndroidManifest\.xml)/;

export async function* openZip(opening: ArchiveOpening): AsyncGenerator<ArchiveItem> {
  const handle = await open(opening.slice.path, 'r');
  const reader = new ZipReader(new WindowReader(handle, opening), {
    decodeText: decodeName,
    // Names are made harmless where they are shown, and never used on disk; what surrounds the entries is no concern.
    strictness: 'tolerant',
    filenameValidation: 'tolerant',
  });
  try {
    yield* read(reader, opening);
  } finally {
    await reader.close().catch(() => undefined);
    await handle.close();
  }
}

async function* read(reader: ZipReader<unknown>, opening: ArchiveOpening): AsyncGenerator<ArchiveItem> {
  let entries: Entry[];
  try {
    entries = await entriesOf(reader, opening);
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    yield* salvageZip(opening);
    return;
  }
  if (NO_MEDIUM.test(entries[0]?.filename ?? '')) return;
  const passwords = new Passwords(opening);
  for (const entry of entries) {
    if (opening.context.signal.aborted) return;
    if (entry.directory) continue;
    const item = await unpack(entry, opening, passwords);
    if (item) yield item;
  }
}

async function entriesOf(reader: ZipReader<unknown>, { budget }: ArchiveOpening): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of reader.getEntriesGenerator()) {
    budget.entry();
    entries.push(entry);
  }
  return entries;
}

async function unpack(entry: FileEntry, opening: ArchiveOpening, passwords: Passwords): Promise<ArchiveItem | null> {
  const { names, context, budget } = opening;
  const { name, isUnsafe } = names.shown(entry.filename);
  if (isLink(entry))
    return problem(name, new AppError('archive/unsafe-name', 'A link inside an archive is not followed.'));
  try {
    const password = entry.encrypted ? await passwords.for(entry) : null;
    if (entry.encrypted && password === null) {
      return passwords.leftOut(name);
    }
    const slice = await spoolEntry(entry, password, {
      context,
      budget,
      packedBytes: entry.compressedSize,
      expectedBytes: entry.uncompressedSize,
    });
    return { kind: 'entry', name, isUnsafe, slice };
  } catch (thrown) {
    if (context.signal.aborted) return null;
    if (endsArchive(thrown)) throw thrown;
    return problem(name, entryError(thrown));
  }
}

async function spoolEntry(
  entry: FileEntry,
  password: string | null,
  options: Parameters<typeof SpoolFile.create>[0],
): Promise<FileSlice> {
  const file = await SpoolFile.create(options);
  let failure: unknown = null;
  const sink = new WritableStream<Uint8Array>({
    async write(chunk) {
      try {
        await file.write(chunk);
      } catch (thrown) {
        failure ??= thrown;
        throw thrown;
      }
    },
  });
  try {
    await entry.getData(sink, {
      ...(password === null ? {} : { password }),
      checkSignature: true,
      signal: options.context.signal,
      useWebWorkers: false,
    });
    return await file.finish();
  } catch (thrown) {
    await file.giveUp();
    throw failure ?? thrown;
  }
}

/** One password for the whole archive, asked when the first entry wants it. */
class Passwords {
  readonly #opening: ArchiveOpening;
  #password: string | null | undefined;
  #isTold = false;

  constructor(opening: ArchiveOpening) {
    this.#opening = opening;
  }

  async for(entry: FileEntry): Promise<string | null> {
    if (this.#password !== undefined) return this.#password;
    lastArchiveId += 1;
    const archiveId = lastArchiveId;
    const { context, label } = this.#opening;
    for (let wasWrong = false; ; wasWrong = true) {
      const password = await context.askPassword({ archiveId, label, wasWrong });
      if (password !== null && !(await fits(entry, password))) continue;
      this.#password = password;
      return password;
    }
  }

  /** Said once for the archive. */
  leftOut(name: string): ArchiveItem | null {
    if (this.#isTold) return null;
    this.#isTold = true;
    const path = this.#opening.pathInSource || name;
    const reason = 'The archive is protected by a password and was left out.';
    return { kind: 'problem', problem: { path, code: 'archive/password', reason } };
  }
}

const MOST_TRIED_BYTES = 8 * 1024 * 1024;
const ENOUGH = new Error('enough was unpacked to believe the password');

let lastArchiveId = 0;

/** The old encryption accepts one wrong password in 256, so the entry has to come out whole, or a good part of it. */
async function fits(entry: FileEntry, password: string): Promise<boolean> {
  let bytes = 0;
  const sink = new WritableStream<Uint8Array>({
    write(chunk) {
      bytes += chunk.length;
      if (bytes > MOST_TRIED_BYTES) throw ENOUGH;
    },
  });
  try {
    await entry.getData(sink, { password, checkSignature: true, useWebWorkers: false });
    return true;
  } catch {
    return bytes > MOST_TRIED_BYTES;
  }
}

function problem(path: string, thrown: unknown): ArchiveItem {
  return { kind: 'problem', problem: archiveProblem(path, thrown) };
}

function entryError(thrown: unknown): unknown {
  if (thrown instanceof AppError || (thrown instanceof Error && 'errno' in thrown)) return thrown;
  return new AppError('archive/unreadable', 'This entry of the archive is damaged.', {}, thrown);
}

const UNIX_TYPE = 0o170000;
const UNIX_LINK = 0o120000;

function isLink({ externalFileAttributes, versionMadeBy }: FileEntry): boolean {
  const isUnix = versionMadeBy >>> 8 === 3;
  return isUnix && ((externalFileAttributes >>> 16) & UNIX_TYPE) === UNIX_LINK;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Many programs write UTF-8 without saying so; what is none is left to the library's code page 437. */
function decodeName(value: Uint8Array, encoding: string): string | undefined {
  if (encoding !== 'cp437') return undefined;
  try {
    return utf8.decode(value);
  } catch {
    return undefined;
  }
}

/** A part of a file as the library reads it, piece by piece. */
class WindowReader extends Reader<FileHandle> {
  readonly #handle: FileHandle;
  readonly #offset: number;

  constructor(handle: FileHandle, { slice, sizeBytes }: ArchiveOpening) {
    super(handle);
    this.#handle = handle;
    this.#offset = slice.offset;
    this.size = sizeBytes;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.size - index)));
    let have = 0;
    while (have < bytes.length) {
      const { bytesRead } = await this.#handle.read(bytes, have, bytes.length - have, this.#offset + index + have);
      if (bytesRead === 0) break;
      have += bytesRead;
    }
    return bytes.subarray(0, have);
  }
}
