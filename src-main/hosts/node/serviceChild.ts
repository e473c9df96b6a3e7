/** The service process of browser mode: a forked Node, so that a crash there leaves the page and its host alive. */
import { fork } from 'node:child_process';
import { createChannelTable, type ChannelMessage, type Peer } from './childChannels';
import type { Wire } from '../../../src-shared/rpc/wire';
import type { ServiceProcess } from '../../compose/hosting/supervisor';

const STOP_TIMEOUT_MS = 5000;

export interface ServiceChild extends ServiceProcess {
  readonly pid: number | undefined;
  connect(peer: Peer): Wire & { close(): void };
}

export function forkServiceChild(entry: string, dataDirectory: string): ServiceChild {
  const child = fork(entry, ['--data', dataDirectory], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const post = (message: ChannelMessage) => {
    if (child.connected) child.send(message);
  };
  const table = createChannelTable(post);
  let cannotStart: string | null = null;
  const started = Promise.withResolvers<undefined>();
  let nextChannel = 1;

  child.on('message', (message) => {
    const received = message as ChannelMessage;
    if (received.kind === 'cannot-start') cannotStart = received.reason;
    else if (received.kind === 'started') started.resolve(undefined);
    else table.receive(received);
  });

  return {
    pid: child.pid,
    onStarted: (listener) => void started.promise.then(listener),
    onExit(listener) {
      child.once('exit', () => {
        table.closeAll();
        listener(cannotStart);
      });
    },
    connect(peer) {
      const channel = nextChannel++;
      const wire = table.open(channel);
      post({ kind: 'open', channel, peer });
      const close = () => {
        table.close(channel);
        post({ kind: 'close', channel });
      };
      return { ...wire, close };
    },
    kill() {
      post({ kind: 'stop' });
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      child.once('exit', () => clearTimeout(timer));
    },
  };
}
