/** The page's two sockets: `/rpc/shell`, answered here, and `/rpc/services`, passed on to the service process. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Wire } from '../../../src-shared/rpc/wire';

/** A call's arguments at their largest: ten thousand long paths. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
const MAX_SOCKETS = 64;
const TRY_AGAIN_LATER = 1013;

export interface SocketDoor {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

export interface SocketPeers {
  serveShell(wire: Wire): void;
  /** `null` while there is no service process. */
  connectServices(): (Wire & { close(): void }) | null;
}

export function createSocketDoor(peers: SocketPeers): SocketDoor {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  return {
    upgrade(request, socket, head) {
      const { pathname } = new URL(request.url ?? '/', 'http://host');
      const isShell = pathname === '/rpc/shell';
      if ((!isShell && pathname !== '/rpc/services') || server.clients.size >= MAX_SOCKETS) {
        socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, (webSocket) => {
        const page = wireOfSocket(webSocket);
        if (isShell) peers.serveShell(page);
        else bridge(webSocket, page, peers.connectServices());
      });
    },
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}

function bridge(webSocket: WebSocket, page: Wire, service: (Wire & { close(): void }) | null): void {
  if (!service) {
    webSocket.close(TRY_AGAIN_LATER);
    return;
  }
  service.onMessage((message) => page.send(message));
  service.onClose(() => webSocket.close(TRY_AGAIN_LATER));
  page.onMessage((message) => service.send(message));
  page.onClose(() => service.close());
}

function wireOfSocket(webSocket: WebSocket): Wire {
  webSocket.on('error', () => webSocket.terminate());
  return {
    send(message) {
      if (webSocket.readyState === webSocket.OPEN) webSocket.send(message);
    },
    onMessage(listener) {
      webSocket.on('message', (data: Buffer, isBinary) => {
        if (isBinary) webSocket.terminate();
        else listener(data.toString('utf8'));
      });
    },
    onClose: (listener) => void webSocket.once('close', listener),
  };
}
