/**
 * How long the page's thread is ever busy while 1,000 files are being opened and their thumbnails made, in a real
 * Chromium against the node host. `npm run bench -- --only longtasks`
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { pinnedNode, root } from '../entry/processes.mjs';
import { withCtFolder } from './ctFolder.mjs';
import { rounded } from './figures.mjs';

export const name = 'longtasks';

const FILES = 1000;
const CHROMIUM = process.env['ISOCENTER_CHROMIUM'] ?? '/usr/bin/chromium';
/** What a person notices as a hitch. Source: the Long Tasks specification. */
const LONG_MS = 50;

/** @param {string} dataDirectory */
async function startHost(dataDirectory) {
  const program = path.join(root, 'out/main/nodeHost.js');
  const child = spawn(pinnedNode, [program, '--print-json', '--data', dataDirectory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  /** @type {{ url: string }} */
  const { url } = JSON.parse(line);
  const stop = async () => {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  };
  return { url, stop };
}

/** Tasks longer than 50 ms from now on, and the longest gap between two turns of the event loop. */
const OBSERVE = `
  window.bench = { tasks: [], longestGapMs: 0 };
  new PerformanceObserver((list) => {
    for (const { duration, startTime } of list.getEntries()) window.bench.tasks.push({ duration, startTime });
  }).observe({ type: 'longtask' });
  const channel = new MessageChannel();
  let last = performance.now();
  channel.port1.onmessage = () => {
    const now = performance.now();
    window.bench.longestGapMs = Math.max(window.bench.longestGapMs, now - last);
    last = now;
    setTimeout(() => channel.port2.postMessage(0), 4);
  };
  channel.port2.postMessage(0);
`;

/** @param {string} folder @param {string} dataDirectory */
async function measure(folder, dataDirectory) {
  const host = await startHost(dataDirectory);
  const args = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-background-networking'];
  const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...sandbox, ...args] });
  try {
    const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
    await page.goto(host.url);
    await page.getByRole('heading', { name: 'The library is empty' }).waitFor();
    await page.getByRole('banner').getByRole('button', { name: 'Open…' }).click();
    await page.getByRole('textbox', { name: 'Path' }).fill(folder);
    await page.evaluate(OBSERVE);
    const start = Date.now();
    await page.getByRole('textbox', { name: 'Path' }).press('Enter');
    await page.getByRole('treegrid').waitFor({ timeout: 60_000 });
    await page.getByRole('row').filter({ hasText: 'BENCH-3' }).filter({ hasText: '250' }).waitFor({ timeout: 60_000 });
    await page.getByText('Ready', { exact: true }).waitFor({ timeout: 60_000 });
    const openedMs = Date.now() - start;
    // The first study's series, opened in the table while its thumbnails are being made.
    await page.getByRole('row').filter({ hasText: 'BENCH-0' }).click();
    await page.keyboard.press('ArrowRight');
    await page.locator('.library-thumbnail img.is-shown').nth(4).waitFor({ timeout: 60_000 });
    const picturedMs = Date.now() - start;
    /** @type {{ tasks: { duration: number }[], longestGapMs: number }} */
    const { tasks, longestGapMs } = await page.evaluate('window.bench');
    const durations = tasks.map(({ duration }) => duration);
    return {
      openedMs,
      picturedMs,
      longTasks: durations.length,
      longestTaskMs: Math.max(0, ...durations),
      longestGapMs,
    };
  } finally {
    await browser.close();
    await host.stop();
  }
}

export async function run() {
  if (!existsSync(CHROMIUM)) return { name, rows: [], absent: `there is no Chromium at ${CHROMIUM}` };
  return withCtFolder(FILES, async ({ folder, scratch }) => {
    const rows = [];
    for (let round = 0; round < 3; round++) {
      const { longestGapMs, longestTaskMs, ...rest } = await measure(folder, path.join(scratch, `data-${round}`));
      rows.push({ files: FILES, ...rest, longestTaskMs: rounded(longestTaskMs), longestGapMs: rounded(longestGapMs) });
    }
    const longest = Math.max(...rows.map((row) => row.longestTaskMs));
    return { name, rows, ratios: { [`longest task / ${LONG_MS} ms (0: none was longer)`]: longest / LONG_MS } };
  });
}
