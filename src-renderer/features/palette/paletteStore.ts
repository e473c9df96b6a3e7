import { createStore } from 'zustand/vanilla';

/** Whether the command palette is open. */
export const paletteStore = createStore<{ readonly isOpen: boolean }>(() => ({ isOpen: false }));

export function showPalette(isOpen: boolean): void {
  paletteStore.setState({ isOpen });
}
