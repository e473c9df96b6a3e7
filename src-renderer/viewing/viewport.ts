/** Actions on one viewport: slice, window, camera. Tools, keys, menus and tests all call these. */
import * as camera from './camera';
import type { CanvasPoint } from './spaces';
import { remember } from './history';
import { canTurn, screenStore, updateViewport, viewportById, type ViewportState } from './screen';
import { viewOf } from './shown';
import { DEFAULT_VOI, type Voi } from './voi';

/** Goes to a slice; the ends hold. */
export function goToImage(id: string, imageIndex: number): void {
  updateViewport(id, (viewport) => atImage(viewport, imageIndex));
}

/** Scrolls by slices, positive toward the end of the stack; the ends hold. */
export function scrollBy(id: string, steps: number): void {
  updateViewport(id, (viewport) => atImage(viewport, viewport.imageIndex + steps));
}

/** One slice on, from the last to the first: for cine. */
export function stepAround(id: string): void {
  updateViewport(id, (viewport) => {
    const count = viewport.content?.stack.images.length ?? 0;
    return count < 2 ? viewport : { ...viewport, imageIndex: (viewport.imageIndex + 1) % count, direction: 1 };
  });
}

function atImage(viewport: ViewportState, wanted: number): ViewportState {
  const last = (viewport.content?.stack.images.length ?? 0) - 1;
  const imageIndex = Math.max(Math.min(wanted, last), 0);
  if (imageIndex === viewport.imageIndex) return viewport;
  return { ...viewport, imageIndex, direction: imageIndex > viewport.imageIndex ? 1 : -1 };
}

/** While dragging; the gesture remembers once, before its first movement. */
export function moveVoi(id: string, voi: Voi): void {
  updateViewport(id, (viewport) => ({ ...viewport, voi }));
}

export function setVoi(id: string, voi: Voi): void {
  remember();
  moveVoi(id, voi);
}

export function toggleInvert(id: string): void {
  remember();
  updateViewport(id, (viewport) => ({ ...viewport, isInverted: !viewport.isInverted }));
}

/** While dragging; see `moveVoi`. */
export function moveCamera(id: string, to: camera.Camera): void {
  updateViewport(id, (viewport) => ({ ...viewport, camera: to }));
}

/** Zooms about a canvas point; without one, about the viewport's centre. */
export function zoomBy(id: string, factor: number, anchor?: CanvasPoint): void {
  const view = viewOf(id);
  if (!view) return;
  const about = anchor ?? { x: view.viewport.width / 2, y: view.viewport.height / 2 };
  moveCamera(id, camera.zoomAt(view, about, factor));
}

export function fitImage(id: string): void {
  remember();
  updateViewport(id, (viewport) => ({ ...viewport, camera: camera.fit(viewport.camera) }));
}

/** `devicePixelRatio`: device pixels per CSS pixel. */
export function showOneToOne(id: string, devicePixelRatio: number): void {
  const view = viewOf(id);
  if (!view) return;
  remember();
  moveCamera(id, camera.oneToOne(view, devicePixelRatio));
}

/** Does nothing for cross-sections; see `canTurn`. */
export function rotate(id: string, byDeg: camera.QuarterTurn): void {
  turn(id, (now) => camera.rotateBy(now, byDeg));
}

/** Does nothing for cross-sections; see `canTurn`. */
export function flip(id: string, axis: 'horizontal' | 'vertical'): void {
  turn(id, (now) => camera.flip(now, axis));
}

function turn(id: string, change: (now: camera.Camera) => camera.Camera): void {
  if (!canTurn(viewportById(screenStore.getState(), id))) return;
  remember();
  updateViewport(id, (viewport) => ({ ...viewport, camera: change(viewport.camera) }));
}

/** Window, camera and inversion as they were when the stack was loaded; the slice stays. */
export function resetViewport(id: string): void {
  remember();
  updateViewport(id, (viewport) => ({ ...viewport, voi: DEFAULT_VOI, isInverted: false, camera: camera.FITTED }));
}
