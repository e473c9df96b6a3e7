/**
 * What the hand does on an image. A tool at rest is its `index.ts`; each state it can enter is a file beside it. A
 * pressed button enters a state, and every state leaves by `end` or by `cancel`, which puts back what was before.
 */
import type { CanvasPoint } from '../spaces';

export type ToolId = 'scroll' | 'window' | 'zoom' | 'pan' | 'select';

/** A state between button down and button up. Points are relative to the viewport and may leave it. */
export interface Gesture {
  move(at: CanvasPoint): void;
  end(): void;
  /** Escape, a lost pointer, another button: as if the button had never been pressed. */
  cancel(): void;
}

export interface Tool {
  readonly id: ToolId;
  /** CSS cursor over an image while this is the active tool. */
  readonly cursor: string;
  /** `null`: nothing to do here, as in an empty viewport. */
  begin(viewportId: string, at: CanvasPoint): Gesture | null;
}
