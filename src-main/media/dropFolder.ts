/** Folders that browser mode makes for what was dropped onto its page: `dropped/<32 hex digits>` in the data directory. */
import { basename, dirname } from 'node:path';

export const DROPS_FOLDER = 'dropped';

export function isDropFolder(path: string): boolean {
  return /^[0-9a-f]{32}$/.test(basename(path)) && basename(dirname(path)) === DROPS_FOLDER;
}
