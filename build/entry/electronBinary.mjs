/** Where Electron's binary is, fetching it when the package has not yet; bounded, because a machine may be offline. */
import fs from 'node:fs';
import path from 'node:path';
import { pinnedNode, root, run, say } from './processes.mjs';

const PROBE_MS = 8000;
const DOWNLOAD_MS = 10 * 60_000;
const PACKAGE = path.join(root, 'node_modules/electron');

/** @returns {Promise<string | null>} the executable; `null` when there is none and none can be had */
export async function findElectron() {
  const present = presentBinary();
  if (present !== null) return present;
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH !== undefined || !(await canDownload())) return null;
  say('Fetching the Electron binary (once, about 120 MB).');
  await run(pinnedNode, [path.join(PACKAGE, 'install.js')], { output: 'ignore', limitMs: DOWNLOAD_MS });
  return presentBinary();
}

/** @returns {string | null} */
export function presentBinary() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const file = path.join(override ?? path.join(PACKAGE, 'dist'), executableName());
  return fs.existsSync(file) ? file : null;
}

function executableName() {
  switch (process.platform) {
    case 'darwin':
      return 'Electron.app/Contents/MacOS/Electron';
    case 'win32':
      return 'electron.exe';
    default:
      return 'electron';
  }
}

/** Whether the place that serves the binary answers at all; behind a proxy only the download itself can tell. */
async function canDownload() {
  const { env } = process;
  if (env.HTTPS_PROXY ?? env.https_proxy ?? env.ELECTRON_GET_USE_PROXY) return true;
  const mirror = env.ELECTRON_MIRROR ?? env.npm_config_electron_mirror ?? 'https://github.com/';
  try {
    await fetch(mirror, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_MS) });
    return true;
  } catch {
    return false;
  }
}
