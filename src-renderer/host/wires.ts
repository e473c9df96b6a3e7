/** The two kinds of wire a page has: a message port from the preload, a WebSocket to the node host. */
import type { Wire } from '../../src-shared/rpc/wire';

export function wireOfPort(port: MessagePort): Wire {
  return {
    send: (message) => port.postMessage(message),
    onMessage(listener) {
      port.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (typeof event.data === 'string') listener(event.data);
      });
      port.start();
    },
    onClose: (listener) => port.addEventListener('close', () => listener(), { once: true }),
  };
}

/** Resolves when the socket is open; rejects when it cannot be. Nothing is lost in between: a listener is there from the start. */
export function openSocketWire(url: string): Promise<Wire> {
  const socket = new WebSocket(url);
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(wireOfSocket(socket)), { once: true });
    socket.addEventListener('close', () => reject(new Error('The connection was refused.')), { once: true });
  });
}

function wireOfSocket(socket: WebSocket): Wire {
  return {
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(message);
    },
    onMessage(listener) {
      socket.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (typeof event.data === 'string') listener(event.data);
      });
    },
    onClose: (listener) => socket.addEventListener('close', () => listener(), { once: true }),
  };
}
