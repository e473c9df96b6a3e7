/** An Electron started as a person starts it, timed from its birth to its first paint. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const LIMIT_MS = 60_000;

/** Software WebGL everywhere alike, and no traffic of Chromium's own. */
const SWITCHES = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  '--remote-debugging-port=0',
];

/** @typedef {{ name: string, stop: () => Promise<void> }} Display */

/** A display of the benchmark's own on Linux, the person's elsewhere. @returns {Promise<Display>} */
export async function startDisplay() {
  if (process.platform !== 'linux') return { name: '', stop: () => Promise.resolve() };
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const output = /** @type {import('node:stream').Readable} */ (server.stdio[3]);
  const [number] = await Promise.race([
    once(output, 'data'),
    once(server, 'error').then(([error]) => Promise.reject(error)),
  ]);
  return { name: `:${String(number).trim()}`, stop: () => end(server) };
}

/**
 * Milliseconds from the start of the process to the first paint of its first page, and to the first with content.
 * @param {{ electron: string, args: readonly string[], display: Display }} start
 */
export async function timePaints({ electron, args, display }) {
  const root = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const startedAt = Date.now();
  const child = spawn(electron, [...root, ...SWITCHES, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...(display.name === '' ? {} : { DISPLAY: display.name }) },
  });
  try {
    const { first, contentful } = await paintsOf(await debuggerAddress(child));
    return { first: first - startedAt, contentful: contentful - startedAt };
  } finally {
    await end(child);
  }
}

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<string>} */
async function debuggerAddress(child) {
  if (!child.stderr) throw new Error('Electron has no error output');
  for await (const line of createInterface({ input: child.stderr })) {
    const [, address] = /DevTools listening on (ws:\S+)/.exec(line) ?? [];
    if (address !== undefined) {
      child.stderr.resume();
      return address;
    }
  }
  throw new Error('Electron ended before it said where it can be inspected');
}

/**
 * Runs in the page: when it painted first, and first something with text or a picture, on the machine's clock; `null`
 * while it has not. Source: the Paint Timing specification.
 */
const PAINTS = `(() => {
  const at = (name) => performance.timeOrigin + performance.getEntriesByName(name)[0].startTime;
  try {
    return JSON.stringify({ first: at('first-paint'), contentful: at('first-contentful-paint') });
  } catch {
    return null;
  }
})()`;

const POLL_MS = 50;

/**
 * Asked again and again, because a page that has just been born may still be replaced.
 * @param {string} address
 * @returns {Promise<{ first: number, contentful: number }>}
 */
async function paintsOf(address) {
  const { host } = new URL(address);
  for (const until = Date.now() + LIMIT_MS; Date.now() < until;) {
    const paints = await evaluateInPage(host, PAINTS).catch(() => null);
    if (paints !== null) return JSON.parse(paints);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error('no content was painted in time');
}

/** The value of an expression in the first page, by the DevTools protocol. @param {string} host @param {string} expression */
async function evaluateInPage(host, expression) {
  const listed = await (await fetch(`http://${host}/json/list`)).json();
  const targets = /** @type {{ type: string, webSocketDebuggerUrl: string }[]} */ (listed);
  const page = targets.find(({ type }) => type === 'page');
  if (!page) return null;
  const socket = new WebSocket(page.webSocketDebuggerUrl);
  try {
    await once(socket, 'open');
    const answered = once(socket, 'message', { signal: AbortSignal.timeout(LIMIT_MS) });
    socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression } }));
    const [{ data }] = await answered;
    /** @type {{ result: { result: { value: string | null } } }} */
    const answer = JSON.parse(data);
    return answer.result.result.value;
  } finally {
    socket.close();
  }
}

/** @param {import('node:child_process').ChildProcess} child */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await gone;
  clearTimeout(killer);
}
