/** Preferences, checked value by value, over a file that the host owns. */
import { settingsSchema, type Settings } from '../../src-shared/contract';

/** What a caller changes; keys left out or undefined stay as they are. */
export type SettingsChange = { readonly [Key in keyof Settings]?: Settings[Key] | undefined };

export interface SettingsService {
  read(): Settings;
  /** Resolves when it is on disk. */
  write(change: SettingsChange): Promise<Settings>;
}

/** Plain values by key, none of them checked. */
export interface StoredSettings {
  read(): Promise<Readonly<Record<string, unknown>>>;
  write(values: Readonly<Record<string, unknown>>): Promise<void>;
}

/** Reads the file once; from then on only this service writes it. Values of keys that are not known here stay in it. */
export async function createSettingsService(file: StoredSettings): Promise<SettingsService> {
  let stored = await file.read();
  let writing: Promise<void> = Promise.resolve();
  return {
    read: () => settingsFrom(stored),
    write: async (change) => {
      const known = Object.entries(change).filter(([, value]) => value !== undefined);
      stored = { ...stored, ...Object.fromEntries(known) };
      const values = stored;
      // One after the other: the file has what was asked for last.
      writing = writing.catch(() => undefined).then(() => file.write(values));
      await writing;
      return settingsFrom(stored);
    },
  };
}

/** Key by key, so that one bad value costs only itself. */
export function settingsFrom(stored: Readonly<Record<string, unknown>>): Settings {
  const valid = Object.entries(settingsSchema.shape).filter(([key, schema]) => schema.safeParse(stored[key]).success);
  return settingsSchema.parse(Object.fromEntries(valid.map(([key]) => [key, stored[key]])));
}
