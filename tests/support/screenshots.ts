/** Pictures of what the tests saw, kept for people; where each lies is printed. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { repository } from './programs';

const folder = join(repository, 'test-results/screenshots');

/** Saves `<host>-<name>.png`. */
export async function keepScreenshot(page: Page, host: string, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${host}-${name}.png`);
  await page.screenshot({ path });
  console.log(`screenshot: ${path}`);
}
