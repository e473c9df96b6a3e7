/**
 * First paint of our window against a bare Electron window, by turns in the same run; fresh: on an empty data
 * directory, warm: on one that was used before. `npm run bench -- --only startup`
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { presentBinary } from '../entry/electronBinary.mjs';
import { hasProgram, root } from '../entry/processes.mjs';
import { startDisplay, timePaints } from './electronWindow.mjs';
import { median, rounded } from './figures.mjs';

export const name = 'startup';

const ROUNDS = 7;

/** The least that can be called a window: one page with a word on it, shown when painted, as ours is. */
const BARE_MAIN = `
const { app, BrowserWindow } = require('electron');
app.setPath('userData', process.argv.at(-1));
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1600, height: 1000, show: false, backgroundColor: '#0a0c0e' });
  window.once('ready-to-show', () => window.show());
  window.loadFile('index.html');
});
`;
const BARE_PAGE = '<!doctype html><title>Bare</title><body style="background:#0a0c0e;color:#c9d1d9">Bare window</body>';

/** @param {string} scratch */
async function writeBareApp(scratch) {
  const folder = path.join(scratch, 'bare');
  await mkdir(folder);
  await writeFile(path.join(folder, 'package.json'), '{"name":"bare","main":"main.js"}');
  await writeFile(path.join(folder, 'main.js'), BARE_MAIN);
  await writeFile(path.join(folder, 'index.html'), BARE_PAGE);
  return folder;
}

export async function run() {
  const electron = presentBinary();
  if (electron === null) return { name, rows: [], absent: 'the Electron binary is not on this machine' };
  if (process.platform === 'linux' && !hasProgram('Xvfb')) return { name, rows: [], absent: 'there is no Xvfb' };
  const scratch = await mkdtemp(path.join(tmpdir(), 'isocenter-startup-'));
  const display = await startDisplay();
  try {
    return report(await measure(electron, { scratch, display }));
  } finally {
    await display.stop();
    await rm(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/**
 * @typedef {{ first: number, contentful: number }} Paints
 * @typedef {Record<'bare fresh' | 'isocenter fresh' | 'bare warm' | 'isocenter warm', Paints[]>} Times
 */

/**
 * @param {string} electron
 * @param {{ scratch: string, display: import('./electronWindow.mjs').Display }} place
 */
async function measure(electron, { scratch, display }) {
  const bare = await writeBareApp(scratch);
  /** @type {Times} */
  const times = { 'bare fresh': [], 'isocenter fresh': [], 'bare warm': [], 'isocenter warm': [] };
  const bareWindow = (/** @type {string} */ data) =>
    timePaints({ electron, display, args: [bare, path.join(scratch, data)] });
  const ourWindow = (/** @type {string} */ data) =>
    timePaints({ electron, display, args: [root, '--data', path.join(scratch, data)] });
  // One of each that does not count: the operating system has to read the programs from disk once.
  await bareWindow('bare-first');
  await ourWindow('ours-first');
  for (let round = 0; round < ROUNDS; round++) {
    times['bare fresh'].push(await bareWindow(`bare-${round}`));
    times['isocenter fresh'].push(await ourWindow(`ours-${round}`));
    times['bare warm'].push(await bareWindow('bare-first'));
    times['isocenter warm'].push(await ourWindow('ours-first'));
  }
  return times;
}

/** @param {Times} times */
function report(times) {
  const rows = Object.entries(times).flatMap(([window, paints]) =>
    /** @type {const} */ (['first', 'contentful']).map((paint) => {
      const ms = paints.map((each) => each[paint]);
      return {
        window,
        paint,
        starts: ms.length,
        minMs: rounded(Math.min(...ms), 0),
        medianMs: rounded(median(ms), 0),
        maxMs: rounded(Math.max(...ms), 0),
      };
    }),
  );
  /** @type {Record<string, number>} */
  const ratios = {};
  for (const state of /** @type {const} */ (['fresh', 'warm']))
    for (const paint of /** @type {const} */ (['first', 'contentful'])) {
      const ours = times[`isocenter ${state}`].map((each) => each[paint]);
      const bare = times[`bare ${state}`].map((each) => each[paint]);
      ratios[`isocenter / bare, ${state}, ${paint} paint, median`] = median(ours) / median(bare);
      ratios[`isocenter / bare, ${state}, ${paint} paint, min`] = Math.min(...ours) / Math.min(...bare);
    }
  return { name, rows, ratios };
}
