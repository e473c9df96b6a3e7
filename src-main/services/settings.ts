/** Preferences in `settings.json` below the data directory, written atomically. */
import Conf from 'conf';
import { settingsSchema, type Settings } from '../../src-shared/contract';

/** What a caller changes; keys left out or undefined stay as they are. */
export type SettingsChange = { readonly [Key in keyof Settings]?: Settings[Key] | undefined };

export interface SettingsService {
  read(): Settings;
  write(change: SettingsChange): Settings;
}

/** A file that is no JSON is started anew: preferences are not worth a failed start. */
export function createSettingsService(dataDirectory: string): SettingsService {
  const file = new Conf<Record<string, unknown>>({
    projectName: 'isocenter',
    cwd: dataDirectory,
    configName: 'settings',
    clearInvalidConfig: true,
  });
  const read = () => settingsFrom(file.store);
  return {
    read,
    write: (change) => {
      const known = Object.entries(change).filter(([, value]) => value !== undefined);
      file.store = { ...file.store, ...Object.fromEntries(known) };
      return read();
    },
  };
}

/** Key by key, so that one bad value costs only itself. */
export function settingsFrom(stored: Readonly<Record<string, unknown>>): Settings {
  const valid = Object.entries(settingsSchema.shape).filter(([key, schema]) => schema.safeParse(stored[key]).success);
  return settingsSchema.parse(Object.fromEntries(valid.map(([key]) => [key, stored[key]])));
}
