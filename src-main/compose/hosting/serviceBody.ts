/**
 * What a service process does once its host has started it: answers pages by the contract and its host by
 * `bytePathsContract`, over whatever wires the host hands in. The same in Electron and in browser mode.
 */
import { toAppError } from '../../../src-shared/base/appError';
import { serveOnWire } from '../../../src-shared/rpc/server';
import type { Wire } from '../../../src-shared/rpc/wire';
import type { HostPlatform, Log, Services } from '../platform';
import { createBytePathsRouter } from './bytePaths';

export interface ServiceBody {
  /** Wires may come before the services stand; what was sent on them is answered then. */
  connect(peer: 'page' | 'host', wire: Wire): void;
  dispose(): Promise<void>;
}

export interface ServiceBodyOptions {
  readonly platform: HostPlatform;
  createServices(platform: HostPlatform): Services | Promise<Services>;
  /** The services stand and answer. */
  onStarted(): void;
  /** The services cannot stand at all: the sentence for the window. Starting again would not help. */
  onCannotStart(reason: string): void;
}

export function createServiceBody(options: ServiceBodyOptions): ServiceBody {
  const { log } = options.platform;
  const starting = Promise.resolve()
    .then(() => options.createServices(options.platform))
    .then((services) => {
      options.onStarted();
      return services;
    })
    .catch((error: unknown) => {
      logUnexpected(log, error);
      options.onCannotStart(toAppError(error, 'service/failed').message);
      return null;
    });

  return {
    connect(peer, wire) {
      void starting.then((services) => {
        if (!services) return;
        const router = peer === 'page' ? services.router : createBytePathsRouter(services);
        serveOnWire(router, wire, { onUnexpected: (error) => logUnexpected(log, error) });
      });
    },
    async dispose() {
      const services = await starting;
      await services?.dispose();
    },
  };
}

/** Name and place of a bug; its message may quote a file and stays out. */
export function logUnexpected(log: Log, error: unknown): void {
  const { code } = toAppError(error, 'service/failed');
  const name = error instanceof Error ? error.name : typeof error;
  const frame = error instanceof Error ? (error.stack?.split('\n').find((line) => line.includes(' at ')) ?? '') : '';
  log.error('unexpected error', { code, name, at: frame.trim().replace(/\(?(file:\/\/)?.*[\\/]out[\\/]/, '') });
}
