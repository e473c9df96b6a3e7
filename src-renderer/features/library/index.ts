/** The library: what is known, asked for by page, and the screen that shows it. */
export { librarySource } from './answer/source';
export { registerLibraryCommands } from './commands';
export { DetailsPanel } from './details/DetailsPanel';
export { offerSearchCommands } from './filter/searches';
export { LibraryScreen } from './LibraryScreen';
export { libraryViewStore, showDetails } from './libraryView';
export { createLibrarySession, sessionStore, type LibrarySession } from './session';
