/** The one frame store and the one renderer of the page, made when the reading screen is first needed. */
import { createFrameStore } from '../../../imaging';
import type { FrameStore } from '../../../imaging/types';
import { createSliceRenderer, type SliceRenderer } from '../../../rendering';
import { fetchInstanceUrl } from '../../../host';

export interface ImagingSession {
  readonly frames: FrameStore;
  readonly renderer: SliceRenderer;
}

let session: ImagingSession | null = null;

/** Before the settings are known. */
const DEFAULT_BUDGET_MB = 1024;
let budgetMb = DEFAULT_BUDGET_MB;

/** Megabytes of decoded frames to keep; counts for a session made after the call. */
export function setFrameBudget(megabytes: number): void {
  budgetMb = megabytes;
}

export function imagingSession(): ImagingSession {
  session ??= {
    frames: createFrameStore({
      budgetBytes: budgetMb * 1_000_000,
      // One core is left for the page itself.
      workerCount: Math.min(Math.max((navigator.hardwareConcurrency || 2) - 1, 1), 8),
      instanceUrl: fetchInstanceUrl,
    }),
    renderer: createSliceRenderer(),
  };
  return session;
}
