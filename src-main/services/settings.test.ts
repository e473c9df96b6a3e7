import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingsContract, settingsSchema } from '../../src-shared/contract/settings';
import { createSettingsService, settingsFrom } from './settings';

const defaults = settingsSchema.parse({});
const newFolder = () => mkdtempSync(join(tmpdir(), 'isocenter-settings-'));

describe('settings', () => {
  it('keeps a change across restarts and leaves other keys as they were', () => {
    const folder = newFolder();
    createSettingsService(folder).write({ overlayLevel: 'off' });
    createSettingsService(folder).write({ cineFramesPerSecond: 30 });
    expect(createSettingsService(folder).read()).toEqual({ ...defaults, overlayLevel: 'off', cineFramesPerSecond: 30 });
  });

  it('replaces only the value that is invalid', () => {
    expect(settingsFrom({ overlayLevel: 'loud', frameCacheMb: 256, unknown: 1 })).toEqual({
      ...defaults,
      frameCacheMb: 256,
    });
  });

  it('starts anew when the file is no JSON', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'settings.json'), '{ torn');
    expect(createSettingsService(folder).read()).toEqual(defaults);
  });

  it('does not fill in defaults for keys that a change leaves out', () => {
    const input = settingsContract.write['~orpc'].inputSchema;
    expect(input?.['~standard'].validate({ overlayLevel: 'off' })).toEqual({ value: { overlayLevel: 'off' } });
  });
});
