import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Log } from '../platform';
import { createSettingsFile } from './settingsFile';

let folder: string;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isocenter-settings-'));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const say = (message: string) => void said.push(message);
const log: Log = { info: say, warn: say, error: say };
const file = () => createSettingsFile(folder, log);
const path = (name: string) => join(folder, name);

describe('the settings file', () => {
  it('keeps values across starts, as lines that a person can read', async () => {
    await file().write({ trashDays: 7, overlayLevel: 'off' });
    expect(await file().read()).toEqual({ trashDays: 7, overlayLevel: 'off' });
    expect(readFileSync(path('settings.json'), 'utf8').split('\n')).toContain('\t"trashDays": 7,');
    expect(said).toEqual([]);
  });

  it('is empty before anything was written', async () => {
    expect(await file().read()).toEqual({});
  });

  it.each([
    ['torn', '{ torn'],
    ['empty', ''],
    ['a list', '[1]'],
    ['no text', '\0\0\0'],
  ])('keeps a file aside that is %s, says it once and starts anew', async (_what, text) => {
    writeFileSync(path('settings.json'), text);
    const opened = file();
    expect([await opened.read(), await opened.read()]).toEqual([{}, {}]);
    expect(readFileSync(path('settings.damaged.json'), 'utf8')).toBe(text);
    expect(said).toHaveLength(1);
  });

  it('takes a byte order mark for none of the content', async () => {
    writeFileSync(path('settings.json'), '\uFEFF{"trashDays": 3}');
    expect(await file().read()).toEqual({ trashDays: 3 });
    expect(existsSync(path('settings.damaged.json'))).toBe(false);
  });

  it('removes a value that is left out', async () => {
    await file().write({ trashDays: 3, offersMedia: false });
    await file().write({ trashDays: 3 });
    expect(await file().read()).toEqual({ trashDays: 3 });
  });
});
