/** Brings a checkout to the point where it can run: packages installed, `out/` built. Does nothing when that is so. */
import fs from 'node:fs';
import path from 'node:path';
import { npmCommand, pinnedNode, root, run, runTool, say } from './processes.mjs';

/** @typedef {{ version?: string, optional?: boolean, link?: boolean }} LockedPackage */

const SOURCES = [
  'src-shared',
  'src-main',
  'src-preload',
  'src-renderer',
  'resources',
  'electron.vite.config.ts',
  'package.json',
];
const STAMP = path.join(root, 'out/.built');

/**
 * Installs what the lockfile names and is not there.
 * @param {{ output: 'inherit' | 'stderr' }} options
 * @throws {Error} with a sentence
 */
export async function ensurePackages({ output }) {
  const locked = readPackages(path.join(root, 'package-lock.json'));
  const installed = readPackages(path.join(root, 'node_modules/.package-lock.json'));
  if (installed && locked && isSatisfied(locked, installed) && fs.existsSync(pinnedNode)) return;
  say(installed ? 'Some packages are missing or of another version: installing them.' : 'Installing packages (once).');
  const npm = npmCommand();
  const verb = installed ? ['install', '--no-save'] : locked ? ['ci'] : ['install'];
  const status = await run(npm.command, [...npm.args, ...verb, '--no-audit', '--no-fund', '--loglevel=error'], {
    output,
  });
  if (status !== 0) throw new Error('The packages could not be installed; npm has said why above.');
}

/**
 * Builds `out/` when a source is newer than the last build.
 * @param {{ output: 'inherit' | 'stderr' | 'ignore' }} options
 * @throws {Error} with a sentence
 */
export async function ensureBuilt({ output }) {
  const builtAtMs = fs.statSync(STAMP, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (SOURCES.every((source) => newestMs(path.join(root, source)) <= builtAtMs)) return;
  await build({ output });
}

/** @param {{ output: 'inherit' | 'stderr' | 'ignore' }} options */
export async function build({ output }) {
  const startedAt = new Date();
  const status = await runTool('electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn'], { output });
  if (status !== 0) throw new Error('The build failed.');
  fs.writeFileSync(STAMP, '');
  // What changed during the build counts as newer than it.
  fs.utimesSync(STAMP, startedAt, startedAt);
}

/** @param {string} file @returns {Record<string, LockedPackage> | null} */
function readPackages(file) {
  try {
    const packages = JSON.parse(fs.readFileSync(file, 'utf8')).packages;
    return typeof packages === 'object' ? packages : null;
  } catch {
    return null;
  }
}

/** @param {Record<string, LockedPackage>} locked @param {Record<string, LockedPackage>} installed */
function isSatisfied(locked, installed) {
  return Object.entries(locked).every(
    ([name, wanted]) => name === '' || wanted.optional === true || installed[name]?.version === wanted.version,
  );
}

/** Newest change of a file or of anything below a folder. @param {string} start @returns {number} */
function newestMs(start) {
  const stat = fs.statSync(start, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return /\.(test|bench)\.tsx?$/.test(start) ? 0 : stat.mtimeMs;
  return fs
    .readdirSync(start)
    .reduce((newest, name) => Math.max(newest, newestMs(path.join(start, name))), stat.mtimeMs);
}
