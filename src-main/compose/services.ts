/** Puts the services together for a host or the command line: the one place where a service meets its parts. */
import { mkdirSync } from 'node:fs';
import { ChangeFeed } from '../services/changeFeed';
import { generateDemo } from '../services/demo';
import { createImportService, demoDirectoryIn } from '../services/import';
import { createLibraryService } from '../services/library';
import { createScanPool } from '../services/scanPool';
import { createSettingsService } from '../services/settings';
import { openStore, type LibraryCounts } from '../store';
import type { HostPlatform, Services } from './platform';
import { createRouter, type RoutedServices } from './router';

/** What the command line uses beside what hosts use: the services themselves, without a wire between. */
export interface LocalServices extends Services, RoutedServices {
  counts(): LibraryCounts;
}

export interface ServicesOptions {
  /** Do what nobody asked for: look for missing files, make thumbnails. Default true. */
  readonly background?: boolean;
}

/**
 * Opens the library in `platform.dataDirectory`. Workers start when there is something for them to do.
 * @throws `store/locked`, `store/newer-version`, `store/disk-full`, `store/failed`
 */
export function createServices(platform: HostPlatform, options: ServicesOptions = {}): LocalServices {
  const { dataDirectory, log } = platform;
  mkdirSync(dataDirectory, { recursive: true });
  const store = openStore(dataDirectory);
  const feed = new ChangeFeed();
  const pool = createScanPool({ workerUrl: platform.workerUrl('scan') });
  const onBackgroundError = (error: unknown) =>
    log.error('background work failed', { name: error instanceof Error ? error.name : typeof error });

  const library = createLibraryService({
    store,
    feed,
    looksInBackground: options.background ?? true,
    onBackgroundError,
  });
  const imports = createImportService({
    store,
    pool,
    changes: feed,
    nowMs: () => platform.nowMs(),
    demoDirectory: demoDirectoryIn(dataDirectory),
    generateDemo: (directory, onProgress, signal) =>
      generateDemo(platform.workerUrl('phantom'), directory, onProgress, signal),
  });
  const settings = createSettingsService(dataDirectory);
  const routed: RoutedServices = { library, import: imports, settings };

  return {
    ...routed,
    router: createRouter(routed),
    counts: () => store.library.counts(),
    instancePath: (instanceId) => Promise.resolve(store.files.of(instanceId)?.path ?? null),
    thumbnailPath: () => Promise.resolve(null),
    dispose: async () => {
      await imports.dispose();
      library.dispose();
      feed.dispose();
      pool.dispose();
      store.dispose();
    },
  };
}
