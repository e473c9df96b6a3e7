/** Decoding without a library: what the command line needs to read pixels. */
import { availableParallelism } from 'node:os';
import type { Disposable } from '../../src-shared/base/disposable';
import { createDecodePool } from '../services/decodePool';
import { createFrameService, type FrameService } from '../services/frames';

export type { FrameChoice, FrameReport, FrameService } from '../services/frames';

export interface Decoding extends Disposable {
  readonly frames: FrameService;
  /** Files worth decoding at the same time. */
  readonly width: number;
}

const MOST_WORKERS = 8;

/** Every core decodes: nothing else is waiting for them. */
export function createDecoding(workerUrl: URL): Decoding {
  const pool = createDecodePool({ workerUrl, width: Math.min(MOST_WORKERS, availableParallelism()) });
  return { frames: createFrameService({ pool }), width: pool.width, dispose: () => pool.dispose() };
}
