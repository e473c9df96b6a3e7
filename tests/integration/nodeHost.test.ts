/** The built node host from outside: who gets in, what it serves, what happens on a second start and on a death. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import type { hostContract, servicesContract, StudyQuery } from '../../src-shared/contract';
import { createClient, linkOverWire } from '../../src-shared/rpc/client';
import type { Wire } from '../../src-shared/rpc/wire';

const everything: StudyQuery = {
  filter: {},
  sort: { column: 'studyDate', direction: 'descending' },
  offset: 0,
  limit: 10,
};

const root = path.resolve(import.meta.dirname, '../..');
const program = path.join(root, 'out/main/nodeHost.js');
const dataDirectory = mkdtempSync(path.join(tmpdir(), 'isocenter-host-'));

interface Announced {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  readonly servicePid: number;
}

let host: ChildProcess;
let announced: Announced;
let cookie: string;

function startHost(...args: string[]): ChildProcess {
  return spawn(process.execPath, [program, '--data', dataDirectory, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function firstLine(child: ChildProcess): Promise<string> {
  const [data] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  return data.toString('utf8').split('\n')[0] ?? '';
}

interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** A request as written, also with headers that a browser would not let a page set. */
function ask(pathname: string, options: http.RequestOptions & { body?: string } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { port: announced.port, host: '127.0.0.1', path: pathname, ...options },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      },
    );
    request.on('error', reject);
    request.end(options.body);
  });
}

const origin = () => `http://127.0.0.1:${announced.port}`;

/** A socket as our own page opens it; rejects when it is refused. */
async function openWire(name: string, headers: Record<string, string> = {}): Promise<Wire & { close(): void }> {
  const socket = new WebSocket(`ws://127.0.0.1:${announced.port}/rpc/${name}`, {
    headers: { Cookie: cookie, Origin: origin(), ...headers },
  });
  await once(socket, 'open');
  return {
    send: (message) => socket.send(message),
    onMessage: (listener) => void socket.on('message', (data: Buffer) => listener(data.toString('utf8'))),
    onClose: (listener) => void socket.once('close', listener),
    close: () => socket.close(),
  };
}

describe.skipIf(!existsSync(program))('node host', () => {
  beforeAll(async () => {
    host = startHost('--print-json', '/first');
    announced = JSON.parse(await firstLine(host)) as Announced;
    const { headers } = await ask(`/?token=${announced.token}`);
    cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  });

  afterAll(async () => {
    host.kill('SIGTERM');
    if (host.exitCode === null) await once(host, 'exit');
    rmSync(dataDirectory, { recursive: true, force: true });
  });

  it('gives the cookie for the token only, and nothing without the cookie', async () => {
    const statuses = await Promise.all([
      ask(`/?token=${announced.token}`),
      ask(`/?token=${announced.token.slice(1)}x`),
      ask('/'),
      ask('/', { headers: { Cookie: cookie } }),
      ask('/', { headers: { Cookie: `${cookie}x` } }),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([303, 403, 403, 200, 403]);
  });

  it('answers no foreign name and no foreign page', async () => {
    const headers = { Cookie: cookie };
    const answers = await Promise.all([
      ask('/', { headers: { ...headers, Host: 'evil.example' } }),
      ask('/', { headers: { ...headers, Origin: 'http://evil.example' } }),
      ask('/', { headers: { ...headers, 'Sec-Fetch-Site': 'cross-site' } }),
      ask('/dropped/0123456789abcdef0123456789abcdef/0', { method: 'POST', headers, body: 'x' }),
      ask('/hand-over', { method: 'POST', headers, body: '{"paths":[]}' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    await expect(openWire('services', { Origin: 'http://evil.example' })).rejects.toThrow('403');
    await expect(openWire('services', { Cookie: '' })).rejects.toThrow('403');
  });

  it('isolates the page and lets only its own files run', async () => {
    const { headers } = await ask('/', { headers: { Cookie: cookie } });
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'x-content-type-options': 'nosniff',
      'content-type': 'text/html; charset=utf-8',
    });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toContain('unsafe-inline');
  });

  it.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/assets/../../main/nodeHost.js',
    '/nothing',
  ])('serves nothing at %s', async (pathname) => {
    expect((await ask(pathname, { headers: { Cookie: cookie } })).status).toBe(404);
  });

  it('says 404 for bytes of an unknown id', async () => {
    const { status } = await ask('/bytes/instance/999999', { headers: { Cookie: cookie } });
    expect(status).toBe(404);
  });

  it('lays dropped files out as they were dropped, inside a folder of its own', async () => {
    const dropId = 'abcdef0123456789abcdef0123456789';
    const drop = async (index: number, dropped: string) => {
      const { status, body } = await ask(`/dropped/${dropId}/${index}?path=${encodeURIComponent(dropped)}`, {
        method: 'POST',
        headers: { Cookie: cookie, Origin: origin() },
        body: 'DICM',
      });
      return { status, ...(JSON.parse(body) as { folder: string; top: string }) };
    };
    const own = path.join(dataDirectory, 'drops', dropId);
    expect(await drop(0, '/CD/DICOMDIR')).toEqual({ status: 200, folder: own, top: path.join(own, 'CD') });
    const { top } = await drop(1, '/../../escaped');
    expect(top.startsWith(`${own}${path.sep}`)).toBe(true);
    expect(readFileSync(path.join(own, 'CD', 'DICOMDIR'), 'utf8')).toBe('DICM');
    expect(readdirSync(path.join(dataDirectory, 'drops'))).toEqual([dropId]);
  });

  it('gives no report and shows nothing of an unknown id', async () => {
    expect((await ask('/bytes/report/999', { headers: { Cookie: cookie } })).status).toBe(404);
    const wire = await openWire('shell');
    const shell = createClient<typeof hostContract>(linkOverWire(wire)).shell;
    await expect(shell.showInFolder({ level: 'study', id: 999 })).rejects.toMatchObject({ code: 'service/unknown-id' });
    wire.close();
  });

  it('keeps its address where only the owner can read it', () => {
    expect(statSync(path.join(dataDirectory, 'browser-host.json')).mode & 0o077).toBe(0);
  });

  it('takes the paths of a second start, which then ends', async () => {
    const wire = await openWire('shell');
    const shell = createClient<typeof hostContract>(linkOverWire(wire)).shell;
    const second = startHost('/second');
    const line = await firstLine(second);
    const [status] = (await once(second, 'exit')) as [number];
    const batches: (readonly string[])[] = [];
    for await (const batch of await shell.pathsToOpen()) {
      batches.push(batch);
      if (batches.length === 2) break;
    }
    wire.close();
    expect([batches, status]).toEqual([[['/first'], ['/second']], 0]);
    expect(line).toContain('already running');
  });

  it('refuses a message that is too large without falling over', async () => {
    const wire = await openWire('services');
    const closed = new Promise<void>((resolve) => wire.onClose(resolve));
    wire.send('x'.repeat(17 * 1024 * 1024));
    await closed;
    expect((await ask('/', { headers: { Cookie: cookie } })).status).toBe(200);
  });

  it('starts the service process again when it dies, and says so', async () => {
    const shellWire = await openWire('shell');
    const shell = createClient<typeof hostContract>(linkOverWire(shellWire)).shell;
    const before = await openWire('services');
    const dead = new Promise<void>((resolve) => before.onClose(resolve));
    await createClient<typeof servicesContract>(linkOverWire(before)).library.query(everything);
    process.kill(announced.servicePid, 'SIGKILL');
    await dead;
    const states: string[] = [];
    for await (const state of await shell.serviceState()) {
      states.push(state.status);
      if (state.status === 'running' && state.generation === 2) break;
    }
    const after = await openWire('services');
    const { rows } = await createClient<typeof servicesContract>(linkOverWire(after)).library.query(everything);
    shellWire.close();
    after.close();
    expect(states.at(-1)).toBe('running');
    expect(rows).toEqual([]);
  });

  it('ends in order on SIGTERM and leaves no claim behind', async () => {
    host.kill('SIGTERM');
    const [status] = (await once(host, 'exit')) as [number];
    expect([status, existsSync(path.join(dataDirectory, 'browser-host.json'))]).toEqual([0, false]);
  });
});
