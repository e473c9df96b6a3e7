/** The held point of the image follows the hand. */
import { panBy } from '../../camera';
import { remember } from '../../history';
import { screenStore } from '../../screen';
import { viewOf } from '../../shown';
import { canvasPoint, type CanvasPoint } from '../../spaces';
import { moveCamera } from '../../viewport';
import type { Gesture } from '../tool';

export function dragging(viewportId: string, from: CanvasPoint): Gesture | null {
  const view = viewOf(viewportId);
  if (!view) return null;
  const before = screenStore.getState();
  let hasMoved = false;
  return {
    move: (at) => {
      if (!hasMoved) remember(before);
      hasMoved = true;
      moveCamera(viewportId, panBy(view, canvasPoint(at.x - from.x, at.y - from.y)));
    },
    end: () => undefined,
    cancel: () => {
      moveCamera(viewportId, view.camera);
    },
  };
}
