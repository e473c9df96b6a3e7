/** `hostContract` put together from what a host has: the same in Electron and in browser mode. */
import { implement, type AnyRouter } from '@orpc/server';
import { hostContract, type ServiceState, type ShellInfo } from '../../../src-shared/contract';
import type { Feed } from './feed';
import type { PathInbox } from './pathInbox';

export interface ShellParts {
  readonly info: ShellInfo;
  readonly inbox: PathInbox;
  readonly serviceState: Feed<ServiceState>;
  /** Chosen absolute paths; a host without native dialogs answers an empty list. */
  openDialog(kind: 'files' | 'folder'): Promise<readonly string[]>;
}

export function createShellRouter(parts: ShellParts): AnyRouter {
  const os = implement(hostContract);
  const never = new AbortController().signal;
  return os.router({
    shell: {
      info: os.shell.info.handler(() => parts.info),
      openDialog: os.shell.openDialog.handler(({ input }) => parts.openDialog(input.kind)),
      pathsToOpen: os.shell.pathsToOpen.handler(async function* ({ signal }) {
        yield* parts.inbox.read(signal ?? never);
      }),
      serviceState: os.shell.serviceState.handler(async function* ({ signal }) {
        yield* parts.serviceState.read(signal ?? never);
      }),
    },
  });
}
