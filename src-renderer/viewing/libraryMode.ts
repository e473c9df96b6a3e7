/** Whether the library takes changes now, mirrored from the storage service; whoever offers a change asks here. */
import { createStore } from 'zustand/vanilla';
import type { LibraryMode } from '../../src-shared/contract';

export const libraryModeStore = createStore<{ readonly mode: LibraryMode }>(() => ({ mode: { mode: 'read-write' } }));

export function setLibraryMode(mode: LibraryMode): void {
  libraryModeStore.setState({ mode });
}

/** For `isEnabled` of commands that change the library. */
export function isLibraryWritable(): boolean {
  return libraryModeStore.getState().mode.mode === 'read-write';
}
