/** What is left of a ZIP whose central directory is gone: its entries one after the other, each by its own header. */
import { createReadStream } from 'node:fs';
import { Unzip, UnzipInflate, type UnzipFile } from 'fflate';
import { AppError } from '../../src-shared/base/appError';
import { archiveProblem, type ArchiveItem, type ArchiveOpening } from './archiveOpening';
import { SpoolFile } from './unpacking';

const CUT = new AppError(
  'archive/unreadable',
  'The archive ends early or is damaged; what could be read of it was read.',
);

interface Waiting {
  readonly file: UnzipFile;
  readonly chunks: Uint8Array[];
  isOver: boolean;
  error: unknown;
}

export async function* salvageZip(opening: ArchiveOpening): AsyncGenerator<ArchiveItem> {
  const { slice, sizeBytes, budget, context } = opening;
  const waiting: Waiting[] = [];
  const unzip = new Unzip((file) => waiting.push(begin(file)));
  unzip.register(UnzipInflate);
  const end = slice.offset + Math.max(0, sizeBytes - 1);
  let current: { readonly entry: Waiting; readonly file: SpoolFile } | null = null;
  const progress = async function* (): AsyncGenerator<ArchiveItem> {
    for (let entry = waiting[0]; entry; entry = waiting[0]) {
      if (current?.entry !== entry) {
        budget.entry();
        const file = await SpoolFile.create({
          context,
          budget,
          packedBytes: entry.file.size ?? null,
          expectedBytes: null,
        });
        current = { entry, file };
      }
      for (const chunk of entry.chunks.splice(0)) await current.file.write(chunk);
      if (!entry.isOver) return;
      waiting.shift();
      yield* finish(current.file, entry, opening);
      current = null;
    }
  };
  try {
    for await (const chunk of createReadStream(slice.path, { start: slice.offset, end, signal: context.signal })) {
      unzip.push(chunk as Uint8Array, false);
      yield* progress();
    }
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
  } finally {
    const left = current as { readonly file: SpoolFile } | null;
    if (left) await left.file.giveUp();
  }
  if (!context.signal.aborted) {
    yield { kind: 'problem', problem: archiveProblem(opening.pathInSource || opening.label, CUT) };
  }
}

function begin(file: UnzipFile): Waiting {
  const entry: Waiting = { file, chunks: [], isOver: false, error: null };
  file.ondata = (error, chunk, isLast) => {
    if (error) {
      entry.error = error;
      entry.isOver = true;
    } else {
      entry.chunks.push(chunk);
      entry.isOver = isLast;
    }
  };
  try {
    file.start();
  } catch (thrown) {
    entry.error = thrown;
    entry.isOver = true;
  }
  return entry;
}

async function* finish(file: SpoolFile, entry: Waiting, { names }: ArchiveOpening): AsyncGenerator<ArchiveItem> {
  if (entry.file.name.endsWith('/')) {
    await file.giveUp();
    return;
  }
  const { name, isUnsafe } = names.shown(entry.file.name);
  if (entry.error !== null) {
    await file.giveUp();
    const damaged = new AppError('archive/unreadable', 'This entry of the archive is damaged.');
    yield { kind: 'problem', problem: archiveProblem(name, damaged) };
    return;
  }
  yield { kind: 'entry', name, isUnsafe, slice: await file.finish() };
}
