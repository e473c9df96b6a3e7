/** Opens files and folders where they are. Implements `importContract`. */
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { toAppError } from '../../src-shared/base/appError';
import type { ImportEvent, ImportProgress, ImportReport } from '../../src-shared/contract';
import { EventQueue } from './eventQueue';
import { ImportRun, type ImportRunDependencies, type ImportRunRequest } from './importRun';

export interface ImportService {
  /** Progress at most ten times a second, then the report. Leaving the iteration, or `signal`, cancels. */
  open(paths: readonly string[], signal?: AbortSignal): AsyncGenerator<ImportEvent, void, undefined>;
  openDemo(signal?: AbortSignal): AsyncGenerator<ImportEvent, void, undefined>;
  /** Newest first. */
  reports(): readonly ImportReport[];
  /** Cancels what runs and waits for its end. */
  dispose(): Promise<void>;
}

export interface ImportServiceDependencies extends ImportRunDependencies {
  /** An import has ended, cancelled or not, after adding to or meeting these studies. */
  onImported?(studyIds: readonly number[]): void;
  /** Folder that holds the demo study once it was generated. */
  readonly demoDirectory: string;
  /** Writes the demo study's files into an existing empty folder. */
  generateDemo(
    directory: string,
    onProgress: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<void>;
}

const DEMO_SOURCE = 'Demo';

type Work = (signal: AbortSignal, onProgress: (progress: ImportProgress) => void) => Promise<ImportReport>;

export function createImportService(needs: ImportServiceDependencies): ImportService {
  let demo: Promise<unknown> = Promise.resolve();
  const running = new Map<AbortController, Promise<unknown>>();

  const iterate = async function* (work: Work, outer?: AbortSignal): AsyncGenerator<ImportEvent, void, undefined> {
    const left = new AbortController();
    const signal = outer ? AbortSignal.any([outer, left.signal]) : left.signal;
    const events = new EventQueue<ImportEvent>();
    const done = work(signal, (progress) => events.push({ kind: 'progress', progress })).then(
      (report) => {
        events.push({ kind: 'report', report });
        events.close();
      },
      (error: unknown) => events.fail(toAppError(error, 'service/failed')),
    );
    running.set(left, done);
    try {
      yield* events;
    } finally {
      left.abort();
      await done;
      running.delete(left);
    }
  };

  const run = async (request: ImportRunRequest): Promise<ImportReport> => {
    const report = await new ImportRun(needs, request).run();
    needs.onImported?.(report.studyIds);
    return report;
  };

  return {
    open: (paths, outer) => iterate((signal, onProgress) => run({ paths, signal, onProgress }), outer),
    openDemo: (outer) =>
      iterate(async (signal, onProgress) => {
        // One at a time: whoever asks again meanwhile finds it there.
        const preparing = demo.then(() => prepareDemo(needs, signal, onProgress));
        demo = preparing.catch(() => undefined);
        await preparing;
        return run({ paths: [needs.demoDirectory], source: DEMO_SOURCE, signal, onProgress });
      }, outer),
    reports: () => needs.store.imports.all(),
    dispose: async () => {
      for (const left of running.keys()) left.abort();
      await Promise.all(running.values());
    },
  };
}

/** Generated beside its place and renamed into it, so that a demo folder that exists is complete. */
async function prepareDemo(
  needs: ImportServiceDependencies,
  signal: AbortSignal,
  onProgress: (progress: ImportProgress) => void,
): Promise<void> {
  const { demoDirectory } = needs;
  const isCancelled = () => signal.aborted;
  if (isCancelled() || (await exists(demoDirectory))) return;
  const unfinished = `${demoDirectory}.part`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  const startedAtMs = needs.nowMs();
  await needs.generateDemo(
    unfinished,
    (done, total) => onProgress(generating(done, total, needs.nowMs() - startedAtMs)),
    signal,
  );
  if (!isCancelled()) await rename(unfinished, demoDirectory);
}

/** Files that are written count as found. */
function generating(done: number, total: number, tookMs: number): ImportProgress {
  const none = { seen: 0, dicom: 0, notDicom: 0, failed: 0, added: 0, duplicates: 0 };
  const filesPerSecond = tookMs > 0 ? (done * 1000) / tookMs : 0;
  const secondsLeft = filesPerSecond > 0 ? (total - done) / filesPerSecond : null;
  return { ...none, phase: 'walking', found: done, read: 0, filesPerSecond, secondsLeft };
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
