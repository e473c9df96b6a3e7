/**
 * Runs openings one after the other. Leaving the service's iteration cancels it; the report of a cancelled opening still
 * arrives first, because leaving is asked for and the iteration ends by itself where the service allows it.
 */
import type { ImportEvent, ImportReport } from '../../../src-shared/contract';
import { importStore, putReports, type ImportJob } from './importStore';

/** What the queue needs of the services, so that a test can stand in for them. */
export interface ImportSource {
  open(paths: readonly string[], signal: AbortSignal): Promise<AsyncIterable<ImportEvent>>;
  openDemo(signal: AbortSignal): Promise<AsyncIterable<ImportEvent>>;
}

/** How an opening ended. Cancelled without a report: the service was left before it had one. */
export type ImportOutcome =
  | { readonly kind: 'report'; readonly job: ImportJob; readonly report: ImportReport }
  | { readonly kind: 'cancelled'; readonly job: ImportJob }
  | { readonly kind: 'failed'; readonly job: ImportJob; readonly error: unknown };

export interface ImportQueue {
  /** Resolves when this opening has ended, however it did. */
  add(what: ImportJob['what']): Promise<ImportOutcome>;
  /** Cancels the running opening; those waiting go on. */
  cancel(): void;
}

export function createImportQueue(source: ImportSource, onEnd: (outcome: ImportOutcome) => void): ImportQueue {
  let last: Promise<unknown> = Promise.resolve();
  let lastId = 0;
  let controller: AbortController | null = null;

  const run = async (job: ImportJob): Promise<ImportOutcome> => {
    controller = new AbortController();
    importStore.setState(({ waiting }) => ({
      running: { job, progress: null, isCancelling: false },
      waiting: waiting.filter(({ id }) => id !== job.id),
    }));
    const outcome = await outcomeOf(source, job, controller.signal);
    controller = null;
    importStore.setState({ running: null });
    if (outcome.kind === 'report') putReports([outcome.report]);
    onEnd(outcome);
    return outcome;
  };

  return {
    add(what) {
      lastId += 1;
      const job: ImportJob = { id: lastId, what };
      importStore.setState(({ waiting }) => ({ waiting: [...waiting, job] }));
      const mine = last.then(() => run(job));
      last = mine.catch(() => undefined);
      return mine;
    },
    cancel() {
      importStore.setState(({ running }) => ({ running: running && { ...running, isCancelling: true } }));
      controller?.abort();
    },
  };
}

async function outcomeOf(source: ImportSource, job: ImportJob, signal: AbortSignal): Promise<ImportOutcome> {
  let report: ImportReport | null = null;
  try {
    const events = job.what === 'demo' ? await source.openDemo(signal) : await source.open(job.what, signal);
    for await (const event of events) {
      if (event.kind === 'report') report = event.report;
      else importStore.setState(({ running }) => ({ running: running && { ...running, progress: event.progress } }));
    }
  } catch (error) {
    if (!signal.aborted) return { kind: 'failed', job, error };
  }
  return report ? { kind: 'report', job, report } : { kind: 'cancelled', job };
}
