/** The running service process, wrapped for the supervisor. */
import { fileURLToPath } from 'node:url';
import { MessageChannelMain, utilityProcess, type MessagePortMain } from 'electron';
import type { ServiceProcess } from '../../compose/hosting/supervisor';
import type { FromService, ToService } from './serviceMessages';

const STOP_TIMEOUT_MS = 5000;

export interface ServiceChild extends ServiceProcess {
  /** A fresh port whose other end the process answers. */
  connect(peer: 'page' | 'host'): MessagePortMain;
}

/** `serveSettings` answers on a port of the process as long as it lives. */
export function forkServiceChild(dataDirectory: string, serveSettings: (port: MessagePortMain) => void): ServiceChild {
  const entry = fileURLToPath(new URL('./service.js', import.meta.url));
  const child = utilityProcess.fork(entry, [dataDirectory], { serviceName: 'Isocenter services' });
  const started = Promise.withResolvers<undefined>();
  let cannotStart: string | null = null;
  child.on('message', (message: FromService) => {
    if (message.kind === 'started') {
      started.resolve(undefined);
    } else {
      cannotStart = message.reason;
      child.kill();
    }
  });
  const post = (message: ToService, ports: MessagePortMain[] = []) => child.postMessage(message, ports);
  const settings = new MessageChannelMain();
  serveSettings(settings.port2);
  post({ kind: 'settings' }, [settings.port1]);

  return {
    onStarted: (listener) => void started.promise.then(listener),
    onExit: (listener) => void child.once('exit', () => listener(cannotStart)),
    connect(peer) {
      const { port1, port2 } = new MessageChannelMain();
      post({ kind: 'connect', peer }, [port1]);
      return port2;
    },
    kill() {
      post({ kind: 'stop' });
      const timer = setTimeout(() => child.kill(), STOP_TIMEOUT_MS);
      child.once('exit', () => clearTimeout(timer));
    },
  };
}
