/** What a page inside the window cannot do, tried from inside it; and the byte road as Electron serves it. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { canShowWindows } from '../support/display';
import { startInElectron } from '../support/electronWorkstation';
import { builtElectronMain, electronPath } from '../support/programs';
import { skipUnless } from '../support/skip';
import { smallCt } from '../support/smallCt';
import type { Workstation } from '../support/workstation';

const canRun = electronPath !== null && canShowWindows && existsSync(builtElectronMain);

skipUnless(canRun, 'no Electron binary, no display or not built')('the window’s walls', () => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'isocenter-walls-'));
  const file = smallCt();
  let workstation: Workstation;

  beforeAll(async () => {
    const folder = path.join(scratch, 'one file');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'image'), file);
    workstation = await startInElectron({ dataDirectory: path.join(scratch, 'data'), paths: [folder] });
  });

  afterAll(async () => {
    await workstation.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  it('gives the page no Node, and of the preload one function', async () => {
    const seen = await workstation.page.evaluate(() => [
      ...['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter((name) => name in globalThis),
      ...Object.keys((globalThis as { isocenterPreload?: object }).isocenterPreload ?? {}),
    ]);
    expect(seen).toEqual(['pathOfFile']);
  });

  it('neither leaves nor opens another window', async () => {
    const { page } = workstation;
    const opened = await page.evaluate(() => window.open('https://example.org/') === null);
    await page.evaluate(() => {
      location.href = 'https://example.org/';
    });
    await page.evaluate(() => {
      location.href = 'file:///etc/hostname';
    });
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
    expect([opened, page.url()]).toEqual([true, 'isocenter://app/']);
  });

  it('has no permission to anything', async () => {
    const states = await workstation.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone'] as const;
      const asked = names.map(async (name) => (await navigator.permissions.query({ name })).state);
      return [...new Set(await Promise.all(asked))];
    });
    expect(states).toEqual(['denied']);
  });

  it.each([
    'isocenter://app/../main/main.js',
    'isocenter://app/%2e%2e/main/main.js',
    'isocenter://app/..%2fmain/main.js',
    'isocenter://app/..%5cmain%5cmain.js',
    'isocenter://other/index.html',
    'isocenter://app/bytes/instance/999999',
    'isocenter://app/bytes/instance/..%2f..%2fx',
    'file:///etc/hostname',
  ])('fetches nothing at %s', async (address) => {
    const fetched = await workstation.page.evaluate(
      (url) =>
        fetch(url).then(
          (response) => response.ok,
          () => false,
        ),
      address,
    );
    expect(fetched).toBe(false);
  });

  it('serves the bytes of an instance whole and by range, under the policy', async () => {
    const { page } = workstation;
    const isThere = () =>
      page.evaluate(() =>
        fetch('/bytes/instance/1').then(
          ({ ok }) => ok,
          () => false,
        ),
      );
    await vi.waitFor(async () => expect(await isThere()).toBe(true), { timeout: 15_000 });
    const got = await page.evaluate(async () => {
      const read = async (range?: string) => {
        const response = await fetch('/bytes/instance/1', range === undefined ? {} : { headers: { Range: range } });
        return { bytes: [...new Uint8Array(await response.arrayBuffer())], headers: response.headers };
      };
      const whole = await read();
      return {
        whole: whole.bytes,
        prefix: (await read('bytes=128-131')).bytes,
        type: whole.headers.get('content-type'),
        sniffing: whole.headers.get('x-content-type-options'),
      };
    });
    expect(got).toEqual({
      whole: [...file],
      prefix: [...new TextEncoder().encode('DICM')],
      type: 'application/dicom',
      sniffing: 'nosniff',
    });
  });

  it('gives an import report as a table to keep', async () => {
    const got = await workstation.page.evaluate(async () => {
      const response = await fetch('/bytes/report/1');
      const { headers } = response;
      return {
        text: await response.text(),
        headers: ['content-type', 'content-disposition'].map((key) => headers.get(key)),
      };
    });
    expect(got.headers).toEqual(['text/csv; charset=utf-8', 'attachment; filename="import-report-1.csv"']);
    expect(got.text).toContain('image,added');
  });
});
