/** Electron's own message port, as main and utility processes have it, as a wire. */
import type { MessagePortMain } from 'electron';
import type { Wire } from '../../../src-shared/rpc/wire';

export function wireOfMainPort(port: MessagePortMain): Wire {
  let isClosed = false;
  port.once('close', () => {
    isClosed = true;
  });
  return {
    send(message) {
      if (!isClosed) port.postMessage(message);
    },
    onMessage(listener) {
      port.on('message', ({ data }: { data: unknown }) => {
        if (typeof data === 'string') listener(data);
      });
      port.start();
    },
    onClose: (listener) => void port.once('close', listener),
  };
}
