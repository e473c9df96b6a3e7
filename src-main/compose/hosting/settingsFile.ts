/**
 * `settings.json` in the data directory: JSON that a person can read and change. A file that is none is kept beside as
 * `settings.damaged.json` and said once; preferences are not worth a failed start.
 */
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Conf from 'conf';
import type { Log, SettingsFile } from '../platform';

export const SETTINGS_NAME = 'settings';

/** What `conf` and `electron-store` have in common. */
export interface ValueStore {
  store: Record<string, unknown>;
}

/** For hosts that have no store of their own. */
export function createSettingsFile(directory: string, log: Log): SettingsFile {
  return settingsFileOver(directory, log, () => {
    return new Conf<Record<string, unknown>>({
      ...{ projectName: 'isocenter', cwd: directory, configName: SETTINGS_NAME },
      clearInvalidConfig: true,
    });
  });
}

/** Opens the store when it is first needed; a failed write is the caller's to hear. */
export function settingsFileOver(directory: string, log: Log, open: () => ValueStore): SettingsFile {
  let opened: ValueStore | null = null;
  const values = (): ValueStore => {
    if (!opened) {
      keepDamagedAside(directory, log);
      opened = open();
    }
    return opened;
  };
  return {
    // In a promise, so that what the disk answers rejects and never throws.
    read: async () => Promise.resolve(values().store),
    write: async (next) => {
      values().store = { ...next };
      return Promise.resolve();
    },
  };
}

function keepDamagedAside(directory: string, log: Log): void {
  const path = join(directory, `${SETTINGS_NAME}.json`);
  const text = textOf(path);
  if (text === null || isObject(text)) return;
  try {
    renameSync(path, join(directory, `${SETTINGS_NAME}.damaged.json`));
    log.warn('settings were damaged: kept aside, defaults are used');
  } catch {
    log.warn('settings are damaged and could not be kept aside: defaults are used');
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function isObject(text: string): boolean {
  try {
    // Editors may add a byte order mark.
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
