/**
 * Import by copy (read, hashed, written, flushed, indexed, reported) beside `cp -r` followed by `sync` of the same folder,
 * in turns. `npm run bench -- --only copy`
 */
import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { pinnedNode, root } from '../entry/processes.mjs';
import { withCtFolder } from './ctFolder.mjs';
import { median, rounded } from './figures.mjs';
import { canForget, forget, timeProgram, works } from './peers.mjs';

export const name = 'copy';

const FILES = 1000;
const SIZE = 512;
const ROUNDS = 4;
const runFile = promisify(execFile);

/** @param {string} folder @param {string} library */
async function ourCopy(folder, library) {
  const program = path.join(root, 'out/main/dcm.js');
  const { stdout } = await runFile(pinnedNode, [program, 'import', folder, '--copy', '--library', library, '--json']);
  const { seconds, added } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}');
  if (added !== FILES) throw new Error(`${added} of ${FILES} files were copied`);
  return seconds * 1000;
}

/** @param {string} folder @param {string} target */
async function cpAndSync(folder, target) {
  return (await timeProgram('cp', ['-r', folder, target])) + (await timeProgram('sync', []));
}

export async function run() {
  if (!works('cp', ['--version']) || !works('sync', ['--version'])) {
    return { name, rows: [], absent: 'there is no cp and sync here' };
  }
  return withCtFolder(
    FILES,
    async ({ folder, scratch }) => {
      /** @type {{ ours: number[], cp: number[], coldOurs: number[], coldCp: number[] }} */
      const times = { ours: [], cp: [], coldOurs: [], coldCp: [] };
      const target = path.join(scratch, 'copy');
      /** @param {number[]} into @param {() => Promise<number>} work @param {boolean} isCold */
      const once = async (into, work, isCold) => {
        if (isCold) await forget(folder);
        // What others left unwritten must not be waited for by whoever comes first.
        await timeProgram('sync', []);
        await mkdir(target, { recursive: true });
        into.push(await work());
        await rm(target, { recursive: true, force: true });
      };
      for (const isCold of canForget ? [false, true] : [false]) {
        for (let round = 0; round < ROUNDS; round += 1) {
          await once(isCold ? times.coldOurs : times.ours, () => ourCopy(folder, path.join(target, 'library')), isCold);
          await once(isCold ? times.coldCp : times.cp, () => cpAndSync(folder, path.join(target, 'plain')), isCold);
        }
      }
      const mebibytes = (FILES * SIZE * SIZE * 2) / 2 ** 20;
      const rows = Object.entries({
        'isocenter import by copy': times.ours,
        'cp -r, sync': times.cp,
        'isocenter import by copy, cold': times.coldOurs,
        'cp -r, sync, cold': times.coldCp,
      })
        .filter(([, ms]) => ms.length > 0)
        .map(([way, ms]) => ({
          way,
          files: FILES,
          bestMs: rounded(Math.min(...ms)),
          medianMs: rounded(median(ms)),
          mebibytesPerSecond: Math.round((mebibytes / Math.min(...ms)) * 1000),
        }));
      const ratio = (/** @type {number[]} */ ours, /** @type {number[]} */ theirs) => median(ours) / median(theirs);
      return {
        name,
        rows,
        ratios: {
          'warm: time of import by copy / cp and sync': ratio(times.ours, times.cp),
          ...(canForget ? { 'cold: time of import by copy / cp and sync': ratio(times.coldOurs, times.coldCp) } : {}),
        },
      };
    },
    { size: SIZE },
  );
}
