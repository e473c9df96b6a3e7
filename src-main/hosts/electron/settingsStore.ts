/** Settings through `electron-store`, which belongs into the main process; the service process asks over a port. */
import Store from 'electron-store';
import { SETTINGS_NAME, settingsFileOver } from '../../compose/hosting/settingsFile';
import type { Log, SettingsFile } from '../../compose/platform';

export function openSettingsFile(directory: string, log: Log): SettingsFile {
  return settingsFileOver(
    directory,
    log,
    () => new Store<Record<string, unknown>>({ cwd: directory, name: SETTINGS_NAME, clearInvalidConfig: true }),
  );
}
