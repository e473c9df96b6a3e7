/** The sheet of all keyboard shortcuts. */
export { ShortcutSheet } from './ShortcutSheet';
export { shortcutStore, showShortcuts } from './shortcutStore';
