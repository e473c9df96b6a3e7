/** Runs the built command line as a script would, in a process of its own. */
import { spawn } from 'node:child_process';
import path from 'node:path';

export interface DcmRun {
  /** Exit status; `null` when a signal ended the process. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface DcmOptions {
  /** Kills the process this long after its start, if it still runs; what must hold holds at any moment. */
  readonly killAfterMs?: number;
  /** POSIX user id to run as; only root may choose. */
  readonly uid?: number;
}

const ENTRY = path.resolve(import.meta.dirname, '../../out/main/dcm.js');

/** Node itself runs the tests, so the same binary runs the command. */
export function dcm(args: readonly string[], options: DcmOptions = {}): Promise<DcmRun> {
  const identity = options.uid === undefined ? {} : { uid: options.uid };
  const child = spawn(process.execPath, [ENTRY, ...args], { stdio: ['ignore', 'pipe', 'pipe'], ...identity });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const killing =
    options.killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), options.killAfterMs);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      clearTimeout(killing);
      resolve({ status, stdout, stderr });
    });
  });
}

/** The object that a command prints with `--json`. */
export async function dcmJson<T>(args: readonly string[], options?: DcmOptions): Promise<T> {
  const { stdout, stderr } = await dcm([...args, '--json'], options);
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  if (last === '') throw new Error(`dcm ${args.join(' ')} printed nothing: ${stderr}`);
  return JSON.parse(last) as T;
}
