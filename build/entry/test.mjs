/**
 * `npm test`: installs what is missing, then everything CI runs, one step after the other; a failed step does not stop
 * the later ones. Ends with a summary that names every skipped test, and the line `N passed, N failed`.
 */
import fs from 'node:fs';
import path from 'node:path';
import { hasProgram, pinnedNode, root, run, runTool, say } from './processes.mjs';
import { build, ensurePackages } from './setUp.mjs';
import { ensureSystemParts } from './systemParts.mjs';
import { readReport } from './vitestReport.mjs';

const STEP_LIMIT_MS = 10 * 60_000;
const REPORTS = path.join(root, '.cache/test');

/** @typedef {import('./vitestReport.mjs').Tally} Tally */

/** A check is one test: it passes or it fails. @param {Promise<number>} running @returns {Promise<Tally>} */
async function check(running) {
  const status = await running;
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? [] : [`exit status ${status}`], skipped: [] };
}

/** @param {string} project @returns {Promise<Tally>} */
async function vitest(project) {
  const report = path.join(REPORTS, `${project}.json`);
  fs.rmSync(report, { force: true });
  const args = ['run', '--project', project, '--passWithNoTests', '--reporter=dot', '--reporter=json'];
  const script = path.join(root, 'node_modules/vitest/vitest.mjs');
  const [command, ...rest] = [...displayFor(project), pinnedNode, script, ...args, `--outputFile.json=${report}`];
  const status = await run(command ?? pinnedNode, rest, { limitMs: STEP_LIMIT_MS });
  const tally = readReport(report) ?? { passed: 0, failed: ['vitest left no report'], skipped: [] };
  if (status !== 0 && tally.failed.length === 0) tally.failed.push(`vitest ended with status ${status}`);
  return tally;
}

/** Electron needs a display; where there is none a virtual one is made. @param {string} project */
function displayFor(project) {
  const needsOne = project === 'e2e' && process.platform === 'linux' && !process.env.DISPLAY;
  return needsOne && hasProgram('xvfb-run') ? ['xvfb-run', '-a', '-s', '-screen 0 1920x1200x24'] : [];
}

/** @param {string} file @param {string[]} args */
const tool = (file, ...args) => check(runTool(file, args, { limitMs: STEP_LIMIT_MS }));

/** @type {[name: string, step: () => Promise<Tally>][]} */
const STEPS = [
  ['format', () => tool('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.')],
  ['types', () => tool('typescript/bin/tsc', '--build', '--pretty', 'false')],
  [
    'lint',
    () => tool('eslint/bin/eslint.js', '.', '--max-warnings', '0', '--cache', '--cache-location', '.cache/eslint/'),
  ],
  ['dead code', () => tool('knip/bin/knip.js', '--cache', '--cache-location', '.cache/knip')],
  ['notices', () => check(run(pinnedNode, [path.join(root, 'build/notices.mjs'), '--check']))],
  ['unit tests', () => vitest('unit')],
  [
    'build',
    () =>
      check(
        build({ output: 'inherit' }).then(
          () => 0,
          () => 1,
        ),
      ),
  ],
  ['integration tests', () => vitest('integration')],
  ['end-to-end tests', () => vitest('e2e')],
];

async function main() {
  await ensurePackages({ output: 'inherit' });
  await ensureSystemParts();
  fs.mkdirSync(REPORTS, { recursive: true });
  /** @type {{ name: string, seconds: number, tally: Tally }[]} */
  const results = [];
  for (const [name, step] of STEPS) {
    say(`\n— ${name}`);
    const startedAtMs = Date.now();
    const tally = await step();
    results.push({ name, tally, seconds: (Date.now() - startedAtMs) / 1000 });
  }
  summarise(results);
  return results.some(({ tally }) => tally.failed.length > 0) ? 1 : 0;
}

/** @param {{ name: string, seconds: number, tally: Tally }[]} results */
function summarise(results) {
  console.log('');
  for (const { name, seconds, tally } of results) {
    const counts = `${tally.passed} passed, ${tally.failed.length} failed, ${tally.skipped.length} skipped`;
    console.log(`${name.padEnd(20)} ${counts} (${seconds.toFixed(0)} s)`);
  }
  for (const { name, tally } of results) {
    for (const skipped of tally.skipped) console.log(`skipped  ${name}: ${skipped}`);
    for (const failed of tally.failed) console.log(`failed   ${name}: ${failed}`);
  }
  const total = (/** @type {(tally: Tally) => number} */ count) =>
    results.reduce((sum, { tally }) => sum + count(tally), 0);
  console.log(`${total((tally) => tally.passed)} passed, ${total((tally) => tally.failed.length)} failed`);
}

try {
  process.exitCode = await main();
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
