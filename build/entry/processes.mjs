/** Starting other programs from the entry scripts. Built-ins only: this runs before anything is installed, on Node 20. */
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** Where the person typed the command; npm changes the working directory to the package's. */
export const callerDirectory = process.env.INIT_CWD ?? process.cwd();

/** The Node that the project pins, which npm scripts find first too. */
export const pinnedNode = path.join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');

/**
 * Runs a program to its end. `output`: where its standard output goes; its errors always go to ours.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ output?: 'inherit' | 'stderr' | 'ignore', limitMs?: number, env?: Record<string, string>, cwd?: string }} [options]
 * @returns {Promise<number>} exit status; 124 when `limitMs` was over, 127 when it could not be started
 */
export function run(command, args, options = {}) {
  const { output = 'inherit', limitMs, env = {}, cwd = root } = options;
  const stdout = output === 'stderr' ? process.stderr : output;
  const child = spawn(command, args, {
    cwd,
    stdio: ['inherit', stdout, output === 'ignore' ? 'ignore' : 'inherit'],
    env: { ...process.env, ...env },
    // A group of its own where a limit is set, so that what it started ends with it.
    detached: limitMs !== undefined && process.platform !== 'win32',
  });
  // Whoever ends us means what we started; a terminal's Ctrl-C reaches it directly and must not end us before it.
  const forward = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal);
  process.on('SIGTERM', forward);
  process.on('SIGHUP', forward);
  // npm that is ended takes its shell along, but not us.
  const parent = process.ppid;
  const orphanWatch = setInterval(() => process.ppid !== parent && forward('SIGTERM'), 1000);
  const interrupt = limitMs === undefined ? ignore : () => endWith(child);
  process.on('SIGINT', interrupt);
  return new Promise((resolve) => {
    let isOver = false;
    const timer = setTimeout(
      () => {
        isOver = true;
        stopGroup(child);
      },
      limitMs ?? 2 ** 31 - 1,
    );
    const finish = (/** @type {number} */ status) => {
      clearTimeout(timer);
      clearInterval(orphanWatch);
      process.off('SIGTERM', forward);
      process.off('SIGHUP', forward);
      process.off('SIGINT', interrupt);
      resolve(status);
    };
    child.on('error', () => finish(127));
    child.on('exit', (code) => finish(isOver ? 124 : (code ?? 1)));
  });
}

function ignore() {}

/** A group of its own does not hear the terminal. @param {import('node:child_process').ChildProcess} child */
function endWith(child) {
  stopGroup(child);
  process.exit(130);
}

/** @param {import('node:child_process').ChildProcess} child */
function stopGroup(child) {
  try {
    if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It ended by itself in the same moment.
  }
}

/** @param {string} command @returns {boolean} whether a program of that name is found */
export function hasProgram(command) {
  const finder = process.platform === 'win32' ? 'where' : 'which';
  return spawnSync(finder, [command], { stdio: 'ignore' }).status === 0;
}

/** npm as a program and first arguments; the npm that runs us when there is one. */
export function npmCommand() {
  const script = process.env.npm_execpath;
  if (script !== undefined && /\.c?js$/.test(script)) return { command: process.execPath, args: [script] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}

/** Runs the main file of an installed package with the pinned Node. @param {string} file @param {readonly string[]} args @param {Parameters<typeof run>[2]} [options] */
export function runTool(file, args, options) {
  return run(pinnedNode, [path.join(root, 'node_modules', file), ...args], options);
}

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}
