/**
 * Decodes in worker threads that can be ended: synchronous codecs cannot be cancelled from inside, and a damaged
 * codestream can keep one busy for half a minute. A task that overruns its deadline costs its worker and nothing else.
 */
import { availableParallelism } from 'node:os';
import type { AppError } from '../../src-shared/base/appError';
import type { Disposable } from '../../src-shared/base/disposable';
import type { PixelDescription } from '../../src-shared/dicom/records';
import type { DecodeRequest, DecodeTasks } from '../workers/decodeTask';
import { closing, createDecodeLane, type DecodeLane } from './decodeLane';

export type DecodePriority = 'asked-for' | 'background';

/** Several tasks of one file in the same worker, which keeps the file it opened last. */
export interface DecodeSession {
  run<Request extends DecodeRequest>(
    request: Request,
    deadlineMs: number,
  ): Promise<DecodeTasks[Request['name']]['result']>;
}

export interface DecodePool extends Disposable {
  /** How many sessions run at the same time. */
  readonly width: number;
  /** Waits for a free worker; what was asked for goes before the background. */
  withSession<T>(priority: DecodePriority, work: (session: DecodeSession) => Promise<T>): Promise<T>;
}

export interface DecodePoolOptions {
  readonly workerUrl: URL;
  readonly width?: number;
}

/** Milliseconds for reading a file and its data set; slow media are slow. */
export const OPEN_DEADLINE_MS = 30_000;

const MOST_WORKERS = 4;
const DEADLINE_MS = 5000;
/** Samples decoded within `DEADLINE_MS` by the slowest codec on a slow machine, with room. */
const SAMPLES_PER_DEADLINE = 4 * 1024 * 1024;

/** Milliseconds that one frame may take: 5 s, and proportionally more for frames of more than 4 Mi samples. */
export function frameDeadlineMs(pixels: PixelDescription): number {
  const samples = pixels.rows * pixels.columns * pixels.samplesPerPixel;
  return Math.round(DEADLINE_MS * Math.max(1, samples / SAMPLES_PER_DEADLINE));
}

interface Waiting {
  readonly priority: DecodePriority;
  start(lane: DecodeLane): void;
  giveUp(reason: AppError): void;
}

function sessionOn(lane: DecodeLane): DecodeSession {
  return {
    // The worker answers each task by its type; across threads the compiler takes that on trust.
    run: (request, deadlineMs) => lane.run(request, deadlineMs),
  };
}

/** Workers start with their first task and do not keep the process alive while they wait. */
export function createDecodePool(options: DecodePoolOptions): DecodePool {
  const width = options.width ?? Math.max(1, Math.min(MOST_WORKERS, availableParallelism() - 1));
  const lanes = Array.from({ length: width }, () => createDecodeLane(options.workerUrl));
  const idle = [...lanes];
  const waiting: Waiting[] = [];

  const takeLane = (priority: DecodePriority): Promise<DecodeLane> => {
    const lane = idle.pop();
    if (lane) return Promise.resolve(lane);
    return new Promise((start, giveUp) => waiting.push({ priority, start, giveUp }));
  };
  const giveBack = (lane: DecodeLane): void => {
    const urgent = waiting.findIndex((each) => each.priority === 'asked-for');
    const [next] = waiting.splice(Math.max(0, urgent), 1);
    if (next) next.start(lane);
    else idle.push(lane);
  };

  return {
    width,
    async withSession(priority, work) {
      const lane = await takeLane(priority);
      try {
        return await work(sessionOn(lane));
      } finally {
        giveBack(lane);
      }
    },
    dispose() {
      for (const each of waiting.splice(0)) each.giveUp(closing());
      for (const lane of lanes) lane.dispose();
    },
  };
}
