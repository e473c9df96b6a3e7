/** What the command line asks for: a data directory and paths to open. Chromium's own switches are not ours. */
import { resolve } from 'node:path';
import { defaultDataDirectory } from '../../compose/hosting/dataDirectory';

export interface WindowArguments {
  readonly dataDirectory: string;
  /** Absolute. */
  readonly paths: readonly string[];
}

/**
 * `argv` without the executable. Everything that starts with a dash is a switch, before and after `--`-less paths alike,
 * because Chromium adds its own to a second start's line; Electron's own `-r MODULE` takes its word along. The program's own folder (`.` when run from sources) is `self`.
 */
export function parseWindowArguments(argv: readonly string[], cwd: string, self: string): WindowArguments {
  let dataDirectory = defaultDataDirectory();
  const paths: string[] = [];
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? '';
    if (word === '--data') dataDirectory = resolve(cwd, argv[++index] ?? '.');
    else if (word.startsWith('--data=')) dataDirectory = resolve(cwd, word.slice('--data='.length));
    else if (word === '-r' || word === '--require') index++;
    else if (!word.startsWith('-') && word !== '' && resolve(cwd, word) !== self) paths.push(resolve(cwd, word));
  }
  return { dataDirectory, paths };
}
