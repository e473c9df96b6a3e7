/**
 * Decode workers, one job each. A decoder cannot be interrupted from inside (some take minutes over a damaged frame), so
 * every job has a deadline after which its worker is ended and another one started; only that frame fails.
 */
import { AppError, fromPlainError } from '../../src-shared/base/appError';
import type { Disposable } from '../../src-shared/base/disposable';
import type { DecodeReply, DecodeRequest } from './decodeProtocol';
import type { DecodedFrame } from './types';

/** A worker as the pool sees it; `startDecodeWorker` makes the real one. */
export interface DecodeWorker {
  post(request: DecodeRequest): void;
  /** At once; no handler is called afterwards. */
  terminate(): void;
}

export interface DecodeWorkerHandlers {
  readonly onReply: (reply: DecodeReply) => void;
  /** The worker is of no use any more. */
  readonly onCrash: (detail: string) => void;
}

export type StartDecodeWorker = (handlers: DecodeWorkerHandlers) => DecodeWorker;

export interface DecodeJob {
  readonly request: Omit<DecodeRequest, 'jobId'>;
  /** Rows × columns: larger frames may take longer. */
  readonly pixelCount: number;
  /** Bytes of the whole file at most; large files stay with few workers, each of which keeps them. */
  readonly instanceBytes: number;
}

export interface DecodePoolOptions {
  readonly workerCount: number;
  readonly startWorker: StartDecodeWorker;
}

export interface DecodePool extends Disposable {
  /** Whether a worker that may take the job is free. */
  canTake(job: DecodeJob): boolean;
  readonly isFull: boolean;
  /** Runs a job that `canTake` allows. Rejects with an `AppError`; never resolves with what was not asked for. */
  run(job: DecodeJob): Promise<DecodedFrame>;
}

/** For frames of up to `DEADLINE_PIXELS`; larger ones get proportionally more. */
export const DECODE_DEADLINE_MS = 5_000;
const DEADLINE_PIXELS = 4 * 2 ** 20;
/** A worker's first job also loads code and decoders. */
const WARM_UP_MS = 10_000;
/** From request to bytes, whatever the road; a slow medium counts here and not against the decoder. */
export const FETCH_DEADLINE_MS = 60_000;
/** Compressed bytes that all workers together keep of one file, about. */
const SHARED_FILE_BYTES = 256 * 2 ** 20;

export function decodeDeadlineMs(pixelCount: number): number {
  return DECODE_DEADLINE_MS * Math.max(1, pixelCount / DEADLINE_PIXELS);
}

interface Seat {
  worker: DecodeWorker | null;
  isWarm: boolean;
  job: {
    readonly id: number;
    readonly job: DecodeJob;
    timer: ReturnType<typeof setTimeout>;
    readonly resolve: (frame: DecodedFrame) => void;
    readonly reject: (error: AppError) => void;
  } | null;
  /** Instance decoded last: its bytes are probably still there. */
  lastInstance: number | null;
}

export function createDecodePool({ workerCount, startWorker }: DecodePoolOptions): DecodePool {
  const seats: Seat[] = Array.from({ length: workerCount }, () => ({
    worker: null,
    isWarm: false,
    job: null,
    lastInstance: null,
  }));
  let lastId = 0;

  const settle = (seat: Seat, outcome: DecodedFrame | AppError): void => {
    const { job } = seat;
    if (!job) return;
    clearTimeout(job.timer);
    seat.job = null;
    if (outcome instanceof AppError) job.reject(outcome);
    else job.resolve(outcome);
  };

  const end = (seat: Seat, error: AppError): void => {
    seat.worker?.terminate();
    seat.worker = null;
    seat.isWarm = false;
    seat.lastInstance = null;
    settle(seat, error);
  };

  const onReply = (seat: Seat, reply: DecodeReply): void => {
    const { job } = seat;
    if (job?.id !== reply.jobId) return;
    if (reply.kind === 'decoding') {
      clearTimeout(job.timer);
      const deadlineMs = decodeDeadlineMs(job.job.pixelCount) + (seat.isWarm ? 0 : WARM_UP_MS);
      job.timer = setTimeout(() => end(seat, tooSlow(deadlineMs)), deadlineMs);
      return;
    }
    seat.isWarm = true;
    if (reply.kind === 'failed') settle(seat, fromPlainError(reply.error));
    else settle(seat, asAsked(reply.frame, job.job));
  };

  const workerOf = (seat: Seat): DecodeWorker => {
    seat.worker ??= startWorker({
      onReply: (reply) => onReply(seat, reply),
      onCrash: (detail) => end(seat, crashed(detail)),
    });
    return seat.worker;
  };

  const seatFor = (job: DecodeJob): Seat | null => {
    const { instanceId } = job.request.ref;
    const homes = Math.max(1, Math.min(workerCount, Math.floor(SHARED_FILE_BYTES / Math.max(1, job.instanceBytes))));
    const allowed = seats.filter(
      (_, index) => (index - (instanceId % workerCount) + workerCount) % workerCount < homes,
    );
    const free = allowed.filter((seat) => seat.job === null);
    return free.find((seat) => seat.lastInstance === instanceId) ?? free.find((seat) => seat.worker) ?? free[0] ?? null;
  };

  return {
    get isFull() {
      return seats.every((seat) => seat.job !== null);
    },
    canTake: (job) => seatFor(job) !== null,
    run(job) {
      const seat = seatFor(job);
      if (!seat) return Promise.reject(new Error('Assertion failed: no worker is free for this job'));
      lastId += 1;
      const id = lastId;
      seat.lastInstance = job.request.ref.instanceId;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => end(seat, unreachableBytes()), FETCH_DEADLINE_MS);
        seat.job = { id, job, timer, resolve, reject };
        try {
          workerOf(seat).post({ ...job.request, jobId: id });
        } catch (thrown) {
          end(seat, crashed(String(thrown)));
        }
      });
    },
    dispose() {
      for (const seat of seats) end(seat, crashed('the frame store was closed'));
    },
  };
}

/** The frame if it is what the job asked for. The worker has checked; a picture of another object is worth checking twice. */
function asAsked(frame: DecodedFrame, { request }: DecodeJob): DecodedFrame | AppError {
  const isAsked =
    frame.ref.instanceId === request.ref.instanceId &&
    frame.ref.frameIndex === request.ref.frameIndex &&
    frame.sopInstanceUid === request.sopInstanceUid;
  return isAsked ? frame : anotherObject();
}

export function anotherObject(): AppError {
  return new AppError(
    'pixels/mismatch',
    'The file now holds another object than when it was imported. Import it again to see it.',
  );
}

function tooSlow(deadlineMs: number): AppError {
  const seconds = Math.round(deadlineMs / 1000);
  return new AppError(
    'pixels/decode-timeout',
    `Decoding this image took longer than ${seconds} s and was stopped; its data are probably damaged.`,
    { deadlineMs },
  );
}

function unreachableBytes(): AppError {
  return new AppError('file/unreadable', 'The file did not arrive in time; its medium may be slow or gone.', {
    deadlineMs: FETCH_DEADLINE_MS,
  });
}

function crashed(detail: string): AppError {
  return new AppError('pixels/decode-failed', 'The decoder stopped unexpectedly on this image.', { detail });
}
