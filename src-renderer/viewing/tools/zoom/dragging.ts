/** Up enlarges about the point where the button went down. */
import { zoomAt } from '../../camera';
import type { CanvasPoint } from '../../spaces';
import { cameraDrag } from '../cameraDrag';
import type { Gesture } from '../tool';

/** CSS pixels of movement that double or halve the size. */
const DOUBLING_PX = 150;

export function dragging(viewportId: string, from: CanvasPoint): Gesture | null {
  return cameraDrag(viewportId, (view, at) => zoomAt(view, from, 2 ** ((from.y - at.y) / DOUBLING_PX)));
}
