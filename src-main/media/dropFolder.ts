/** Folders that browser mode makes for what was dropped onto its page: `drops/<32 hex digits>` in the data directory. */

export const DROPS_FOLDER = 'drops';

const DROP = new RegExp(`[\\\\/]${DROPS_FOLDER}[\\\\/][0-9a-f]{32}(?=[\\\\/]|$)`);

/** Whether a path lies in such a folder, or is one. What lies there goes again. */
export function isDropped(path: string): boolean {
  return DROP.test(path);
}

export function isDropFolder(path: string): boolean {
  return path.slice(path.search(DROP)).length === DROPS_FOLDER.length + 34 && isDropped(path);
}
