/** The tools there are, which one is in the hand, and what each mouse button does. */
import { createStore } from 'zustand/vanilla';
import { panTool } from './pan';
import { scrollTool } from './scroll';
import { selectTool } from './select';
import type { Tool, ToolId } from './tool';
import { windowTool } from './window';
import { zoomTool } from './zoom';

export type { Gesture, Tool, ToolId } from './tool';

export const tools: Readonly<Record<ToolId, Tool>> = {
  scroll: scrollTool,
  window: windowTool,
  zoom: zoomTool,
  pan: panTool,
  select: selectTool,
};

export const toolStore = createStore<{ readonly active: ToolId }>(() => ({ active: 'window' }));

export function chooseTool(active: ToolId): void {
  toolStore.setState({ active });
}

/** `button` as in `PointerEvent.button`: 0 left, 1 middle, 2 right. `null`: the button means nothing. */
export function toolForButton(button: number): Tool | null {
  switch (button) {
    case 0:
      return tools[toolStore.getState().active];
    case 1:
      return panTool;
    case 2:
      return windowTool;
    default:
      return null;
  }
}
