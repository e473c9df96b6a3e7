/** `npm run dev`: Electron with live reload, on whatever Electron binary can be had. */
import { findElectron } from './electronBinary.mjs';
import { runTool, say } from './processes.mjs';
import { ensurePackages } from './setUp.mjs';

try {
  await ensurePackages({ output: 'stderr' });
  const electron = await findElectron();
  if (electron === null) throw new Error('No Electron binary can be had on this machine: npm run dev:browser.');
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const args = ['dev', ...(isRoot ? ['--noSandbox'] : []), ...process.argv.slice(2)];
  process.exitCode = await runTool('electron-vite/bin/electron-vite.js', args, {
    env: { ELECTRON_EXEC_PATH: electron },
  });
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
