/** The built node host as a process of the test: started, asked for its address, ended by its id. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { builtNodeHost } from './programs';

export interface NodeHost {
  /** With the token in it. */
  readonly url: string;
  readonly pid: number;
  /** Of the service process at the start; a restarted one has another. */
  readonly servicePid: number;
  stop(): Promise<void>;
}

export interface HostOptions {
  readonly dataDirectory: string;
  readonly paths?: readonly string[];
}

/** @throws when the host does not say that it is ready */
export async function startNodeHost(options: HostOptions): Promise<NodeHost> {
  const child = spawnHost(options);
  try {
    const line = await readyLine(child);
    const { url, pid, servicePid } = JSON.parse(line) as { url: string; pid: number; servicePid: number };
    return { url, pid, servicePid, stop: () => end(child) };
  } catch (error) {
    await end(child);
    throw error;
  }
}

/** A second start with the same data directory: hands its paths over and ends. Gives what it printed. */
export async function startAgain(options: HostOptions): Promise<{ status: number | null; printed: string }> {
  const child = spawnHost(options);
  let printed = '';
  child.stdout?.on('data', (data: Buffer) => (printed += data.toString('utf8')));
  const [status] = (await once(child, 'exit')) as [number | null];
  return { status, printed };
}

function spawnHost({ dataDirectory, paths = [] }: HostOptions): ChildProcess {
  return spawn(process.execPath, [builtNodeHost, '--print-json', '--data', dataDirectory, ...paths], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function readyLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the node host has no output');
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the node host ended with status ${String(code)} before it was ready`);
  });
  ended.catch(() => undefined);
  const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string];
  return line;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), 8000);
  await gone;
  clearTimeout(killer);
}
