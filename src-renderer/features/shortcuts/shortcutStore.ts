import { createStore } from 'zustand/vanilla';

/** Whether the sheet of keyboard shortcuts is open. */
export const shortcutStore = createStore<{ readonly isOpen: boolean }>(() => ({ isOpen: false }));

export function showShortcuts(isOpen: boolean): void {
  shortcutStore.setState({ isOpen });
}
