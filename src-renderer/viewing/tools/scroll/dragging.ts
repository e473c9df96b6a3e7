/** Down goes toward the end of the stack; a long stack fits into one viewport height, a short one does not rush. */
import { screenStore, viewportById } from '../../screen';
import { shownIn } from '../../shown';
import type { CanvasPoint } from '../../spaces';
import { goToImage } from '../../viewport';
import type { Gesture } from '../tool';

const FASTEST_PX = 2;
const SLOWEST_PX = 24;

export function dragging(viewportId: string, from: CanvasPoint): Gesture | null {
  const viewport = viewportById(screenStore.getState(), viewportId);
  const count = viewport.content?.stack.images.length ?? 0;
  if (count < 2) return null;
  const start = viewport.imageIndex;
  const perSlice = Math.min(Math.max(shownIn(viewportId).size.height / count, FASTEST_PX), SLOWEST_PX);
  return {
    move: (at) => {
      goToImage(viewportId, start + Math.trunc((at.y - from.y) / perSlice));
    },
    end: () => undefined,
    cancel: () => {
      goToImage(viewportId, start);
    },
  };
}
