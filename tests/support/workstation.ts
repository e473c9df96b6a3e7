/** One running Isocenter, whichever host carries it: what the stories of the end-to-end tests drive. */
import type { Page } from 'playwright-core';
import type { Watch } from './watch';

export interface Workstation {
  readonly host: 'browser' | 'electron';
  readonly page: Page;
  readonly watch: Watch;
  /** Opens a folder as a person does: by the button, then the path field or the native dialog. */
  openFolder(path: string): Promise<void>;
  /** Starts the program a second time with a path; that start must end by itself. */
  startAgain(path: string): Promise<void>;
  /** Kills the service process, by its id. */
  killServices(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts on a data directory; starting again on the same one is a restart. */
export type StartWorkstation = (options: {
  readonly dataDirectory: string;
  readonly paths?: readonly string[];
}) => Promise<Workstation>;
