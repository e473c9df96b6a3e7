/**
 * Runs imports one after the other. Leaving the service's iteration cancels it; the report of a cancelled import still
 * arrives first, because leaving is asked for and the iteration ends by itself where the service allows it.
 */
import type { ImportChoice, ImportEvent, ImportOptions, ImportReport } from '../../../src-shared/contract';
import { changeRunning, importStore, putReports, type ImportJob } from './importStore';
import { applyEvent, startedImport, withAnswer, withQuestionAgain } from './runningImport';

/** What the queue needs of the services, so that a test can stand in for them. */
export interface ImportSource {
  open(paths: readonly string[], options: ImportOptions, signal: AbortSignal): Promise<AsyncIterable<ImportEvent>>;
  openDemo(signal: AbortSignal): Promise<AsyncIterable<ImportEvent>>;
  choose(jobId: number, choice: ImportChoice): Promise<void>;
  password(jobId: number, archiveId: number, password: string | null): Promise<void>;
  resume(jobId: number): Promise<void>;
}

/** How an import ended. Cancelled without a report: the service was left before it had one, perhaps before it took a file. */
export type ImportOutcome =
  | { readonly kind: 'report'; readonly job: ImportJob; readonly report: ImportReport }
  | { readonly kind: 'cancelled'; readonly job: ImportJob; readonly hasTaken: boolean }
  | { readonly kind: 'failed'; readonly job: ImportJob; readonly error: unknown };

export interface ImportQueue {
  /** Resolves when this import has ended, however it did. */
  add(what: ImportJob['what'], options?: ImportOptions): Promise<ImportOutcome>;
  /** Cancels the running import; those waiting go on. */
  cancel(): void;
  /** Begins the running import anew with other options; whoever waits for it hears of the new end only. */
  restart(options: ImportOptions): void;
  /** Takes what was chosen, also while the survey still runs. */
  choose(choice: ImportChoice): Promise<void>;
  /** `null` leaves the archive out. */
  answerPassword(archiveId: number, password: string | null): Promise<void>;
  /** Tries again at once what is paused. */
  resume(): Promise<void>;
}

export function createImportQueue(source: ImportSource, onEnd: (outcome: ImportOutcome) => void): ImportQueue {
  let last: Promise<unknown> = Promise.resolve();
  let lastId = 0;
  let controller: AbortController | null = null;
  let again: ImportOptions | null = null;

  const runOnce = async (job: ImportJob): Promise<ImportOutcome> => {
    controller = new AbortController();
    importStore.setState(({ waiting }) => ({
      running: startedImport(job),
      waiting: waiting.filter(({ id }) => id !== job.id),
    }));
    return outcomeOf(source, job, controller.signal);
  };

  const run = async (first: ImportJob): Promise<ImportOutcome> => {
    let outcome = await runOnce(first);
    for (let options = taken(); options !== null; options = taken()) outcome = await runOnce({ ...first, options });
    controller = null;
    importStore.setState({ running: null });
    if (outcome.kind === 'report') putReports([outcome.report]);
    onEnd(outcome);
    return outcome;
  };

  const taken = (): ImportOptions | null => {
    const options = again;
    again = null;
    return options;
  };

  return {
    add(what, options = {}) {
      lastId += 1;
      const job: ImportJob = { id: lastId, what, options };
      importStore.setState(({ waiting }) => ({ waiting: [...waiting, job] }));
      const mine = last.then(() => run(job));
      last = mine.catch(() => undefined);
      return mine;
    },
    cancel() {
      changeRunning((running) => ({ ...running, isCancelling: true }));
      controller?.abort();
    },
    restart(options) {
      if (controller === null) return;
      again = options;
      controller.abort();
    },
    async choose(choice) {
      const jobId = runningId();
      if (jobId === null) return;
      await source.choose(jobId, choice);
      changeRunning((running) => (running.jobId === jobId ? { ...running, isChosen: true } : running));
    },
    async answerPassword(archiveId, password) {
      const jobId = runningId();
      if (jobId === null) return;
      // Before the call: the next question about the same archive may come before its answer.
      const { running: before } = importStore.getState();
      changeRunning((running) => withAnswer(running, archiveId));
      try {
        await source.password(jobId, archiveId, password);
      } catch (error) {
        if (before) changeRunning((running) => withQuestionAgain(running, before, archiveId));
        throw error;
      }
    },
    async resume() {
      const jobId = runningId();
      if (jobId !== null) await source.resume(jobId);
    },
  };
}

function runningId(): number | null {
  return importStore.getState().running?.jobId ?? null;
}

async function outcomeOf(source: ImportSource, job: ImportJob, signal: AbortSignal): Promise<ImportOutcome> {
  let report: ImportReport | null = null;
  try {
    const events =
      job.what === 'demo' ? await source.openDemo(signal) : await source.open(job.what, job.options, signal);
    for await (const event of events) {
      if (event.kind === 'report') report = event.report;
      changeRunning((running) => applyEvent(running, event));
    }
  } catch (error) {
    if (!signal.aborted) return { kind: 'failed', job, error };
  }
  if (report) return { kind: 'report', job, report };
  return { kind: 'cancelled', job, hasTaken: importStore.getState().running?.progress?.phase === 'taking' };
}
