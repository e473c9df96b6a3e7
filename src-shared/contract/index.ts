/** Everything the renderer may call, and nothing else. The descriptor is the allow-list; inputs are validated on arrival. */
import { importContract } from './import';
import { libraryContract } from './library';
import { settingsContract } from './settings';
import { shellContract } from './shell';
import { storageContract } from './storage';

export type * from './import';
export type * from './library';
export type * from './shell';
export type * from './storage';
export { savedSearchSchema } from './library';
export { settingsSchema, type Settings } from './settings';

/** Answered by the service process. */
export const servicesContract = {
  library: libraryContract,
  import: importContract,
  settings: settingsContract,
  storage: storageContract,
};

/** Answered by the host: Electron's main process, or the node host itself. */
export const hostContract = { shell: shellContract };

/**
 * The byte road, relative to the page's origin. `GET`, with ranges; nothing here is ever built from a DICOM value.
 * `bytes/instance/<instanceId>`: the file as it is on disk. `bytes/thumbnail/<seriesId>`: PNG.
 * `bytes/report/<importId>`: an import report as CSV, written when asked for.
 */
export const bytePaths = {
  instance: (instanceId: number) => `/bytes/instance/${String(instanceId)}`,
  thumbnail: (seriesId: number) => `/bytes/thumbnail/${String(seriesId)}`,
  report: (importId: number) => `/bytes/report/${String(importId)}`,
};
