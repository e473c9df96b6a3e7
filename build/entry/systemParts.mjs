/** Programs outside npm that some tests need. On Debian as root they are installed; elsewhere their absence is told. */
import fs from 'node:fs';
import { hasProgram, run, say } from './processes.mjs';

const INSTALL_MS = 8 * 60_000;

/** @type {{ programs: string[], debianPackage: string, cost: string }[]} `programs`: any one of them will do. */
const PARTS = [
  {
    programs: ['chromium', 'chromium-browser', 'google-chrome'],
    debianPackage: 'chromium',
    cost: 'the end-to-end tests in a browser are skipped',
  },
  {
    programs: ['xvfb-run'],
    debianPackage: 'xvfb',
    cost: 'the end-to-end tests in Electron are skipped where there is no display',
  },
  {
    programs: ['dcmdump'],
    debianPackage: 'dcmtk',
    cost: 'the tests that compare with DCMTK are skipped',
  },
];

/** Installs what can be installed and names what stays missing with what that costs. */
export async function ensureSystemParts() {
  const missing = PARTS.filter((part) => !part.programs.some(hasProgram));
  if (missing.length === 0) return;
  if (canInstall()) await install(missing.map((part) => part.debianPackage));
  for (const part of missing) {
    if (!part.programs.some(hasProgram)) say(`Not on this machine: ${part.debianPackage}; ${part.cost}.`);
  }
}

function canInstall() {
  return process.getuid?.() === 0 && fs.existsSync('/etc/debian_version') && hasProgram('apt-get');
}

/** @param {string[]} packages */
async function install(packages) {
  say(`Installing ${packages.join(', ')}.`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { output: 'ignore', limitMs: INSTALL_MS, env });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    output: 'ignore',
    limitMs: INSTALL_MS,
    env,
  });
}
