/** Puts the services together for a host or the command line: the one place where a service meets its parts. */
import { join } from 'node:path';
import { watchVolumes } from '../media/volumes';
import { ChangeFeed } from '../services/changeFeed';
import { createDecodePool } from '../services/decodePool';
import { generateDemo } from '../services/demo';
import { createImportService } from '../services/import';
import { demoDirectoryIn } from '../services/importDemo';
import { createLibraryService } from '../services/library';
import { createScanPool } from '../services/scanPool';
import { createSeriesThumbnails, pictureKey, seriesPictures } from '../services/seriesThumbnails';
import { createSettingsService } from '../services/settings';
import { createStorageService } from '../services/storage';
import { createThumbnailService } from '../services/thumbnails';
import type { LibraryCounts, Store } from '../store';
import { openSoundStore } from '../store/soundStore';
import { importMedia } from './importMedia';
import type { HostPlatform, Services } from './platform';
import { createRouter, type RoutedServices } from './router';
import { shownPath } from './shownPath';

/** What the command line uses beside what hosts use: the services themselves, without a wire between. */
export interface LocalServices extends Services, RoutedServices {
  counts(): LibraryCounts;
}

export interface ServicesOptions {
  /** Do what nobody asked for: look for missing files, make thumbnails, keep the quota. Default true. */
  readonly background?: boolean;
}

/** One thumbnail at a time: the other cores scan, and decode what is on screen. */
const THUMBNAIL_WORKERS = 1;

/**
 * Opens the library in `platform.dataDirectory`. Workers start when there is something for them to do.
 * @throws `store/locked`, `store/newer-version`, `store/disk-full`, `store/failed`
 */
export async function createServices(platform: HostPlatform, options: ServicesOptions = {}): Promise<LocalServices> {
  const settings = await createSettingsService(platform.settingsFile);
  const { background = true } = options;
  const store = await openSoundStore(platform.dataDirectory, {
    // Who does not stay to see copies come in waits for them.
    adoptsAll: !background,
    nowMs: () => platform.nowMs(),
    onRebuilding: () => platform.log.warn('the index is damaged and is built anew from the files'),
  });
  try {
    return servicesOver(store, { platform, settings, background });
  } catch (thrown) {
    store.dispose();
    throw thrown;
  }
}

interface Given {
  readonly platform: HostPlatform;
  readonly settings: Awaited<ReturnType<typeof createSettingsService>>;
  readonly background: boolean;
}

function servicesOver(store: Store, { platform, settings, background }: Given): LocalServices {
  const { dataDirectory, log } = platform;
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
  const onBackgroundError = (error: unknown): void => {
    log.error('background work failed', { name: error instanceof Error ? error.name : typeof error });
  };
  const nowMs = (): number => platform.nowMs();

  const library = createLibraryService({
    store,
    feed,
    nowMs,
    looksInBackground: background,
    onStudyOpened: inBackground(seriesThumbnails.request),
    onBackgroundError,
  });
  const storage = createStorageService({
    store,
    feed,
    nowMs,
    background,
    settings: () => settings.read(),
    watchMedia: watchVolumes,
    onSeriesEnded: (ended) => {
      for (const series of ended) thumbnails.forget(pictureKey(series));
    },
    onBackgroundError,
  });
  const imports = createImportService({
    store,
    text: store.text,
    pool: scanPool,
    changes: feed,
    media: importMedia,
    settings: () => settings.read(),
    nowMs,
    onImported: inBackground((studyIds: readonly number[]) => {
      seriesThumbnails.retry(studyIds);
      storage.keepQuota().catch(onBackgroundError);
    }),
    exportsDirectory: join(dataDirectory, 'exports'),
    demoDirectory: demoDirectoryIn(dataDirectory),
    generateDemo: (directory, onProgress, signal) =>
      generateDemo(platform.workerUrl('phantom'), directory, onProgress, signal),
  });
  inBackground(seriesThumbnails.request)();

  const routed: RoutedServices = { library, import: imports, settings, storage };
  return {
    ...routed,
    router: createRouter(routed, { store, feed }),
    counts: () => store.library.counts(),
    instancePath: (instanceId) => Promise.resolve(store.files.readablePath(instanceId)),
    thumbnailPath: (seriesId) => Promise.resolve(thumbnails.fileOf(seriesId)),
    reportPath: (importId) => imports.reportPath(importId),
    shownPath: (level, id) => Promise.resolve(shownPath(store, level, id)),
    dispose: async () => {
      await imports.dispose();
      await storage.dispose();
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
