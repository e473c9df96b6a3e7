/**
 * Reads slices in worker threads: batches in, one result for each slice out. A slice that hangs or kills its worker
 * costs only itself: the worker's beat says which one it was, and the others of its batch are read again.
 */
import { availableParallelism } from 'node:os';
import type { Disposable } from '../../src-shared/base/disposable';
import type { FileSlice } from '../media/source';
import { ScanBeat } from '../workers/scanBeat';
import type { NewValues, ScanResult } from '../workers/scanTask';
import { createScanLane, LaneFailure, type ScanLane } from './scanLane';

export type ScanWork = { readonly slices: readonly FileSlice[] } & (
  | { readonly task: 'scan'; readonly characterSet: string | null }
  | {
      readonly task: 'take';
      readonly characterSet: string | null;
      readonly incomingDirectory: string;
      /** One for each slice. */
      readonly newValues: readonly (NewValues | null)[];
      readonly valuesFrom: string;
    }
  | { readonly task: 'digest' }
);

export interface ScanWatch {
  /** Stops between two reads; what comes back then is worth nothing. */
  readonly signal?: AbortSignal;
  /** Bytes read so far, a few times a second. */
  readonly onBytes?: (bytes: number) => void;
}

export interface ScanPool extends Disposable {
  /** How many batches are read at the same time. */
  readonly width: number;
  /** One result for each slice, in order. Never rejects for what a slice holds. */
  run(work: ScanWork, watch?: ScanWatch): Promise<readonly ScanResult[]>;
}

export interface ScanPoolOptions {
  readonly workerUrl: URL;
  readonly width?: number;
  /** A slice whose worker does not move for this long is given up. */
  readonly stallMs?: number;
}

/** What an unreadable sector may cost, less what noticing takes. */
const STALL_MS = 4500;
/** A worker that starts or flushes may take longer: its disk is ours. */
const QUIET_MS = 120_000;
const LOOK_MS = 100;
/** Two also on one core: while one waits for the disk, the other reads what has come. More than four only wait. */
const FEWEST_WORKERS = 2;
const MOST_WORKERS = 4;

/** Workers start with the first batch and do not keep the process alive while they wait. */
export function createScanPool(options: ScanPoolOptions): ScanPool {
  const width = options.width ?? Math.max(FEWEST_WORKERS, Math.min(MOST_WORKERS, availableParallelism()));
  const stallMs = options.stallMs ?? STALL_MS;
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
    run: (work, watch = {}) => onLane((lane) => runBatch(lane, work, { ...watch, stallMs })),
    dispose: () => {
      for (const lane of lanes) lane.dispose();
    },
  };
}

interface Watching extends ScanWatch {
  readonly stallMs: number;
}

async function runBatch(lane: ScanLane, work: ScanWork, watching: Watching): Promise<readonly ScanResult[]> {
  if (work.slices.length === 0) return [];
  const beat = new ScanBeat();
  try {
    return await runWatched(lane, work, beat, watching);
  } catch (thrown) {
    if (!(thrown instanceof LaneFailure)) throw thrown;
    const failed = failureOf(thrown);
    if (thrown.kind === 'closed') return work.slices.map(() => failed);
    // Before the first slice there is none to blame but that one: so each failure costs one slice, and an end is sure.
    const culprit = Math.max(0, beat.position().slice);
    const before = await runBatch(lane, part(work, 0, culprit), watching);
    return [...before, failed, ...(await runBatch(lane, part(work, culprit + 1), watching))];
  }
}

async function runWatched(
  lane: ScanLane,
  work: ScanWork,
  beat: ScanBeat,
  { signal, onBytes, stallMs }: Watching,
): Promise<readonly ScanResult[]> {
  const stop = () => beat.stop();
  let last = beat.position();
  let movedAtMs = performance.now();
  const looking = setInterval(() => {
    const now = beat.position();
    if (now.moves !== last.moves) {
      movedAtMs = performance.now();
      onBytes?.(now.kibibytes * 1024);
    }
    last = now;
    const mostMs = now.slice < 0 ? QUIET_MS : stallMs;
    if (performance.now() - movedAtMs >= mostMs) lane.abandon();
  }, LOOK_MS);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return (await lane.run({ ...work, beat: beat.memory })).results;
  } finally {
    clearInterval(looking);
    signal?.removeEventListener('abort', stop);
  }
}

function part(work: ScanWork, start: number, end?: number): ScanWork {
  const slices = work.slices.slice(start, end);
  return work.task === 'take' ? { ...work, slices, newValues: work.newValues.slice(start, end) } : { ...work, slices };
}

function failureOf({ kind }: LaneFailure): ScanResult {
  const how =
    kind === 'crashed'
      ? ({ code: 'file/malformed', reason: 'Reading this file made the reader fail.' } as const)
      : kind === 'timed-out'
        ? ({ code: 'file/unreadable', reason: 'Reading this file took too long and was given up.' } as const)
        : ({ code: 'service/gone', reason: 'Isocenter was closed.' } as const);
  return { kind: 'failed', ...how, isDicom: false, systemCode: '' };
}
