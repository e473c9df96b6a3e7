/** The library: a mirror of what is known, and the screen that shows it. */
export { registerLibraryCommands } from './commands';
export { LibraryScreen } from './LibraryScreen';
export { setFilter as setLibraryFilter, select as selectLibraryRow } from './libraryView';
export { createLibraryMirror, type LibraryMirror } from './mirror';
export { studyKey } from './rows';
export { librarySource } from './source';
