/** A virtual X display of the test's own, where the machine has none for it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { hasProgram } from './programs';

export interface Display {
  /** For the `DISPLAY` variable. */
  readonly name: string;
  stop(): Promise<void>;
}

/** Whether windows can be had: other systems have a display, and Linux gets one from Xvfb. */
export const canShowWindows = process.platform !== 'linux' || hasProgram('Xvfb');

/** The server itself picks a free number, so that tests beside each other never share one. */
export async function startDisplay(): Promise<Display> {
  if (process.platform !== 'linux') return { name: '', stop: () => Promise.resolve() };
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = (await once(server.stdio[3] as Readable, 'data')) as [Buffer];
  return { name: `:${number.toString('utf8').trim()}`, stop: () => end(server) };
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill('SIGTERM');
  await gone;
}
