/** What the hosts do differently: native dialogs, paths handed over by the system. */
import './withoutEval';
import { eventIterator, oc, type } from '@orpc/contract';
import { z } from 'zod';

export interface ShellInfo {
  readonly host: 'electron' | 'browser';
  readonly version: string;
  /** `openDialog` shows a native dialog; otherwise the page asks for a path in a field. */
  readonly hasNativeDialog: boolean;
  readonly platform: string;
}

/** Whether the service process lives. `generation` grows with each start: a wire to an earlier one is dead. */
export type ServiceState =
  | { readonly status: 'running'; readonly generation: number }
  | { readonly status: 'restarting'; readonly message: string }
  | { readonly status: 'failed'; readonly message: string };

export const shellContract = {
  info: oc.output(type<ShellInfo>()),
  /** Chosen absolute paths; empty when the person cancelled. */
  openDialog: oc.input(z.object({ kind: z.enum(['files', 'folder']) })).output(type<readonly string[]>()),
  /** Shows the first file of a study, series or instance in the system's file manager. @throws `service/unknown-id`, `file/not-found` */
  showInFolder: oc
    .input(z.object({ level: z.enum(['study', 'series', 'instance']), id: z.number().int().nonnegative() }))
    .output(z.void()),
  /** Paths to open that came from outside the page: command line, second start, "open with". Earlier ones come first. */
  pathsToOpen: oc.output(eventIterator(type<readonly string[]>())),
  /** The present state first, then each change. */
  serviceState: oc.output(eventIterator(type<ServiceState>())),
};
