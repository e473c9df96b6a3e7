/** Before Electron is ready: where data lives, one instance for each data directory, the scheme of our pages. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { createPathInbox, type PathInbox } from '../../compose/hosting/pathInbox';
import { parseWindowArguments } from './arguments';
import { registerScheme } from './scheme';

export interface Prepared {
  readonly dataDirectory: string;
  readonly inbox: PathInbox;
  /** A second start, or a file opened from the system: the window comes forward. */
  onAttention(listener: () => void): void;
}

/** `null` when another instance with this data directory has taken the paths and this one should end. */
export function prepare(): Prepared | null {
  const self = app.getAppPath();
  const { dataDirectory, paths } = parseWindowArguments(process.argv.slice(1), process.cwd(), self);
  const userData = join(dataDirectory, 'window');
  mkdirSync(userData, { recursive: true, mode: 0o700 });
  // Also keeps apart the instance locks of different data directories.
  app.setPath('userData', userData);
  if (!app.requestSingleInstanceLock({ paths })) return null;
  registerScheme();

  const inbox = createPathInbox();
  inbox.add(paths);
  const listeners: (() => void)[] = [];
  const takePaths = (more: readonly string[]) => {
    inbox.add(more);
    for (const listener of listeners) listener();
  };
  app.on('second-instance', (_event, _argv, _cwd, data) => takePaths(pathsIn(data)));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    takePaths([path]);
  });
  return { dataDirectory, inbox, onAttention: (listener) => void listeners.push(listener) };
}

function pathsIn(data: unknown): readonly string[] {
  const paths: unknown = typeof data === 'object' && data !== null && 'paths' in data ? data.paths : [];
  return Array.isArray(paths) ? paths.filter((path) => typeof path === 'string') : [];
}
