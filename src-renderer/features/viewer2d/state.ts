/** Small subscriptions: a component asks for one value and is drawn again only when that value changes. */
import { useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { screenStore, viewportById, type ViewportState } from '../../viewing/screen';
import { shownIn, shownStore, type Shown } from '../../viewing/shown';
import { cineStore } from '../../viewing/cine';
import { historyStore } from '../../viewing/history';
import { commandStore } from '../../viewing/commands';
import { preferenceStore } from '../../viewing/preferences';
import { toolStore } from '../../viewing/tools';

/** `select` gives a primitive or something that keeps its identity while it is the same. */
export function useViewport<T>(id: string, select: (viewport: ViewportState) => T): T {
  return useStore(screenStore, (state) => select(viewportById(state, id)));
}

/** What is on the glass of a viewport; `select` as in `useViewport`. */
export function useShown<T>(id: string, select: (shown: Shown) => T): T {
  return useStore(shownStore, () => select(shownIn(id)));
}

const COMMAND_SOURCES = [commandStore, screenStore, toolStore, cineStore, historyStore, preferenceStore] as const;

function subscribeToCommandState(listener: () => void): () => void {
  const unsubscribers = COMMAND_SOURCES.map((store) => store.subscribe(listener));
  return () => unsubscribers.forEach((unsubscribe) => unsubscribe());
}

/** Whether a command can run and is on, kept current. */
export function useCommandState(id: string): { readonly isEnabled: boolean; readonly isActive: boolean } {
  const snapshot = useSyncExternalStore(subscribeToCommandState, () => {
    const command = commandStore.getState().commands.get(id);
    const isEnabled = command !== undefined && command.isEnabled?.() !== false;
    return `${isEnabled ? 'enabled' : ''} ${command?.isActive?.() === true ? 'active' : ''}`;
  });
  return { isEnabled: snapshot.includes('enabled'), isActive: snapshot.includes('active') };
}
