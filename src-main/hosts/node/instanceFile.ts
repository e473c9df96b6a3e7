/**
 * One node host per data directory: the first one leaves its address in a file that only its owner can read; a second
 * one hands its paths to it and ends.
 */
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const WAIT_STEP_MS = 100;
const WAIT_STEPS = 50;
const ANSWER_MS = 3000;

export interface Instance {
  readonly pid: number;
  readonly port: number;
  readonly token: string;
}

export interface InstanceClaim {
  /** Lets others find this host. */
  publish(instance: Instance): void;
  release(): void;
}

/** The claim on `dataDirectory`, or `'handed-over'` when a living host took `paths`. */
export async function claimOrHandOver(
  dataDirectory: string,
  paths: readonly string[],
): Promise<InstanceClaim | 'handed-over'> {
  const file = join(dataDirectory, 'browser-host.json');
  for (let step = 0; step < WAIT_STEPS; step++) {
    const claim = tryClaim(file);
    if (claim) return claim;
    const other = readInstance(file);
    if (other && (await handOver(other, paths))) return 'handed-over';
    // No answer: its process ended without tidying up, or it is starting and has not published its address yet.
    if (other && !isAlive(other.pid)) rmSync(file, { force: true });
    else await new Promise((resolve) => setTimeout(resolve, WAIT_STEP_MS));
  }
  throw new Error('Another Isocenter uses this data directory and does not answer. End it, then start again.');
}

function tryClaim(file: string): InstanceClaim | null {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null;
    throw error;
  }
  const write = (instance: Instance) => writeFileSync(file, JSON.stringify(instance), { mode: 0o600 });
  write({ pid: process.pid, port: 0, token: '' });
  return { publish: write, release: () => rmSync(file, { force: true }) };
}

function readInstance(file: string): Instance | null {
  try {
    const { pid, port, token } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Instance>;
    return pid === undefined || port === undefined || token === undefined ? null : { pid, port, token };
  } catch {
    return null;
  }
}

async function handOver(other: Instance, paths: readonly string[]): Promise<boolean> {
  if (other.port === 0) return false;
  try {
    const response = await fetch(`http://127.0.0.1:${String(other.port)}/hand-over`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${other.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ paths }),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return response.ok;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
