/** Bringing in files, folders, media and archives: commands, choice, progress, path field, report, offers. */
export { ImportAttention } from './attention/ImportAttention';
export { ChoicePanel } from './choosing/ChoicePanel';
export { registerImportCommands } from './commands';
export { ImportStatus } from './ImportStatus';
export { importStore, isAskingChoice, showReport } from './importStore';
export { followMedia } from './media/followMedia';
export { importPaths } from './opening';
export { OpenMenu } from './OpenMenu';
export { PathPanel } from './PathPanel';
export { ReportPanel } from './report/ReportPanel';
