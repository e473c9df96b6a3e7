/** `nodeHost.js [--open] [--port N] [--data DIR] [--print-json] [paths…]` */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultDataDirectory } from '../../compose/hosting/dataDirectory';

export interface HostArguments {
  /** Open the system's browser once ready. */
  readonly open: boolean;
  /** 0: any free port. */
  readonly port: number;
  readonly dataDirectory: string;
  /** Print the ready line as JSON. */
  readonly printJson: boolean;
  /** Absolute. */
  readonly paths: readonly string[];
}

/** @throws {Error} with a sentence, when the line cannot be understood. */
export function parseHostArguments(argv: readonly string[], cwd: string): HostArguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      open: { type: 'boolean', default: false },
      port: { type: 'string', default: '0' },
      data: { type: 'string' },
      'print-json': { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port ${values.port} is not a port number.`);
  return {
    open: values.open,
    port,
    dataDirectory: values.data === undefined ? defaultDataDirectory() : resolve(cwd, values.data),
    printJson: values['print-json'],
    paths: positionals.map((path) => resolve(cwd, path)),
  };
}
