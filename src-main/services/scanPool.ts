/**
 * Reads headers in worker threads: batches in, one result for each path out. A batch that hangs or kills its worker is
 * read again file by file, so that it costs only the file that did it.
 */
import { availableParallelism } from 'node:os';
import type { Disposable } from '../../src-shared/base/disposable';
import type { ScanResult } from '../workers/scanTask';
import { createScanLane, LaneFailure, type ScanLane } from './scanLane';

export interface ScanPool extends Disposable {
  /** How many batches are read at the same time. */
  readonly width: number;
  /** One result for each path, in order. Never rejects for what a file holds. */
  scan(paths: readonly string[]): Promise<readonly ScanResult[]>;
}

export interface ScanPoolOptions {
  readonly workerUrl: URL;
  readonly width?: number;
  readonly deadlineMs?: number;
}

const DEADLINE_MS = 30_000;
const MOST_WORKERS = 4;

/** Workers start with the first batch and do not keep the process alive while they wait. */
export function createScanPool(options: ScanPoolOptions): ScanPool {
  const width = options.width ?? Math.max(1, Math.min(MOST_WORKERS, availableParallelism() - 1));
  const deadlineMs = options.deadlineMs ?? DEADLINE_MS;
  const lanes = Array.from({ length: width }, () => createScanLane(options.workerUrl));
  const idle = [...lanes];
  const queue: ((lane: ScanLane) => void)[] = [];

  const onLane = async <T>(work: (lane: ScanLane) => Promise<T>): Promise<T> => {
    const lane = idle.pop() ?? (await new Promise<ScanLane>((resolve) => queue.push(resolve)));
    try {
      return await work(lane);
    } finally {
      const next = queue.shift();
      if (next) next(lane);
      else idle.push(lane);
    }
  };

  return {
    width,
    scan: (paths) => onLane((lane) => scanBatch(lane, paths, deadlineMs)),
    dispose: () => {
      for (const lane of lanes) lane.dispose();
    },
  };
}

async function scanBatch(lane: ScanLane, paths: readonly string[], deadlineMs: number): Promise<readonly ScanResult[]> {
  try {
    return (await lane.run({ paths }, deadlineMs)).results;
  } catch (thrown) {
    if (!(thrown instanceof LaneFailure)) throw thrown;
    const [only] = paths;
    if (paths.length === 1 && only !== undefined) return [failureOf(only, thrown)];
  }
  const results: ScanResult[] = [];
  for (const path of paths) results.push(...(await scanBatch(lane, [path], deadlineMs)));
  return results;
}

function failureOf(path: string, failure: LaneFailure): ScanResult {
  const reason =
    failure.kind === 'timed-out'
      ? 'Reading this file took too long and was given up.'
      : 'Reading this file made the reader fail.';
  const code = failure.kind === 'timed-out' ? 'file/unreadable' : 'file/malformed';
  return { kind: 'failed', path, code, reason, isDicom: false };
}
