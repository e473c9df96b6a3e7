/** The held point of the image follows the hand. */
import { panBy } from '../../camera';
import { canvasPoint, type CanvasPoint } from '../../spaces';
import { cameraDrag } from '../cameraDrag';
import type { Gesture } from '../tool';

export function dragging(viewportId: string, from: CanvasPoint): Gesture | null {
  return cameraDrag(viewportId, (view, at) => panBy(view, canvasPoint(at.x - from.x, at.y - from.y)));
}
