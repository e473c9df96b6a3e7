/** Opening files and folders: commands, progress, path field, report. */
export { registerImportCommands } from './commands';
export { ImportStatus } from './ImportStatus';
export { importStore, showReport } from './importStore';
export { importPaths } from './opening';
export { PathPanel } from './PathPanel';
export { ReportPanel } from './ReportPanel';
