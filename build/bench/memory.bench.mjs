/**
 * The most memory that the process takes while 100,000 files are scanned: taken in as they are found, and surveyed first
 * for a choice. `npm run bench -- --only memory`
 */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pinnedNode, root } from '../entry/processes.mjs';
import { withCtFolder } from './ctFolder.mjs';

export const name = 'memory';

const FILES = 100_000;
const FEW = 1000;
/** A series that is nowhere: wishing it away makes the import survey everything first. */
const NO_SERIES = '2.25.1';
const LOOK_MS = 50;

/** Mebibytes at the peak, by the system's own account; 0 once the process is gone. @param {number} pid */
async function peakOf(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
}

/** @param {readonly string[]} args */
async function measured(args) {
  const child = spawn(pinnedNode, [path.join(root, 'out/main/dcm.js'), ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  let peak = 0;
  const looking = setInterval(async () => (peak = Math.max(peak, await peakOf(child.pid ?? 0))), LOOK_MS);
  await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject));
  clearInterval(looking);
  const { seen, added, seconds } = JSON.parse(output.trim().split('\n').at(-1) ?? '{}');
  return { seen, added, seconds, peakMiB: Math.round(peak), filesPerSecond: Math.round(seen / seconds) };
}

export async function run() {
  if (process.platform !== 'linux') return { name, rows: [], absent: 'peak memory is read from /proc' };
  /** @type {Record<string, unknown>[]} */
  const rows = [];
  for (const count of [FEW, FILES]) {
    await withCtFolder(
      count,
      async ({ folder, scratch }) => {
        for (const [way, wishes] of /** @type {const} */ ([
          ['as found', []],
          ['surveyed first', ['--exclude-series', NO_SERIES]],
        ])) {
          const library = path.join(scratch, way.replace(' ', '-'));
          const args = ['import', folder, '--reference', ...wishes, '--library', library, '--json'];
          rows.push({ way, files: count, ...(await measured(args)) });
        }
      },
      { size: 2, privateBytes: 0 },
    );
  }
  return { name, rows };
}
