/** TAR, plain or compressed by gzip, and single files compressed by gzip: one stream from begin to end. */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { extract, type Extract, type Header } from 'tar-stream';
import { AppError } from '../../src-shared/base/appError';
import { archiveProblem, type ArchiveItem, type ArchiveOpening } from './archiveOpening';
import { isTarHeader } from './sniffArchive';
import { spool } from './unpacking';

const CUT = new AppError('archive/unreadable', 'The archive ends early or is damaged; what came before was read.');
const BLOCK = 512;

export async function* openTar(opening: ArchiveOpening): AsyncGenerator<ArchiveItem> {
  const { slice, sizeBytes, context } = opening;
  const end = slice.offset + Math.max(0, sizeBytes - 1);
  const packed = createReadStream(slice.path, { start: slice.offset, end });
  const abort = (): void => void packed.destroy();
  context.signal.addEventListener('abort', abort, { once: true });
  const chunks = new Chunks(packed);
  try {
    const isGzip = startsAsGzip(await chunks.peek(2));
    const content = isGzip ? new Chunks(gunzip(chunks)) : chunks;
    const isTar = isTarHeader(await content.peek(BLOCK));
    yield* isTar ? readTar(content, opening, !isGzip) : readSingle(content, opening);
  } catch (thrown) {
    if (context.signal.aborted) return;
    if (thrown instanceof AppError) throw thrown;
    yield { kind: 'problem', problem: archiveProblem(opening.pathInSource || opening.label, CUT) };
  } finally {
    context.signal.removeEventListener('abort', abort);
    packed.destroy();
  }
}

function startsAsGzip(start: Uint8Array): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

type TarEntry = Extract extends AsyncIterable<infer Entry> ? Entry : never;

async function* readTar(content: Chunks, opening: ArchiveOpening, isPlain: boolean): AsyncGenerator<ArchiveItem> {
  const { budget } = opening;
  const tar = extract();
  // What ends the stream early is thrown by the iteration below.
  const feeding = feed(content, tar).catch((thrown: unknown) => tar.destroy(asError(thrown)));
  try {
    for await (const entry of tar) {
      budget.entry();
      const item = await readEntry(entry, opening, isPlain);
      if (item) yield item;
    }
  } finally {
    tar.destroy();
    await feeding;
  }
}

async function feed(content: Chunks, tar: Extract): Promise<void> {
  const closed = new Promise<void>((resolve) => tar.once('close', resolve));
  for await (const chunk of content.all()) {
    if (tar.destroyed) return;
    if (!tar.write(chunk)) await Promise.race([closed, new Promise<void>((resolve) => tar.once('drain', resolve))]);
  }
  tar.end(null);
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

async function readEntry(entry: TarEntry, opening: ArchiveOpening, isPlain: boolean): Promise<ArchiveItem | null> {
  const { names, budget, context, slice } = opening;
  const { header } = entry;
  if (!isFile(header)) {
    entry.resume();
    if (header.type === 'directory') return null;
    const { name } = names.shown(header.name);
    const link = new AppError('archive/unsafe-name', 'A link or device inside an archive is not followed.');
    return { kind: 'problem', problem: archiveProblem(name, link) };
  }
  const { name, isUnsafe } = names.shown(header.name);
  if (isPlain) {
    entry.resume();
    const start = entry.offset + BLOCK;
    if (start + header.size > opening.sizeBytes) throw CUT;
    const offset = slice.offset + start;
    budget.unpacked(header.size);
    return { kind: 'entry', name, isUnsafe, slice: { path: slice.path, offset, sizeBytes: header.size } };
  }
  const chunks = entry as AsyncIterable<Uint8Array>;
  const spooled = await spool(chunks, { context, budget, packedBytes: null, expectedBytes: header.size });
  return { kind: 'entry', name, isUnsafe, slice: spooled };
}

function isFile({ type }: Header): boolean {
  return type === 'file' || type === 'contiguous-file';
}

/** A gzip of one file: named as the archive, without its ending. */
async function* readSingle(content: Chunks, opening: ArchiveOpening): AsyncGenerator<ArchiveItem> {
  const { names, budget, context, label, sizeBytes } = opening;
  budget.entry();
  const { name } = names.shown(label.replace(/\.gz$/i, '') || label);
  const slice = await spool(content.all(), { context, budget, packedBytes: sizeBytes, expectedBytes: null });
  yield { kind: 'entry', name, isUnsafe: false, slice };
}

async function* gunzip(packed: Chunks): AsyncGenerator<Uint8Array> {
  const stream = createGunzip();
  const feeding = pipeline(Readable.from(packed.all()), stream).catch(() => undefined);
  try {
    for await (const chunk of stream) yield chunk as Uint8Array;
  } finally {
    stream.destroy();
    await feeding;
  }
}

/** Bytes in pieces, whose first ones can be looked at before they are taken. */
class Chunks {
  readonly #source: AsyncIterator<Uint8Array>;
  #start: Uint8Array = new Uint8Array(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Fewer at the end. */
  async peek(length: number): Promise<Uint8Array> {
    while (this.#start.length < length) {
      const next = await this.#source.next();
      if (next.done) break;
      this.#start = Buffer.concat([this.#start, next.value]);
    }
    return this.#start.subarray(0, length);
  }

  async *all(): AsyncGenerator<Uint8Array> {
    if (this.#start.length > 0) yield this.#start;
    for (let next = await this.#source.next(); !next.done; next = await this.#source.next()) yield next.value;
  }
}
