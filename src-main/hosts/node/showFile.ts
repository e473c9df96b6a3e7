/** Shows a file in the system's file manager: selected where that can be asked for, else the folder it lies in. */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { AppError } from '../../../src-shared/base/appError';

/** @throws `service/failed` where the system has no such program */
export function showFile(path: string): Promise<void> {
  const [command, ...args] = managerOf(process.platform, path);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true, windowsVerbatimArguments: true });
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
    child.once('error', (cause) => {
      reject(new AppError('service/failed', 'This system has no file manager that could be started.', {}, cause));
    });
  });
}

/** Paths are absolute, so that none is taken for an option. */
export function managerOf(platform: NodeJS.Platform, path: string): [command: string, ...args: string[]] {
  switch (platform) {
    case 'darwin':
      return ['/usr/bin/open', '-R', path];
    case 'win32':
      // Explorer wants its quotes inside the argument; a path holds none.
      return [join(process.env.SystemRoot ?? 'C:\\Windows', 'explorer.exe'), `/select,"${path}"`];
    default:
      return ['xdg-open', dirname(path)];
  }
}
