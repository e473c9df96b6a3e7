/** The lane of a scanning worker. */
import type { ScanReply, ScanRequest } from '../workers/scanTask';
import { WorkerLane } from './workerLane';

/** Enough for the largest header that is read; beyond it the worker ends instead of the process. */
const HEAP_LIMIT_MB = 512;
/** What one batch leaves behind is small: without a limit each worker would let tens of megabytes of it pile up. */
const YOUNG_LIMIT_MB = 8;

/** The batch cost the worker its life, or more time than it was given. */
export class LaneFailure extends Error {
  constructor(readonly kind: 'crashed' | 'timed-out' | 'closed') {
    super(`The scanning worker ${kind}`);
  }
}

export type ScanLane = WorkerLane<ScanRequest, ScanReply>;

export function createScanLane(url: URL): ScanLane {
  return new WorkerLane({
    url,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_LIMIT_MB, maxYoungGenerationSizeMb: YOUNG_LIMIT_MB },
    failureOf: (end) => new LaneFailure(end),
  });
}
