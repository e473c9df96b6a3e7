/** `hostContract` put together from what a host has: the same in Electron and in browser mode. */
import { access } from 'node:fs/promises';
import { implement, type AnyRouter } from '@orpc/server';
import { AppError } from '../../../src-shared/base/appError';
import { hostContract, type ServiceState, type ShellInfo } from '../../../src-shared/contract';
import type { ShownLevel } from '../platform';
import type { Feed } from './feed';
import type { PathInbox } from './pathInbox';

export interface ShellParts {
  readonly info: ShellInfo;
  readonly inbox: PathInbox;
  readonly serviceState: Feed<ServiceState>;
  /** Chosen absolute paths; a host without native dialogs answers an empty list. */
  openDialog(kind: 'files' | 'folder'): Promise<readonly string[]>;
  /** Out of the index: a page never names a path. `null` when the id is unknown. */
  shownPath(level: ShownLevel, id: number): Promise<string | null>;
  /** Shows a file that is there in the system's file manager. */
  showFile(path: string): Promise<void>;
}

export function createShellRouter(parts: ShellParts): AnyRouter {
  const os = implement(hostContract);
  const never = new AbortController().signal;
  return os.router({
    shell: {
      info: os.shell.info.handler(() => parts.info),
      openDialog: os.shell.openDialog.handler(({ input }) => parts.openDialog(input.kind)),
      showInFolder: os.shell.showInFolder.handler(({ input }) => showInFolder(parts, input.level, input.id)),
      pathsToOpen: os.shell.pathsToOpen.handler(async function* ({ signal }) {
        yield* parts.inbox.read(signal ?? never);
      }),
      serviceState: os.shell.serviceState.handler(async function* ({ signal }) {
        yield* parts.serviceState.read(signal ?? never);
      }),
    },
  });
}

async function showInFolder(parts: ShellParts, level: ShownLevel, id: number): Promise<void> {
  const path = await parts.shownPath(level, id);
  if (path === null) throw new AppError('service/unknown-id', 'No file of this is known to the library.', { id });
  await access(path).catch((thrown: unknown) => {
    throw new AppError('file/not-found', 'The file is not there (any more).', { id }, thrown);
  });
  await parts.showFile(path);
}
