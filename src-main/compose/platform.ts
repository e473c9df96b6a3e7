/** What hosts differ in, given to `createServices`, and what it gives them back. */
import type { AnyRouter } from '@orpc/server';

export type WorkerName = 'scan' | 'decode' | 'phantom';

export type LogFacts = Readonly<Record<string, string | number | boolean>>;

/** Ids, counts and codes only: never a name, a patient ID or a path below the user's folders. */
export interface Log {
  info(message: string, facts?: LogFacts): void;
  warn(message: string, facts?: LogFacts): void;
  error(message: string, facts?: LogFacts): void;
}

export interface HostPlatform {
  /** Absolute folder for index, thumbnails, settings; created when missing. */
  readonly dataDirectory: string;
  /** The built worker entry of that name. */
  workerUrl(name: WorkerName): URL;
  nowMs(): number;
  readonly log: Log;
}

/** What a host gets from `createServices(platform)`. */
export interface Services {
  /** Implements `servicesContract`. */
  readonly router: AnyRouter;
  /** Where the bytes of an instance are now; `null` when the id is unknown. The file may have gone since. */
  instancePath(instanceId: number): Promise<string | null>;
  /** The PNG of a series; `null` while there is none. */
  thumbnailPath(seriesId: number): Promise<string | null>;
  /** Cancels what runs, ends the workers, closes the index. */
  dispose(): Promise<void>;
}
