/** The log of a host: JSON lines in `<data>/log/<name>.log`, ids and codes only, the previous run kept beside it. */
import { mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { destination, pino } from 'pino';
import type { Log } from '../platform';

const ROTATE_AT_BYTES = 5 * 1024 * 1024;

/** Lines are written at once, so that the last one before a crash is there. */
export function createFileLog(dataDirectory: string, name: 'electron' | 'browser' | 'service'): Log {
  const directory = join(dataDirectory, 'log');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, `${name}.log`);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > ROTATE_AT_BYTES) renameSync(file, `${file}.1`);
  const logger = pino({ base: { process: name } }, destination({ dest: file, sync: true, append: true }));
  return {
    info: (message, facts) => logger.info(facts ?? {}, message),
    warn: (message, facts) => logger.warn(facts ?? {}, message),
    error: (message, facts) => logger.error(facts ?? {}, message),
  };
}
