/**
 * One scroll step, from a decoded frame to its pixels: ours against stock vtk.js and a plain 2D canvas, in the same
 * browser, in turns. `npm run bench -- --only scroll`; without a GPU, Chromium's software WebGL draws.
 */
import path from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';

export const name = 'scroll';

const CONTENDERS = /** @type {const} */ (['isocenter-gpu', 'isocenter-processor', 'vtk-image-mapper', 'canvas-2d']);
const ROUNDS = 3;
const STEPS = 12;

async function pageScript() {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: {
        entry: path.resolve(import.meta.dirname, '../../tests/bench/scrollPage.ts'),
        formats: ['iife'],
        name: 'scrollPage',
      },
    },
  });
  const [bundle] = Array.isArray(built) ? built : [];
  return bundle?.output[0].code ?? '';
}

/** @param {readonly number[]} times */
function summary(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  return { minMs: at(0), medianMs: at(0.5), p95Ms: at(0.95) };
}

/**
 * @param {{ args?: readonly string[], executablePath?: string }} [options] `args` choose how Chromium does WebGL
 */
export async function run(options = {}) {
  const args = options.args ?? ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
  const executablePath = options.executablePath ?? process.env['ISOCENTER_CHROMIUM'] ?? '/usr/bin/chromium';
  const script = await pageScript();
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-background-networking', '--no-first-run', ...args],
  });
  /** @type {Record<string, number[]>} */
  const times = {};
  /** @type {Record<string, number>} */
  const levels = {};
  try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 1000 } });
    await page.setContent('<body style="margin:0;background:#000"></body>');
    await page.addScriptTag({ content: script });
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const contender of CONTENDERS) {
        /** @type {{ times: number[], level: number }} */
        const measured = await page.evaluate(`window.scrollBench.scroll('${contender}', ${STEPS})`);
        times[contender] = [...(times[contender] ?? []), ...measured.times];
        levels[contender] = measured.level;
      }
    }
  } finally {
    await browser.close();
  }
  const rows = CONTENDERS.map((contender) => ({
    contender,
    ...summary(times[contender] ?? []),
    level: levels[contender],
  }));
  const medianOf = (/** @type {string} */ who) =>
    rows.find(({ contender }) => contender === who)?.medianMs ?? Number.NaN;
  const ours = Math.min(medianOf('isocenter-gpu'), medianOf('isocenter-processor'));
  return {
    name,
    rows,
    ratios: {
      'best of ours / vtk-image-mapper': ours / medianOf('vtk-image-mapper'),
      'best of ours / canvas-2d': ours / medianOf('canvas-2d'),
    },
  };
}

export default { name, run };

if (process.argv[1] === import.meta.filename) console.log(JSON.stringify(await run(), null, 2));
