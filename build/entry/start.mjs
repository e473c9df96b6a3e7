/**
 * `npm start -- [--browser] [--data DIR] [--port N] [paths…]`: installs and builds what is missing, then opens the
 * workstation: Electron, or the system's browser where no Electron can be had.
 */
import path from 'node:path';
import { findElectron } from './electronBinary.mjs';
import { callerDirectory, pinnedNode, root, run, say } from './processes.mjs';
import { ensureBuilt, ensurePackages } from './setUp.mjs';

const given = process.argv.slice(2).filter((word) => word !== '--browser');

/** @returns {Promise<{ electron: string } | { whyNot: string }>} */
async function chooseHost() {
  if (process.argv.includes('--browser')) return { whyNot: 'Browser mode, as asked.' };
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return { whyNot: 'There is no display for a window here, so Isocenter opens in browser mode.' };
  const electron = await findElectron();
  if (electron === null)
    return { whyNot: 'No Electron binary can be had on this machine, so Isocenter opens in browser mode.' };
  return { electron };
}

/** @param {string} electron */
function openWindow(electron) {
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  if (isRoot) say('Running as root: Chromium allows that only without its sandbox (--no-sandbox).');
  return run(electron, [...(isRoot ? ['--no-sandbox'] : []), root, ...given], { cwd: callerDirectory });
}

function openBrowserMode() {
  return run(pinnedNode, [path.join(root, 'out/main/nodeHost.js'), '--open', ...given], {
    cwd: callerDirectory,
  });
}

try {
  await ensurePackages({ output: 'stderr' });
  await ensureBuilt({ output: 'stderr' });
  const host = await chooseHost();
  if ('whyNot' in host) say(host.whyNot);
  process.exitCode = 'electron' in host ? await openWindow(host.electron) : await openBrowserMode();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
