/**
 * Everything behind the window: the service process and its supervision, the shell's answers, the ports of each page.
 * Loaded after the first paint.
 */
import type { AnyRouter } from '@orpc/server';
import {
  app,
  dialog,
  MessageChannelMain,
  shell,
  type BrowserWindow,
  type MessagePortMain,
  type WebContents,
} from 'electron';
import type { ServiceState } from '../../../src-shared/contract';
import { serveOnWire } from '../../../src-shared/rpc/server';
import type { ByteKind } from '../../compose/hosting/byteAddress';
import { createByteLookup } from '../../compose/hosting/byteLookup';
import { createFeed } from '../../compose/hosting/feed';
import { createFileLog } from '../../compose/hosting/fileLog';
import { logUnexpected } from '../../compose/hosting/serviceBody';
import { createSettingsRouter } from '../../compose/hosting/settingsWire';
import { createShellRouter } from '../../compose/hosting/shellRouter';
import { createSupervisor } from '../../compose/hosting/supervisor';
import { wireOfMainPort } from './portWire';
import { openSettingsFile } from './settingsStore';
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
  const bytes = createByteLookup();

  const settingsRouter = createSettingsRouter(openSettingsFile(prepared.dataDirectory, log));
  const serve = (router: AnyRouter, port: MessagePortMain) =>
    serveOnWire(router, wireOfMainPort(port), { onUnexpected: (error) => logUnexpected(log, error) });

  const sendServicesPort = () => {
    const child = supervisor.process;
    if (!child || state.now.status !== 'running' || !page || page.isDestroyed()) return;
    page.postMessage('isocenter:services-port', null, [child.connect('page')]);
  };
  const supervisor = createSupervisor<ServiceChild>({
    fork: () => forkServiceChild(prepared.dataDirectory, (port) => serve(settingsRouter, port)),
    onChange(next) {
      log.info('service process', { status: next.status });
      const child = supervisor.process;
      const isRunning = child && next.status === 'running';
      bytes.follow(next, isRunning ? wireOfMainPort(child.connect('host')) : null);
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
    shownPath: (level, id) => bytes.shown(level, id),
    showFile: (path) => {
      shell.showItemInFolder(path);
      return Promise.resolve();
    },
  });
  supervisor.start();

  return {
    connectPage(asking) {
      page = asking;
      const { port1, port2 } = new MessageChannelMain();
      serve(shellRouter, port1);
      asking.postMessage('isocenter:shell-port', null, [port2]);
      sendServicesPort();
    },
    resolveBytes: (kind, id) => bytes.resolve(kind, id),
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
