/** Brings files, folders, media and archives into the library. Implements `importContract`. */
import { AppError, toAppError } from '../../src-shared/base/appError';
import type {
  ImportChoice,
  ImportEvent,
  ImportLine,
  ImportOptions,
  ImportReport,
  LineOutcome,
} from '../../src-shared/contract';
import { EventQueue } from './eventQueue';
import { createDemo, type DemoParts } from './importDemo';
import { ImportJob } from './importJob';
import type { ImportParts } from './importParts';
import { writeReport } from './reportFile';
import { rereadText, type RereadParts, type RereadResult } from './rereadText';

export interface LineRange {
  readonly importId: number;
  readonly outcomes?: readonly LineOutcome[] | undefined;
  readonly offset: number;
  readonly limit: number;
}

export type ImportEvents = AsyncGenerator<ImportEvent, void, undefined>;

export interface ImportService {
  /** Progress at most ten times a second, then the report. Leaving the iteration, or `signal`, cancels. */
  open(paths: readonly string[], options?: ImportOptions, signal?: AbortSignal): ImportEvents;
  /** @throws `service/unknown-id` */
  choose(jobId: number, choice: ImportChoice): void;
  /** @throws `service/unknown-id` */
  password(jobId: number, archiveId: number, password: string | null): void;
  /** @throws `service/unknown-id` */
  resume(jobId: number): void;
  openDemo(signal?: AbortSignal): ImportEvents;
  /** Newest first. */
  reports(): readonly ImportReport[];
  lines(range: LineRange): { readonly total: number; readonly lines: readonly ImportLine[] };
  /** @throws `service/unknown-id`, `store/*` */
  rereadText(sourceId: number, characterSet: string | null): Promise<RereadResult>;
  /** Writes a report as CSV; gives its absolute path, `null` for an unknown id. */
  reportPath(importId: number): Promise<string | null>;
  /** Cancels what runs and waits for its end. */
  dispose(): Promise<void>;
}

export interface ImportServiceParts extends ImportParts, DemoParts {
  readonly text: RereadParts['text'];
  /** An import has ended, cancelled or not, after adding to or meeting these studies. */
  onImported?(studyIds: readonly number[]): void;
  /** Where reports are written as files. */
  readonly exportsDirectory: string;
}

interface Start {
  readonly paths: readonly string[];
  readonly options: ImportOptions;
  readonly outer: AbortSignal | undefined;
  /** Before the walk. */
  prepare?(signal: AbortSignal, emit: (event: ImportEvent) => void): Promise<void>;
}

export function createImportService(parts: ImportServiceParts): ImportService {
  const demo = createDemo(parts);
  const jobs = new Map<number, ImportJob>();
  const running = new Map<AbortController, Promise<unknown>>();
  let lastJobId = 0;

  const runJob = async (start: Start, signal: AbortSignal, emit: (event: ImportEvent) => void): Promise<void> => {
    await start.prepare?.(signal, emit);
    lastJobId += 1;
    const jobId = lastJobId;
    const job = new ImportJob(parts, { jobId, paths: start.paths, options: start.options, signal, emit });
    jobs.set(jobId, job);
    try {
      const report = await job.run();
      parts.onImported?.(report.studyIds);
      emit({ kind: 'report', report });
    } finally {
      jobs.delete(jobId);
    }
  };

  const iterate = async function* (start: Start): ImportEvents {
    const left = new AbortController();
    const signal = start.outer ? AbortSignal.any([start.outer, left.signal]) : left.signal;
    const events = new EventQueue<ImportEvent>();
    const done = runJob(start, signal, (event) => events.push(event)).then(
      () => events.close(),
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

  const jobOf = (jobId: number): ImportJob => {
    const job = jobs.get(jobId);
    if (!job) throw new AppError('service/unknown-id', 'This import is over.', { jobId });
    return job;
  };

  return {
    open: (paths, options = {}, outer) => iterate({ paths, options, outer }),
    choose: (jobId, choice) => jobOf(jobId).choose(choice),
    password: (jobId, archiveId, password) => jobOf(jobId).password(archiveId, password),
    resume: (jobId) => jobOf(jobId).resume(),
    openDemo: (outer) =>
      iterate({
        paths: [parts.demoDirectory],
        options: { placement: 'reference', asks: false },
        outer,
        prepare: (signal, emit) => demo(signal, (progress) => emit({ kind: 'progress', progress })),
      }),
    reports: () => parts.store.imports.reports(),
    lines: ({ importId, outcomes, offset, limit }) =>
      parts.store.imports.lines(importId, outcomes ?? null, { offset, limit }),
    rereadText: (sourceId, characterSet) => {
      const { text, store, pool, changes } = parts;
      return rereadText({ text, sources: store.sources, pool, changes }, { sourceId, characterSet });
    },
    reportPath: (importId) => writeReport(parts.store.imports, importId, parts.exportsDirectory),
    dispose: async () => {
      for (const left of running.keys()) left.abort();
      await Promise.all(running.values());
    },
  };
}
