/** What hosts differ in, given to `createServices`. */

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
