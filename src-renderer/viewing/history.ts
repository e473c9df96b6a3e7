/**
 * Undo for what is on screen. The state is immutable, so a step is a reference to the state before it. Scrolling is
 * no step: undoing a window change must not move the slice under the eye.
 */
import { createStore } from 'zustand/vanilla';
import { screenStore, type ScreenState, type ViewportState } from './screen';

const LONGEST = 100;

interface History {
  readonly past: readonly ScreenState[];
  readonly future: readonly ScreenState[];
}

export const historyStore = createStore<History>(() => ({ past: [], future: [] }));

/** Remembers the state before a change; call it once before the change, not per movement of a drag. */
export function remember(state: ScreenState = screenStore.getState()): void {
  historyStore.setState(({ past }) => ({ past: [...past.slice(1 - LONGEST), state], future: [] }));
}

/** Forgets everything: called when the patient changes, so that undo never brings another patient back. */
export function forgetHistory(): void {
  historyStore.setState({ past: [], future: [] });
}

export function undo(): void {
  const { past, future } = historyStore.getState();
  const target = past.at(-1);
  if (!target) return;
  const now = screenStore.getState();
  historyStore.setState({ past: past.slice(0, -1), future: [now, ...future] });
  screenStore.setState(keepingSlices(target, now));
}

export function redo(): void {
  const { past, future } = historyStore.getState();
  const [target, ...rest] = future;
  if (!target) return;
  const now = screenStore.getState();
  historyStore.setState({ past: [...past, now], future: rest });
  screenStore.setState(keepingSlices(target, now));
}

function keepingSlices(target: ScreenState, now: ScreenState): ScreenState {
  return {
    ...target,
    viewports: target.viewports.map((viewport, index) => keepingSlice(viewport, now.viewports[index])),
  };
}

function keepingSlice(target: ViewportState, now: ViewportState | undefined): ViewportState {
  if (!now || now.content?.stack !== target.content?.stack) return target;
  return { ...target, imageIndex: now.imageIndex, direction: now.direction };
}
