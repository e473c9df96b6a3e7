/**
 * Entry of the desktop application. Only what must happen before Electron is ready happens here; a module that waited
 * for readiness at its top level would never be left (Electron waits for the module, the module for Electron).
 */
import { app } from 'electron';
import { prepare } from './prepare';

const prepared = prepare();
if (prepared) {
  void app.whenReady().then(async () => {
    const { boot } = await import('./boot');
    await boot(prepared);
  });
} else {
  app.quit();
}
