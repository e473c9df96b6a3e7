/** Programs of others that benchmarks run beside ours, where they are installed. */
import { execFile, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const runFile = promisify(execFile);

/** @param {string} command @param {readonly string[]} args */
export const works = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

export const python = works('/usr/bin/python3', ['--version']) ? '/usr/bin/python3' : 'python3';

/** @param {string} folder */
export function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** Milliseconds, start of the process included. @param {string} command @param {readonly string[]} args */
export async function timeProgram(command, args) {
  const start = performance.now();
  await runFile(command, [...args], { maxBuffer: 1 << 30 });
  return performance.now() - start;
}

const FORGET = [
  'import os, sys',
  'for root, _, names in os.walk(sys.argv[1]):',
  '    for name in names:',
  '        fd = os.open(os.path.join(root, name), os.O_RDONLY)',
  '        os.fsync(fd); os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED); os.close(fd)',
].join('\n');

/** Whether files can be taken out of the page cache here. */
export const canForget = process.platform === 'linux' && works(python, ['-c', 'import os; os.posix_fadvise']);

/** Takes the files below a folder out of the page cache: only ours, nobody else's. @param {string} folder */
export async function forget(folder) {
  await runFile(python, ['-c', FORGET, folder]);
}
