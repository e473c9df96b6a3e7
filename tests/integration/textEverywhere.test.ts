/**
 * Text reads the same in every runtime of the product: each brings character tables of its own. Node here, Electron's Node (the
 * service process) and Chromium (windows and their workers) there.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readAllText, type TextReading } from '../fixtures/textReading';
import { bundleForNode } from '../support/bundle';
import { chromiumPath, electronPath, quietBrowser, sandboxArguments } from '../support/programs';
import { skipUnless } from '../support/skip';

let folder: string;
let bundle: string;

/** Not assigned by everyone, or only for private use. */
const isOpen = (character: string): boolean => /[\ufffd\ue000-\uf8ff]/.test(character);

/** Codes that mean one thing here and another there; every runtime knows a few that others leave open. */
function differences(there: TextReading): unknown {
  const here = readAllText();
  const characters = Object.entries(here.repertoires).flatMap(([set, all]) => {
    const theirs = (there.repertoires[set] ?? '').split(' ');
    const pairs = all.split(' ').map((character, index) => [set, character, theirs[index] ?? ''] as const);
    return pairs.filter(([, ours, other]) => !isOpen(ours) && !isOpen(other) && ours !== other);
  });
  return { characters, vectors: there.vectors.filter((text, index) => text !== here.vectors[index]) };
}

const NONE = { characters: [], vectors: [] };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'isocenter-text-'));
  bundle = await bundleForNode(resolve(import.meta.dirname, '../support/textChild.ts'), folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

skipUnless(electronPath !== null, 'no Electron binary')('text in Electron', () => {
  it('reads as it does here', () => {
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    const answer = execFileSync(electronPath ?? '', [bundle], { env, maxBuffer: 1 << 26 }).toString();
    expect(differences(JSON.parse(answer) as TextReading)).toEqual(NONE);
  });
});

skipUnless(existsSync(chromiumPath), 'no Chromium')('text in Chromium', () => {
  it('reads as it does here', async () => {
    const browser = await chromium.launch({
      executablePath: chromiumPath,
      args: [...sandboxArguments, ...quietBrowser],
    });
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ content: readFileSync(bundle, 'utf8'), type: 'module' });
      await page.waitForFunction('"readAllText" in globalThis');
      expect(differences(await page.evaluate<TextReading>('readAllText()'))).toEqual(NONE);
    } finally {
      await browser.close();
    }
  });
});
