/**
 * Questions to a library of 100,000 studies and 1,000,000 instances: the library service against the bare prepared
 * statements of the same questions on the same database, and how long such a library takes to open beside an empty one.
 * `npm run bench -- --only search`; ISOCENTER_BENCH_STUDIES makes it smaller.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { pinnedNode, root } from '../entry/processes.mjs';
import { median, rounded } from './figures.mjs';

export const name = 'search';

const STUDIES = Number(process.env['ISOCENTER_BENCH_STUDIES'] ?? 100_000);
const STARTS = 5;
const runFile = promisify(execFile);

/** @param {string} folder */
async function bundle(folder) {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      ssr: 'tests/bench/searchLibrary.ts',
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: 'searchLibrary.mjs', format: 'es' } },
    },
    ssr: { noExternal: true },
  });
  return path.join(folder, 'searchLibrary.mjs');
}

/** @param {readonly number[]} values @param {number} share */
function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** @param {string} what @param {readonly { ourMs: number, bareMs: number, answers: number }[]} times */
function summary(what, times) {
  const ours = times.map(({ ourMs }) => ourMs);
  const bare = times.map(({ bareMs }) => bareMs);
  return {
    what,
    asked: times.length,
    'ours p50 ms': rounded(quantile(ours, 0.5), 2),
    'ours p99 ms': rounded(quantile(ours, 0.99), 2),
    'bare p50 ms': rounded(quantile(bare, 0.5), 2),
    'bare p99 ms': rounded(quantile(bare, 0.99), 2),
    'answers, median': median(times.map(({ answers }) => answers)),
  };
}

export async function run() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'isocenter-search-'));
  try {
    const script = await bundle(folder);
    const library = path.join(folder, 'library');
    const empty = path.join(folder, 'empty');
    /** @param {string[]} args */
    const ask = async (...args) => {
      const { stdout } = await runFile(pinnedNode, [script, ...args], { maxBuffer: 1 << 28 });
      return stdout === '' ? null : JSON.parse(stdout);
    };
    await ask('fill', library, String(STUDIES));
    await ask('fill', empty, '0');
    const { times, wholeMs, deepMs, facetsMs, sortMs } = await ask('ask', library);
    const kinds = [...new Set(times.map((/** @type {{ what: string }} */ { what }) => what))];
    /** @type {{ full: number[], empty: number[] }} */
    const starts = { full: [], empty: [] };
    for (let round = 0; round < STARTS; round += 1) {
      starts.full.push((await ask('open', library)).openMs);
      starts.empty.push((await ask('open', empty)).openMs);
    }
    const all = summary('all', times);
    const { size } = await stat(path.join(library, 'index.sqlite'));
    return {
      name,
      rows: [
        ...kinds.map((kind) =>
          summary(
            kind,
            times.filter((/** @type {{ what: string }} */ { what }) => what === kind),
          ),
        ),
        all,
        { what: `whole list of ${STUDIES} studies, first page`, 'ours p50 ms': rounded(wholeMs, 2) },
        { what: 'a page at its far end', 'ours p50 ms': rounded(deepMs, 2) },
        { what: 'sorted by description', 'ours p50 ms': rounded(sortMs, 2) },
        { what: 'facets', 'ours p50 ms': rounded(facetsMs, 2) },
        { what: `opened, index of ${rounded(size / 1e6)} MB`, 'ours p50 ms': rounded(median(starts.full), 2) },
        { what: 'opened, empty', 'ours p50 ms': rounded(median(starts.empty), 2) },
      ],
      ratios: {
        'search p50, ours to bare statements': all['ours p50 ms'] / all['bare p50 ms'],
        'search p99, ours to bare statements': all['ours p99 ms'] / all['bare p99 ms'],
        'opening to the first page, this library to an empty one': median(starts.full) / median(starts.empty),
      },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
