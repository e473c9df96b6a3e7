/** The demo study: generated once, on first demand, into the data directory. */
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportProgress } from '../../src-shared/contract';

export interface DemoParts {
  /** Folder that holds the demo study once it was generated. */
  readonly demoDirectory: string;
  /** Writes the demo study's files into an existing empty folder. */
  generateDemo(
    directory: string,
    onProgress: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<void>;
  nowMs(): number;
}

type Told = (progress: ImportProgress) => void;

/** One at a time: whoever asks again meanwhile finds it there. */
export function createDemo(parts: DemoParts): (signal: AbortSignal, onProgress: Told) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  return async (signal, onProgress) => {
    const preparing = last.then(() => prepare(parts, signal, onProgress));
    last = preparing.catch(() => undefined);
    await preparing;
  };
}

/** Generated beside its place and renamed into it, so that a demo folder that exists is complete. */
async function prepare(parts: DemoParts, signal: AbortSignal, onProgress: Told): Promise<void> {
  const { demoDirectory } = parts;
  const isCancelled = () => signal.aborted;
  if (isCancelled() || (await exists(demoDirectory))) return;
  const unfinished = `${demoDirectory}.part`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  const startedAtMs = parts.nowMs();
  await parts.generateDemo(
    unfinished,
    (done, total) => onProgress(generating(done, total, parts.nowMs() - startedAtMs)),
    signal,
  );
  if (!isCancelled()) await rename(unfinished, demoDirectory);
}

/** Files that are written count as unpacked. */
function generating(done: number, total: number, tookMs: number): ImportProgress {
  const filesPerSecond = tookMs > 0 ? (done * 1000) / tookMs : 0;
  return {
    ...{ seen: 0, added: 0, partial: 0, known: 0, aside: 0, directories: 0, notDicom: 0, rejected: 0, notChosen: 0 },
    phase: 'unpacking',
    found: done,
    isWalkOver: false,
    bytesDone: 0,
    bytesTotal: null,
    filesPerSecond,
    secondsLeft: filesPerSecond > 0 ? (total - done) / filesPerSecond : null,
  };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

export function demoDirectoryIn(dataDirectory: string): string {
  return join(dataDirectory, 'demo', 'ct');
}
