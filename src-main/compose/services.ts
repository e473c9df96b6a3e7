/** Puts the services together for a host or the command line: the one place where a service meets its parts. */
import { join } from 'node:path';
import { ChangeFeed } from '../services/changeFeed';
import { createDecodePool } from '../services/decodePool';
import { generateDemo } from '../services/demo';
import { createImportService, demoDirectoryIn } from '../services/import';
import { createLibraryService } from '../services/library';
import { createScanPool } from '../services/scanPool';
import { createSeriesThumbnails, seriesPictures } from '../services/seriesThumbnails';
import { createSettingsService } from '../services/settings';
import { createThumbnailService } from '../services/thumbnails';
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

/** One thumbnail at a time: the other cores scan, and decode what is on screen. */
const THUMBNAIL_WORKERS = 1;

/**
 * Opens the library in `platform.dataDirectory`. Workers start when there is something for them to do.
 * @throws `store/locked`, `store/newer-version`, `store/disk-full`, `store/failed`
 */
export function createServices(platform: HostPlatform, { background = true }: ServicesOptions = {}): LocalServices {
  const { dataDirectory, log } = platform;
  const store = openStore(dataDirectory);
  const feed = new ChangeFeed();
  const scanPool = createScanPool({ workerUrl: platform.workerUrl('scan') });
  const decodePool = createDecodePool({ workerUrl: platform.workerUrl('decode'), width: THUMBNAIL_WORKERS });
  const thumbnails = createThumbnailService({
    directory: join(dataDirectory, 'thumbnails'),
    pool: decodePool,
    log,
    pathOfSeriesPicture: seriesPictures(store),
  });
  const seriesThumbnails = createSeriesThumbnails({ store, feed, thumbnails });
  const inBackground = <Args extends unknown[]>(work: (...args: Args) => void) => (background ? work : () => undefined);

  const library = createLibraryService({
    store,
    feed,
    looksInBackground: background,
    onStudyOpened: inBackground(seriesThumbnails.request),
    onBackgroundError: (error) =>
      log.error('background work failed', { name: error instanceof Error ? error.name : typeof error }),
  });
  const imports = createImportService({
    store,
    pool: scanPool,
    changes: feed,
    nowMs: () => platform.nowMs(),
    onImported: inBackground(seriesThumbnails.retry),
    demoDirectory: demoDirectoryIn(dataDirectory),
    generateDemo: (directory, onProgress, signal) =>
      generateDemo(platform.workerUrl('phantom'), directory, onProgress, signal),
  });
  const settings = createSettingsService(dataDirectory);
  inBackground(seriesThumbnails.request)();

  const routed: RoutedServices = { library, import: imports, settings };
  return {
    ...routed,
    router: createRouter(routed),
    counts: () => store.library.counts(),
    instancePath: (instanceId) => Promise.resolve(store.files.of(instanceId)?.path || null),
    thumbnailPath: (seriesId) => Promise.resolve(thumbnails.fileOf(seriesId)),
    dispose: async () => {
      await imports.dispose();
      library.dispose();
      feed.dispose();
      seriesThumbnails.dispose();
      thumbnails.dispose();
      decodePool.dispose();
      scanPool.dispose();
      await thumbnails.idle();
      store.dispose();
    },
  };
}
