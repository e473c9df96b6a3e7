/** Isocenter in browser mode: the built node host and a real Chromium. */
import { execFileSync } from 'node:child_process';
import { chromium } from 'playwright-core';
import { startAgain, startNodeHost, type NodeHost } from './nodeHost';
import { chromiumPath, quietBrowser, sandboxArguments } from './programs';
import { watch } from './watch';
import type { StartWorkstation } from './workstation';

export const startInBrowser: StartWorkstation = async ({ dataDirectory, paths = [] }) => {
  const host = await startNodeHost({ dataDirectory, paths });
  const browser = await chromium
    .launch({ executablePath: chromiumPath, args: [...sandboxArguments, ...quietBrowser] })
    .catch(async (error: unknown) => {
      await host.stop();
      throw error;
    });
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  const seen = await watch(page);
  await page.goto(host.url);
  return {
    host: 'browser',
    page,
    watch: seen,
    async openFolder(path) {
      await page.getByRole('banner').getByRole('button', { name: 'Open…' }).or(openFolderIcon(page)).first().click();
      await page.getByRole('textbox', { name: 'Path' }).fill(path);
      await page.getByRole('textbox', { name: 'Path' }).press('Enter');
    },
    async startAgain(path) {
      const { status } = await startAgain({ dataDirectory, paths: [path] });
      if (status !== 0) throw new Error(`the second start ended with status ${String(status)}`);
    },
    killServices() {
      killServicesOf(host);
      return Promise.resolve();
    },
    async stop() {
      await browser.close();
      await host.stop();
    },
  };
};

type BrowserPage = Awaited<ReturnType<Awaited<ReturnType<typeof chromium.launch>>['newPage']>>;

/** While reading the button is an icon. */
function openFolderIcon(page: BrowserPage) {
  return page.getByRole('banner').getByRole('button', { name: /^Open folder/ });
}

/** The host's child process now; a restarted one is not the one that was announced. */
function killServicesOf(host: NodeHost): void {
  const children = process.platform === 'linux' ? childrenOf(host.pid) : [host.servicePid];
  for (const pid of children) process.kill(pid, 'SIGKILL');
}

function childrenOf(pid: number): number[] {
  const listed = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return listed
    .split('\n')
    .map(Number)
    .filter((child) => child > 0);
}
