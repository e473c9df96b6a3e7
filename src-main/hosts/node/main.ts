/**
 * Browser mode: serves the same renderer to a browser on this machine and keeps the service process alive behind it.
 * `node out/main/nodeHost.js [--open] [--port N] [--data DIR] [--print-json] [paths…]`
 */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ServiceState } from '../../../src-shared/contract';
import { serveOnWire } from '../../../src-shared/rpc/server';
import type { ByteKind } from '../../compose/hosting/byteAddress';
import { createByteLookup } from '../../compose/hosting/byteLookup';
import { createFeed } from '../../compose/hosting/feed';
import { createFileLog } from '../../compose/hosting/fileLog';
import { createPathInbox } from '../../compose/hosting/pathInbox';
import { logUnexpected } from '../../compose/hosting/serviceBody';
import { createShellRouter } from '../../compose/hosting/shellRouter';
import type { ShownLevel } from '../../compose/platform';
import { createSupervisor } from '../../compose/hosting/supervisor';
import { createAccess } from './access';
import { parseHostArguments, type HostArguments } from './arguments';
import { claimOrHandOver, type InstanceClaim } from './instanceFile';
import { openBrowser } from './openBrowser';
import { startServer } from './server';
import { forkServiceChild, type ServiceChild } from './serviceChild';
import { createSocketDoor } from './sockets';
import { removeOldDrops } from './droppedFiles';
import { showFile } from './showFile';
import { listStaticFiles } from './staticFiles';

const VERSION = __APP_VERSION__;

async function main(): Promise<void> {
  const options = parseHostArguments(process.argv.slice(2), process.cwd());
  mkdirSync(options.dataDirectory, { recursive: true, mode: 0o700 });
  const claim = await claimOrHandOver(options.dataDirectory, options.paths);
  if (claim === 'handed-over') {
    print('Isocenter is already running with this data directory; it was given the paths.');
    return;
  }
  process.once('exit', () => claim.release());
  await serve(options, claim);
}

async function serve(options: HostArguments, claim: InstanceClaim): Promise<void> {
  const log = createFileLog(options.dataDirectory, 'browser');
  const onUnexpected = (error: unknown) => logUnexpected(log, error);
  await removeOldDrops(options.dataDirectory);
  const inbox = createPathInbox();
  inbox.add(options.paths);
  const access = createAccess();
  const services = superviseServices(options.dataDirectory);
  const shellRouter = createShellRouter({
    info: { host: 'browser', version: VERSION, hasNativeDialog: false, platform: process.platform },
    inbox,
    serviceState: services.state,
    openDialog: () => Promise.resolve([]),
    shownPath: (level, id) => services.shownPath(level, id),
    showFile,
  });
  const door = createSocketDoor({
    serveShell: (wire) => serveOnWire(shellRouter, wire, { onUnexpected }),
    connectServices: () => services.connectPage(),
  });
  const server = await startServer(
    {
      access,
      files: listStaticFiles(fileURLToPath(new URL('../renderer', import.meta.url))),
      dataDirectory: options.dataDirectory,
      resolveBytes: (kind, id) => services.resolveBytes(kind, id),
      upgrade: (request, socket, head) => door.upgrade(request, socket, head),
      onHandOver: (paths) => inbox.add(paths),
      onUnexpected,
    },
    options.port,
  );
  claim.publish({ pid: process.pid, port: server.port, token: access.token });
  services.start();
  announce(options, server.port, access.token, () => services.pid());
  onStopSignal(async () => {
    door.close();
    await Promise.all([server.close(), services.stop()]);
    process.exit(0);
  });
}

/** The service process behind the host's own two questions: a wire for a page, a path for an id. */
function superviseServices(dataDirectory: string) {
  const entry = fileURLToPath(new URL('./nodeService.js', import.meta.url));
  const state = createFeed<ServiceState>({ status: 'restarting', message: '' });
  const bytes = createByteLookup();
  const supervisor = createSupervisor<ServiceChild>({
    fork: () => forkServiceChild(entry, dataDirectory),
    onChange(next) {
      const child = supervisor.process;
      bytes.follow(next, child && next.status === 'running' ? child.connect('host') : null);
      state.set(next);
    },
    nowMs: () => Date.now(),
  });
  return {
    state,
    start: () => supervisor.start(),
    pid: () => supervisor.process?.pid ?? null,
    connectPage: () => supervisor.process?.connect('page') ?? null,
    resolveBytes: (kind: ByteKind, id: number) => bytes.resolve(kind, id),
    shownPath: (level: ShownLevel, id: number) => bytes.shown(level, id),
    stop: () =>
      new Promise<void>((resolve) => {
        const child = supervisor.process;
        if (child) child.onExit(() => resolve());
        else resolve();
        supervisor.stop();
      }),
  };
}

function announce(options: HostArguments, port: number, token: string, servicePid: () => number | null): void {
  const url = `http://127.0.0.1:${String(port)}/?token=${token}`;
  print(
    options.printJson
      ? JSON.stringify({ url, port, token, pid: process.pid, servicePid: servicePid() })
      : `Isocenter is ready: ${url}`,
  );
  if (options.open) openBrowser(url);
}

function onStopSignal(stop: () => Promise<void>): void {
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (!isStopping) void stop();
      isStopping = true;
    });
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
