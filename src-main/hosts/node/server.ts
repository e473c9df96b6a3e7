/** The loopback HTTP server: who asks is checked first, then one table of roads. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { byteHeaders, parseBytePath, type ByteKind } from '../../compose/hosting/byteAddress';
import { SECURITY_HEADERS } from '../../compose/hosting/headers';
import { isOurHost, isOurPage, type Access } from './access';
import { parseDropAddress, receiveDroppedFile } from './droppedFiles';
import { sendFile } from './sendFile';
import type { StaticFile } from './staticFiles';

export interface ServerParts {
  readonly access: Access;
  readonly files: ReadonlyMap<string, StaticFile>;
  readonly dataDirectory: string;
  /** Where the bytes are; rejects with `service/gone` while there is no service process. */
  resolveBytes(kind: ByteKind, id: number): Promise<string | null>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  onHandOver(paths: readonly string[]): void;
  onUnexpected(error: unknown): void;
}

export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}

const MAX_HAND_OVER_BYTES = 16 * 1024 * 1024;

/** Listens on 127.0.0.1 only. */
export async function startServer(parts: ServerParts, wantedPort: number): Promise<RunningServer> {
  let port = wantedPort;
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    answer(parts, port, request, response).catch((error: unknown) => {
      parts.onUnexpected(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.on('upgrade', (request, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const { headers } = request;
    if (
      isOurHost(headers, port) &&
      isOurPage(headers, { mustHaveOrigin: true }) &&
      parts.access.hasCookie(headers, port)
    ) {
      parts.upgrade(request, socket, head);
    } else {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wantedPort, '127.0.0.1', resolve);
  });
  port = (server.address() as AddressInfo).port;
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  parts: ServerParts,
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { headers, method = 'GET' } = request;
  const url = new URL(request.url ?? '/', 'http://host');
  if (!isOurHost(headers, port)) return end(response, 403);
  if (method === 'POST' && url.pathname === '/hand-over') return takeHandOver(parts, request, response);
  if (!isOurPage(headers, { mustHaveOrigin: method === 'POST' })) return end(response, 403);
  const token = url.searchParams.get('token');
  if (method === 'GET' && token !== null) return exchangeToken(parts.access, port, token, response);
  if (!parts.access.hasCookie(headers, port)) return end(response, 403);
  if (method === 'POST') return takeDrop(parts, url, request, response);
  if (method !== 'GET' && method !== 'HEAD') return end(response, 405);
  return give(parts, url.pathname, request, response);
}

function exchangeToken(access: Access, port: number, token: string, response: ServerResponse): Promise<void> {
  if (!access.isToken(token)) return end(response, 403);
  response.writeHead(303, { 'Set-Cookie': access.cookieFor(port), Location: '/', 'Cache-Control': 'no-store' }).end();
  return Promise.resolve();
}

async function give(
  parts: ServerParts,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const bytes = parseBytePath(pathname);
  if (!bytes) {
    const file = parts.files.get(pathname);
    return file ? sendFile(request, response, file) : end(response, 404);
  }
  const path = await parts.resolveBytes(bytes.kind, bytes.id).catch(() => undefined);
  if (path === undefined) return end(response, 503);
  if (path === null) return end(response, 404);
  return sendFile(request, response, { path, headers: byteHeaders(bytes.kind, bytes.id) });
}

async function takeDrop(
  parts: ServerParts,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const drop = parseDropAddress(url);
  if (!drop) return end(response, 404);
  const outcome = await receiveDroppedFile(request, parts.dataDirectory, drop);
  response.writeHead(outcome.status, { 'Content-Type': 'application/json', Connection: 'close' });
  response.end(
    JSON.stringify(outcome.status === 200 ? { folder: outcome.folder, top: outcome.top } : { reason: outcome.reason }),
  );
}

/** From a second start on this machine, which read the token from a file only its owner can read. */
async function takeHandOver(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  if (request.headers.origin !== undefined || !parts.access.isToken(bearer)) return end(response, 403);
  const paths = await readPaths(request);
  if (!paths) return end(response, 400);
  parts.onHandOver(paths);
  return end(response, 204);
}

async function readPaths(request: IncomingMessage): Promise<readonly string[] | null> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk as string;
    if (text.length > MAX_HAND_OVER_BYTES) return null;
  }
  try {
    const { paths } = JSON.parse(text) as { paths?: unknown };
    return Array.isArray(paths) && paths.every((path) => typeof path === 'string') ? paths : null;
  } catch {
    return null;
  }
}

function end(response: ServerResponse, status: number): Promise<void> {
  response.writeHead(status).end();
  return Promise.resolve();
}
