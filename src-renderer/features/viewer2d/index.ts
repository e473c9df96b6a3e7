/** The door of the reading screen. */
export { readingCommands } from './commands/commandList';
export { ReadingScreen } from './ReadingScreen';
export { addStudyToScreen, openStudy } from './session/loading';
export { setFrameBudget } from './session/imaging';
