/** The lane of a decoding worker, and the sentences for what can happen on it. */
import { AppError, fromPlainError } from '../../src-shared/base/appError';
import type { DecodeMessage, DecodeReply, DecodeRequest, DecodeResult } from '../workers/decodeTask';
import { WorkerLane, type LaneEnd } from './workerLane';

export interface DecodeLane {
  /** One task at a time. @throws AppError of the task; `pixels/decode-timeout`; `pixels/decode-failed` when the worker died; `service/gone`. */
  run(request: DecodeRequest, deadlineMs: number): Promise<DecodeResult>;
  dispose(): void;
}

export function createDecodeLane(url: URL): DecodeLane {
  const lane = new WorkerLane<DecodeMessage, DecodeReply>({ url, failureOf });
  return {
    async run(request, deadlineMs) {
      const reply = await lane.run({ request }, deadlineMs);
      if ('error' in reply) throw fromPlainError(reply.error);
      return reply.result;
    },
    dispose: () => lane.dispose(),
  };
}

export function closing(): AppError {
  return new AppError('service/gone', 'Isocenter is closing.');
}

function failureOf(end: LaneEnd, deadlineMs: number, cause?: unknown): AppError {
  switch (end) {
    case 'closed':
      return closing();
    case 'crashed':
      return new AppError('pixels/decode-failed', 'The decoder stopped while it worked on this picture.', {}, cause);
    case 'timed-out':
      return new AppError(
        'pixels/decode-timeout',
        `Decoding this picture was given up after ${Math.round(deadlineMs / 100) / 10} s: it is probably damaged.`,
        { deadlineMs },
      );
  }
}
