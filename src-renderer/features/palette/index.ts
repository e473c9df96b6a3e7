/** The command palette: every command, found by its name. */
export { CommandPalette } from './CommandPalette';
export { paletteStore, showPalette } from './paletteStore';
