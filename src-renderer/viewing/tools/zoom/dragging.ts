/** Up enlarges about the point where the button went down. */
import { zoomAt } from '../../camera';
import { remember } from '../../history';
import { screenStore } from '../../screen';
import { viewOf } from '../../shown';
import type { CanvasPoint } from '../../spaces';
import { moveCamera } from '../../viewport';
import type { Gesture } from '../tool';

/** CSS pixels of movement that double or halve the size. */
const DOUBLING_PX = 150;

export function dragging(viewportId: string, from: CanvasPoint): Gesture | null {
  const view = viewOf(viewportId);
  if (!view) return null;
  const before = screenStore.getState();
  let hasMoved = false;
  return {
    move: (at) => {
      if (!hasMoved) remember(before);
      hasMoved = true;
      moveCamera(viewportId, zoomAt(view, from, 2 ** ((from.y - at.y) / DOUBLING_PX)));
    },
    end: () => undefined,
    cancel: () => {
      moveCamera(viewportId, view.camera);
    },
  };
}
