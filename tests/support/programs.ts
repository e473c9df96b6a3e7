/** Where the programs are that end-to-end tests drive, and why one may be missing. */
import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

export const repository = resolve(import.meta.dirname, '../..');

export const builtNodeHost = join(repository, 'out/main/nodeHost.js');
export const builtElectronMain = join(repository, 'out/main/main.js');

/** Real files beside the repository; may be absent. */
export const sharedData = resolve(repository, '../shared/data');

export const chromiumPath = process.env['ISOCENTER_CHROMIUM'] ?? '/usr/bin/chromium';

/** The Electron executable, or `null` when its binary is not on this machine. */
export const electronPath = ((): string | null => {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(repository, 'node_modules/electron/dist');
  const mac = process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : null;
  const path = join(folder, mac ?? (process.platform === 'win32' ? 'electron.exe' : 'electron'));
  return existsSync(path) ? path : null;
})();

export function hasProgram(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}

/** Chromium refuses its sandbox to root; everyone else keeps it. */
export const sandboxArguments: readonly string[] =
  process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** Software WebGL on every machine alike, and no traffic of the browser's own. */
export const quietBrowser: readonly string[] = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
