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

/** Preferences as they lie on disk: plain values by key, none of them checked. Whoever reads them does that. */
export interface SettingsFile {
  /** Empty when there is no file yet, or when it was damaged and is now kept aside. */
  read(): Promise<Readonly<Record<string, unknown>>>;
  /** Replaces everything, atomically. */
  write(values: Readonly<Record<string, unknown>>): Promise<void>;
}

/** Levels of what can be shown in the system's file manager. */
export type ShownLevel = 'study' | 'series' | 'instance';

export interface HostPlatform {
  /** Absolute folder for index, thumbnails, settings; created when missing. */
  readonly dataDirectory: string;
  /** `settings.json` in the data directory, owned by the host. */
  readonly settingsFile: SettingsFile;
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
  /** The lines of an import as a CSV file written anew; `null` when the id is unknown. */
  reportPath(importId: number): Promise<string | null>;
  /** The first file of a study, series or instance that is where the index says; `null` when the id is unknown. The file may have gone since. */
  shownPath(level: ShownLevel, id: number): Promise<string | null>;
  /** Cancels what runs, ends the workers, closes the index. */
  dispose(): Promise<void>;
}
