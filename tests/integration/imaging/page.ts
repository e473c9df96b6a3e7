/** The page in which the imaging test loads frames; its functions are called from outside. */
import { createFrameStore, type DecodedFrame, type FrameState } from '../../../src-renderer/imaging';
import type { ImageRef, Stack } from '../../../src-shared/dicom/stack';

/** What became of a frame, in a few numbers. */
export type LoadedFrame =
  | { readonly status: 'failed'; readonly code: string; readonly message: string }
  | {
      readonly status: 'ready';
      readonly kind: DecodedFrame['kind'];
      readonly sopInstanceUid: string;
      readonly count: number;
      readonly min: number;
      readonly max: number;
      readonly mean: number;
    };

export interface ImagingPage {
  /** Loads every frame of the stack, each by showing it, and says what became of it. */
  loadAll(stack: Stack): Promise<readonly LoadedFrame[]>;
}

declare global {
  interface Window {
    imaging: ImagingPage;
  }
}

function statistics({ samples }: DecodedFrame): { count: number; min: number; max: number; mean: number } {
  let [min, max, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const sample of samples) {
    min = Math.min(min, sample);
    max = Math.max(max, sample);
    sum += sample;
  }
  return { count: samples.length, min, max, mean: sum / samples.length };
}

function summary(state: FrameState): LoadedFrame | null {
  if (state.status === 'failed') return { status: 'failed', code: state.error.code, message: state.error.message };
  if (state.status !== 'ready') return null;
  const { kind, sopInstanceUid } = state.frame;
  return { status: 'ready', kind, sopInstanceUid, ...statistics(state.frame) };
}

window.imaging = {
  async loadAll(stack) {
    const store = createFrameStore({
      budgetBytes: 64 * 2 ** 20,
      workerCount: 1,
      instanceUrl: (id) => `/bytes/instance/${id}`,
    });
    const settled = (ref: ImageRef): Promise<LoadedFrame> =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = summary(store.state(ref));
          if (!found) return;
          unsubscribe();
          resolve(found);
        };
        const unsubscribe = store.subscribe(look);
        look();
      });
    const loaded: LoadedFrame[] = [];
    for (const [imageIndex, { ref }] of stack.images.entries()) {
      store.setInterest('only', { stack, imageIndex, direction: 1 });
      loaded.push(await settled(ref));
    }
    store.dispose();
    return loaded;
  },
};
