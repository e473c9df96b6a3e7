/** The library as files: the storage panel, its commands, and the banner of a library that takes no changes. */
export { followLibraryMode } from './actions';
export { registerStorageCommands } from './commands';
export { ReadOnlyBanner } from './ReadOnlyBanner';
export { StoragePanel } from './StoragePanel';
export { showStorage, storageStore } from './storageStore';
