import { describe, expect, it } from 'vitest';
import { settingsContract, settingsSchema } from '../../src-shared/contract/settings';
import { createSettingsService, settingsFrom, type StoredSettings } from './settings';

const defaults = settingsSchema.parse({});

function memoryFile(values: Readonly<Record<string, unknown>> = {}): StoredSettings & { values: typeof values } {
  const file = {
    values,
    read: () => Promise.resolve(file.values),
    write: async (written: typeof values) => {
      await Promise.resolve();
      file.values = written;
    },
  };
  return file;
}

describe('settings', () => {
  it('keeps a change across restarts and leaves other keys as they were', async () => {
    const file = memoryFile({ fromALaterVersion: [1] });
    await (await createSettingsService(file)).write({ overlayLevel: 'off' });
    await (await createSettingsService(file)).write({ cineFramesPerSecond: 30 });
    const kept = (await createSettingsService(file)).read();
    expect(kept).toEqual({ ...defaults, overlayLevel: 'off', cineFramesPerSecond: 30 });
    expect(file.values['fromALaterVersion']).toEqual([1]);
  });

  it('ends with what was asked for last, however writes overlap', async () => {
    const file = memoryFile();
    const settings = await createSettingsService(file);
    await Promise.all([settings.write({ trashDays: 1 }), settings.write({ trashDays: 2, offersMedia: false })]);
    expect(file.values).toEqual({ trashDays: 2, offersMedia: false });
  });

  it('says so when the file cannot be written, and goes on with the next change', async () => {
    const file = memoryFile();
    const write = (values: Readonly<Record<string, unknown>>) => {
      file.values = values;
      return Promise.resolve();
    };
    file.write = () => Promise.reject(new Error('disk full'));
    const settings = await createSettingsService(file);
    await expect(settings.write({ trashDays: 1 })).rejects.toThrow('disk full');
    file.write = write;
    await settings.write({ offersMedia: false });
    expect(file.values).toEqual({ trashDays: 1, offersMedia: false });
  });

  it('replaces only the value that is invalid', () => {
    expect(settingsFrom({ overlayLevel: 'loud', frameCacheMb: 256, unknown: 1 })).toEqual({
      ...defaults,
      frameCacheMb: 256,
    });
  });

  it('does not fill in defaults for keys that a change leaves out', () => {
    const input = settingsContract.write['~orpc'].inputSchema;
    expect(input?.['~standard'].validate({ overlayLevel: 'off' })).toEqual({ value: { overlayLevel: 'off' } });
  });
});
