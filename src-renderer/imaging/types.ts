/** The door of imaging: what others ask for and what they get. Nothing here decodes on the UI thread. */
import type { AppError } from '../../src-shared/base/appError';
import type { Disposable } from '../../src-shared/base/disposable';
import type { DisplayTransform } from '../../src-shared/dicom/display';
import type { PixelDescription } from '../../src-shared/dicom/records';
import type { ImageRef, Stack } from '../../src-shared/dicom/stack';

export type SampleArray = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array;

/**
 * A decoded frame with the identity of the object it came from; whoever shows it compares `sopInstanceUid` first.
 * Grey: stored values with unused bits masked and sign-extended, one per pixel, row by row.
 * Colour: RGB, 8 bits, interleaved (palette and YBR already converted).
 */
export interface DecodedFrame {
  readonly ref: ImageRef;
  readonly sopInstanceUid: string;
  readonly rows: number;
  readonly columns: number;
  readonly kind: 'grey' | 'colour';
  readonly samples: SampleArray;
  /** Of the stored values, padding left out; of all samples for colour. */
  readonly minStored: number;
  readonly maxStored: number;
  readonly pixels: PixelDescription;
  readonly display: DisplayTransform;
  readonly sizeBytes: number;
}

export type FrameState =
  | { readonly status: 'absent' }
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly frame: DecodedFrame }
  | { readonly status: 'failed'; readonly error: AppError };

/** What one viewport shows and where it is heading; the loader derives its order from all interests together. */
export interface Interest {
  readonly stack: Stack;
  readonly imageIndex: number;
  /** +1 or -1: the last scroll direction. */
  readonly direction: 1 | -1;
}

/** Frames on demand, within a budget of decoded bytes. What any interest shows now is never evicted. */
export interface FrameStore extends Disposable {
  /** Replaces the interest of one viewport; `null` withdraws it. */
  setInterest(viewportId: string, interest: Interest | null): void;
  state(ref: ImageRef): FrameState;
  /** Asks again for a frame that failed. */
  retry(ref: ImageRef): void;
  /** One byte per image of the stack: 0 absent, 1 loading, 2 ready, 3 failed. */
  loadedMask(stack: Stack): Uint8Array<ArrayBuffer>;
  /** Called after any state change, with the frames that changed; returns the unsubscriber. */
  subscribe(listener: (changed: readonly ImageRef[]) => void): () => void;
  usage(): {
    readonly usedBytes: number;
    readonly budgetBytes: number;
    readonly frames: number;
    readonly queued: number;
  };
}
