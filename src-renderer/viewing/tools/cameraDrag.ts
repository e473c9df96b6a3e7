/** What pan and zoom have in common: a drag that moves the camera, is one step of undo, and goes back when cancelled. */
import type { Camera, ImageView } from '../camera';
import { remember } from '../history';
import { screenStore } from '../screen';
import { viewOf } from '../shown';
import type { CanvasPoint } from '../spaces';
import { moveCamera } from '../viewport';
import type { Gesture } from './tool';

/** `cameraAt` gives the camera for where the hand is now, from the view as it was when the button went down. */
export function cameraDrag(viewportId: string, cameraAt: (view: ImageView, at: CanvasPoint) => Camera): Gesture | null {
  const view = viewOf(viewportId);
  if (!view) return null;
  const before = screenStore.getState();
  let hasMoved = false;
  return {
    move: (at) => {
      if (!hasMoved) remember(before);
      hasMoved = true;
      moveCamera(viewportId, cameraAt(view, at));
    },
    end: () => undefined,
    cancel: () => {
      moveCamera(viewportId, view.camera);
    },
  };
}
