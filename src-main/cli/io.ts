/** What a command may do to the outside world: handed in, so that a command can be run by a test. */
import { once } from 'node:events';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { defaultDataDirectory } from '../compose/hosting/dataDirectory';
import { createSettingsFile } from '../compose/hosting/settingsFile';
import type { HostPlatform, WorkerName } from '../compose/platform';

export interface CliIo {
  /** Standard output: the result and nothing else. Waits while the reader of a pipe is behind. */
  out(line: string): Promise<void>;
  /** Standard error: progress, explanations. */
  err(line: string): void;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  workerUrl(name: WorkerName): URL;
}

/** Exit status: 0 nothing failed, 1 something failed, 2 the command line was not understood. */
export type ExitStatus = 0 | 1 | 2;

export type Command = (args: readonly string[], io: CliIo) => Promise<ExitStatus>;

/** The command line was not understood; the message says why. */
export class UsageError extends Error {}

/** `parseArgs` whose complaints are `UsageError`s. */
export function parseCommandLine<const T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (thrown) {
    throw new UsageError(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** The command line as a host: it has no log, what matters is in its result. */
export function cliPlatform(io: CliIo, library: string | undefined): HostPlatform {
  const ignore = () => undefined;
  const dataDirectory = library ?? defaultDataDirectory();
  const log = { info: ignore, warn: ignore, error: ignore };
  return {
    dataDirectory,
    settingsFile: createSettingsFile(dataDirectory, log),
    workerUrl: (name) => io.workerUrl(name),
    nowMs: () => Date.now(),
    log,
  };
}

export function processIo(entry: URL, signal: AbortSignal): CliIo {
  return {
    out: async (line) => {
      if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
    },
    err: (line) => void process.stderr.write(`${line}\n`),
    signal,
    workerUrl: (name) => new URL(`./${name}.js`, entry),
  };
}
