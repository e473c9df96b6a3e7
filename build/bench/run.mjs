/**
 * `npm run bench -- [--only NAME] [--json FILE]`: every `*.bench.mjs` here, one after the other, as tables and as JSON.
 * Only ratios within one run mean anything: machines differ, and so does the same machine from hour to hour.
 */
import { readdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../entry/setUp.mjs';

/**
 * @typedef {{ name: string, rows: readonly Record<string, unknown>[], ratios?: Record<string, number>, absent?: string }} Result
 * @typedef {{ name: string, run: () => Promise<Result> }} Bench
 */

/** @returns {Promise<Bench[]>} */
async function discover() {
  const files = (await readdir(import.meta.dirname)).filter((file) => file.endsWith('.bench.mjs')).sort();
  return Promise.all(files.map((file) => import(path.join(import.meta.dirname, file))));
}

/** @param {Result} result */
function print({ name, rows, ratios, absent }) {
  console.log(`\n${name}`);
  if (absent !== undefined) console.log(`  not measured: ${absent}`);
  if (rows.length > 0) console.table(rows.map(tidy));
  for (const [what, ratio] of Object.entries(ratios ?? {})) console.log(`  ${what}: ${ratio.toFixed(2)}`);
}

/** Two digits after the point are plenty for eyes. @param {Record<string, unknown>} row */
function tidy(row) {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, typeof value === 'number' ? Math.round(value * 100) / 100 : value]),
  );
}

const { values } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'string' } } });
const benches = await discover();
const chosen = benches.filter(({ name }) => values.only === undefined || name === values.only);
if (chosen.length === 0) {
  console.error(`There is no benchmark of that name; there are: ${benches.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}
await ensureBuilt({ output: 'stderr' });
/** @type {Result[]} */
const results = [];
for (const bench of chosen) {
  const result = await bench.run();
  print(result);
  results.push(result);
}
const report = {
  machine: { cpu: os.cpus()[0]?.model ?? '', cores: os.cpus().length, platform: process.platform },
  node: process.version,
  results,
};
if (values.json === undefined) console.log(`\n${JSON.stringify(report)}`);
else await writeFile(values.json, JSON.stringify(report, null, 2));
