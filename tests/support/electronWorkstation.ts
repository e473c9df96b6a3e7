/** Isocenter in Electron, under a virtual display of its own on Linux. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { _electron, type ElectronApplication } from 'playwright-core';
import { present } from '../../src-shared/base/assert';
import { startDisplay, type Display } from './display';
import { electronPath, quietBrowser, repository, sandboxArguments } from './programs';
import { watch } from './watch';
import type { StartWorkstation } from './workstation';

export const startInElectron: StartWorkstation = async ({ dataDirectory, paths = [] }) => {
  const display = await startDisplay();
  const words = [...sandboxArguments, ...quietBrowser, repository, '--data', dataDirectory];
  const app = await launch([...words, ...paths], display).catch(async (error: unknown) => {
    await display.stop();
    throw error;
  });
  const page = await app.firstWindow();
  const seen = await watch(page);
  return {
    host: 'electron',
    page,
    watch: seen,
    async openFolder(folder) {
      await answerDialogWith(app, folder);
      await page
        .getByRole('banner')
        .getByRole('button', { name: /^Open( folder)?…/ })
        .first()
        .click();
    },
    async startAgain(given) {
      const second = spawn(present(electronPath, 'Electron'), [...words, given], {
        env: environment(display),
        stdio: 'ignore',
      });
      await once(second, 'exit');
    },
    killServices: () => killServices(app),
    async stop() {
      await app.close();
      await display.stop();
    },
  };
};

/**
 * Holds the application's readiness back until Playwright is attached; it adds this by itself only when it finds the
 * binary by itself. Without it about one launch in ten hangs (playwright-core 1.65).
 */
const loader = path.join(repository, 'node_modules/playwright-core/lib/server/electron/loader.js');

function launch(args: readonly string[], display: Display): Promise<ElectronApplication> {
  return _electron.launch({
    executablePath: present(electronPath, 'Electron'),
    args: ['-r', loader, ...args],
    env: environment(display),
    timeout: 60_000,
  });
}

/** Electron as Node would be the child's wish of whoever runs the tests, not ours. */
function environment(display: Display): Record<string, string> {
  const { ELECTRON_RUN_AS_NODE: _asNode, ...inherited } = process.env;
  const named = Object.entries(inherited).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(named), ...(display.name === '' ? {} : { DISPLAY: display.name }) };
}

/** The native dialog cannot be driven: it is answered in its place, behind the same contract call. */
async function answerDialogWith(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);
}

async function killServices(app: ElectronApplication): Promise<void> {
  const pids = await app.evaluate(({ app: running }) =>
    running
      .getAppMetrics()
      .filter(({ name }) => name === 'Isocenter services')
      .map(({ pid }) => pid),
  );
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  if (pids.length === 0) throw new Error('there is no service process to kill');
}
