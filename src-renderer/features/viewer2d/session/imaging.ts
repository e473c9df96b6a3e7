/** The one frame store and the one renderer of the page, made when the reading screen is first needed. */
import { createFrameStore } from '../../../imaging';
import type { FrameStore } from '../../../imaging/types';
import { createSliceRenderer, type SliceRenderer } from '../../../rendering';
import { fetchInstanceUrl } from '../../../host';
import { t } from '../../../strings';
import { notify } from '../../../viewing/notices';
import { frameBudgetMb } from './budget';

export interface ImagingSession {
  readonly frames: FrameStore;
  readonly renderer: SliceRenderer;
}

let session: ImagingSession | null = null;

export function imagingSession(): ImagingSession {
  session ??= {
    frames: createFrameStore({
      budgetBytes: frameBudgetMb() * 1_000_000,
      // One core is left for the page itself.
      workerCount: Math.min(Math.max((navigator.hardwareConcurrency || 2) - 1, 1), 8),
      instanceUrl: fetchInstanceUrl,
    }),
    renderer: createSliceRenderer({
      onGpuUnavailable: ({ message }) =>
        void notify({ tone: 'info', message: t('reading.viewport.drawnByProcessor'), details: message }),
    }),
  };
  return session;
}
