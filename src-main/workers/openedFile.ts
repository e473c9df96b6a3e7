/** The file that a worker opened last, kept because its next frame is the likeliest next question. */
import { readFile, stat } from 'node:fs/promises';
import { AppError } from '../../src-shared/base/appError';
import { openInstance, type Instance } from '../../src-shared/dataset/instance';

interface Opened {
  readonly path: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  readonly instance: Instance;
}

/** Largest file read into memory, in bytes: what `readFile` takes. */
const MAX_FILE_BYTES = 2 ** 31 - 1;

function readFailure(thrown: unknown): AppError {
  const isMissing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
  return isMissing
    ? new AppError('file/not-found', 'The file is not there.', {}, thrown)
    : new AppError('file/unreadable', 'The file could not be read.', {}, thrown);
}

async function read(path: string): Promise<Opened> {
  const facts = await stat(path);
  if (!facts.isFile()) throw new AppError('file/unreadable', 'This is not a file.');
  if (facts.size > MAX_FILE_BYTES)
    throw new AppError('file/unreadable', 'The file is larger than 2 GiB.', { sizeBytes: facts.size });
  const bytes = await readFile(path);
  const instance = openInstance(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return { path, sizeBytes: facts.size, mtimeMs: facts.mtimeMs, instance };
}

/** @returns a function that gives the instance in a file, reading it again only when the file has changed. */
export function createFileOpener(): (path: string) => Promise<Instance> {
  let last: Opened | null = null;

  const isStillTrue = async (opened: Opened): Promise<boolean> => {
    const facts = await stat(opened.path);
    return facts.size === opened.sizeBytes && facts.mtimeMs === opened.mtimeMs;
  };

  return async (path) => {
    try {
      if (last?.path === path && (await isStillTrue(last))) return last.instance;
      last = null;
      last = await read(path);
      return last.instance;
    } catch (thrown) {
      last = null;
      throw thrown instanceof AppError ? thrown : readFailure(thrown);
    }
  };
}
