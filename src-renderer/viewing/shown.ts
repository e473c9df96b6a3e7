/**
 * What each viewport really shows at this moment, reported by whoever draws it: its size, the window in numbers, the
 * state of the wanted frame. It follows the screen state and is never undone or stored.
 */
import { createStore } from 'zustand/vanilla';
import type { ImageView } from './camera';
import { imageFrameOf, screenStore, viewportById, wantedImage } from './screen';
import type { CanvasPoint, CanvasSize } from './spaces';
import type { WindowLevel } from './voi';

export interface ShownWindow extends WindowLevel {
  /** Unit of the modality values, `''` when they have none. */
  readonly unit: string;
  /** A VOI LUT of the file decides instead of a window; the numbers then span its input. */
  readonly isTable: boolean;
  /** Largest minus smallest modality value of the image. */
  readonly range: number;
  /** The modality values are whole numbers. */
  readonly isWhole: boolean;
}

export interface Shown {
  readonly size: CanvasSize;
  /** What is on the glass: empty, waiting for its frame, drawn, or the reason why not. */
  readonly status: 'empty' | 'loading' | 'ready' | 'failed';
  /** The object whose pixels are drawn; `null` while nothing is. */
  readonly sopInstanceUid: string | null;
  /** `null` for colour and while nothing is drawn. */
  readonly window: ShownWindow | null;
  /** Sentence for the user when `status` is `failed`. */
  readonly failure: string;
  /** Trying again could help: the file may come back, the syntax will not become known. */
  readonly canRetry: boolean;
  /** Pointer over the image, `null` outside. */
  readonly cursor: CanvasPoint | null;
}

const NOTHING: Shown = {
  size: { width: 0, height: 0 },
  status: 'empty',
  sopInstanceUid: null,
  window: null,
  failure: '',
  canRetry: false,
  cursor: null,
};

export const shownStore = createStore<ReadonlyMap<string, Shown>>(() => new Map());

export function shownIn(viewportId: string): Shown {
  return shownStore.getState().get(viewportId) ?? NOTHING;
}

export function reportShown(viewportId: string, changed: Partial<Shown>): void {
  const all = new Map(shownStore.getState());
  shownStore.setState(all.set(viewportId, { ...shownIn(viewportId), ...changed }), true);
}

export function forgetShown(viewportId: string): void {
  const all = new Map(shownStore.getState());
  all.delete(viewportId);
  shownStore.setState(all, true);
}

/** The wanted image in its viewport; `null` when there is none or the viewport has no size yet. */
export function viewOf(viewportId: string): ImageView | null {
  const viewport = viewportById(screenStore.getState(), viewportId);
  const wanted = wantedImage(viewport);
  const image = wanted && imageFrameOf(wanted);
  const { size } = shownIn(viewportId);
  if (!image || size.width === 0 || size.height === 0) return null;
  return { image, viewport: size, camera: viewport.camera };
}
