/**
 * Everything behind the window: the service process and its supervision, the shell's answers, the ports of each page.
 * Loaded after the first paint.
 */
import { app, dialog, MessageChannelMain, type BrowserWindow, type WebContents } from 'electron';
import type { ServiceState } from '../../../src-shared/contract';
import { createClient, linkOverWire } from '../../../src-shared/rpc/client';
import { goneError } from '../../../src-shared/rpc/errors';
import { serveOnWire } from '../../../src-shared/rpc/server';
import type { ByteKind } from '../../compose/hosting/byteAddress';
import type { bytePathsContract } from '../../compose/hosting/bytePaths';
import { createFeed } from '../../compose/hosting/feed';
import { createFileLog } from '../../compose/hosting/fileLog';
import { logUnexpected } from '../../compose/hosting/serviceBody';
import { createShellRouter } from '../../compose/hosting/shellRouter';
import { createSupervisor } from '../../compose/hosting/supervisor';
import { wireOfMainPort } from './portWire';
import type { Prepared } from './prepare';
import { forkServiceChild, type ServiceChild } from './serviceChild';

export interface Background {
  /** Gives the page its ports now, and a new services port after each restart. */
  connectPage(page: WebContents): void;
  resolveBytes(kind: ByteKind, id: number): Promise<string | null>;
  /** Resolves when the service process has ended. */
  stop(): Promise<void>;
}

export function startBackground(prepared: Prepared, window: BrowserWindow): Background {
  const log = createFileLog(prepared.dataDirectory, 'electron');
  const state = createFeed<ServiceState>({ status: 'restarting', message: '' });
  let page: WebContents | null = null;
  let paths: ReturnType<typeof createClient<typeof bytePathsContract>> | null = null;

  const sendServicesPort = () => {
    const child = supervisor.process;
    if (!child || !page || page.isDestroyed()) return;
    page.postMessage('isocenter:services-port', null, [child.connect('page')]);
  };
  const supervisor = createSupervisor<ServiceChild>({
    fork: () => forkServiceChild(prepared.dataDirectory),
    onChange(next) {
      log.info('service process', { status: next.status });
      const child = supervisor.process;
      paths = child
        ? createClient<typeof bytePathsContract>(linkOverWire(wireOfMainPort(child.connect('host'))))
        : null;
      state.set(next);
      if (next.status === 'running') sendServicesPort();
    },
    nowMs: () => Date.now(),
  });
  const shellRouter = createShellRouter({
    info: { host: 'electron', version: app.getVersion(), hasNativeDialog: true, platform: process.platform },
    inbox: prepared.inbox,
    serviceState: state,
    openDialog: (kind) => askForPaths(window, kind),
  });
  supervisor.start();

  return {
    connectPage(asking) {
      page = asking;
      const { port1, port2 } = new MessageChannelMain();
      serveOnWire(shellRouter, wireOfMainPort(port1), { onUnexpected: (error) => logUnexpected(log, error) });
      asking.postMessage('isocenter:shell-port', null, [port2]);
      sendServicesPort();
    },
    async resolveBytes(kind, id) {
      if (!paths) throw goneError();
      return paths[kind]({ id });
    },
    stop: () =>
      new Promise((resolve) => {
        const child = supervisor.process;
        if (child) child.onExit(() => resolve());
        else resolve();
        supervisor.stop();
      }),
  };
}

async function askForPaths(window: BrowserWindow, kind: 'files' | 'folder'): Promise<readonly string[]> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    properties: [kind === 'folder' ? 'openDirectory' : 'openFile', 'multiSelections'],
  });
  return filePaths;
}
