/** Right widens, down raises the centre; see `draggedWindow` for the speed. Colour images have no window to drag. */
import { remember } from '../../history';
import { screenStore, viewportById } from '../../screen';
import { shownIn } from '../../shown';
import type { CanvasPoint } from '../../spaces';
import { draggedWindow } from '../../voi';
import { moveVoi } from '../../viewport';
import type { Gesture } from '../tool';

export function dragging(viewportId: string, from: CanvasPoint): Gesture | null {
  const { window: start, size } = shownIn(viewportId);
  if (!start) return null;
  const before = screenStore.getState();
  const { voi } = viewportById(before, viewportId);
  const limits = { sidePx: Math.min(size.width, size.height), range: start.range, isFine: !start.isWhole };
  let hasMoved = false;
  return {
    move: (at) => {
      if (!hasMoved) remember(before);
      hasMoved = true;
      const next = draggedWindow(start, { x: at.x - from.x, y: at.y - from.y }, limits);
      moveVoi(viewportId, { kind: 'explicit', ...next });
    },
    end: () => undefined,
    cancel: () => {
      moveVoi(viewportId, voi);
    },
  };
}
