/** The door of the reading screen. Light to import: the screen itself comes with its first use. */
export { readingCommands } from './commands/commandList';
export { ReadingScreen } from './ReadingScreen';
export { setFrameBudget } from './session/budget';
export { addStudyToScreen, openStudies, openStudy } from './session/loading';
export { preloadScreen } from './session/preload';
