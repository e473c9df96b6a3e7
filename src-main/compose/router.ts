/** The contract's methods, each bound to its service and nothing more. What services throw is mapped where calls leave. */
import { implement } from '@orpc/server';
import { servicesContract } from '../../src-shared/contract';
import type { ChangeFeed } from '../services/changeFeed';
import type { ImportService } from '../services/import';
import type { LibraryService } from '../services/library';
import type { SettingsService } from '../services/settings';
import type { StorageService } from '../services/storage';
import type { Store } from '../store';

export interface RoutedServices {
  readonly library: LibraryService;
  readonly import: ImportService;
  readonly settings: SettingsService;
  readonly storage: StorageService;
}

/** What is asked of the store itself, because no service has anything to add. */
export interface RoutedStore {
  readonly store: Store;
  readonly feed: ChangeFeed;
}

const os = implement(servicesContract);

export function createRouter(services: RoutedServices, routed: RoutedStore) {
  return os.router({
    library: libraryRouter(services, routed),
    import: importRouter(services),
    settings: settingsRouter(services),
    storage: storageRouter(services),
  });
}

function libraryRouter({ library, storage }: RoutedServices, { store, feed }: RoutedStore) {
  const routes = os.library;
  return {
    query: routes.query.handler(({ input }) => library.query(input)),
    studyIds: routes.studyIds.handler(({ input }) => library.studyIds(input)),
    study: routes.study.handler(({ input }) => library.study(input.studyId)),
    facets: routes.facets.handler(() => library.facets()),
    series: routes.series.handler(({ input }) => library.series(input.studyId)),
    stacks: routes.stacks.handler(({ input }) => library.openSeries(input.seriesId)),
    changes: routes.changes.handler(({ signal }) => library.changes(signal)),
    checkFiles: routes.checkFiles.handler(({ input }) => library.checkFiles(input.studyId)),
    edit: routes.edit.handler(({ input }) => library.edit(input.studyIds, input.change)),
    savedSearches: routes.savedSearches.handler(() => library.savedSearches()),
    saveSearch: routes.saveSearch.handler(({ input }) => library.saveSearch(input)),
    removeSearch: routes.removeSearch.handler(({ input }) => library.removeSearch(input.name)),
    trash: routes.trash.handler(({ input }) => library.trash(input.studyIds)),
    restore: routes.restore.handler(({ input }) => library.restore(input.studyIds)),
    emptyTrash: routes.emptyTrash.handler(({ input }) => storage.emptyTrash(input.studyIds)),
    aside: routes.aside.handler(({ input }) => store.aside.of(input.studyId)),
    settleAside: routes.settleAside.handler(({ input }) =>
      feed.announce([store.aside.settle(input.asideId, input.action)]),
    ),
  };
}

function importRouter({ import: imports }: RoutedServices) {
  const routes = os.import;
  return {
    open: routes.open.handler(({ input, signal }) => imports.open(input.paths, input.options, signal)),
    choose: routes.choose.handler(({ input }) => imports.choose(input.jobId, input.choice)),
    password: routes.password.handler(({ input }) => imports.password(input.jobId, input.archiveId, input.password)),
    resume: routes.resume.handler(({ input }) => imports.resume(input.jobId)),
    openDemo: routes.openDemo.handler(({ signal }) => imports.openDemo(signal)),
    reports: routes.reports.handler(() => imports.reports()),
    lines: routes.lines.handler(({ input }) => imports.lines(input)),
    rereadText: routes.rereadText.handler(({ input }) => imports.rereadText(input.sourceId, input.characterSet)),
  };
}

function settingsRouter({ settings, storage }: RoutedServices) {
  return {
    read: os.settings.read.handler(() => settings.read()),
    write: os.settings.write.handler(async ({ input }) => {
      const written = await settings.write(input);
      if (input.libraryQuotaGb !== undefined) storage.quotaChanged();
      return written;
    }),
  };
}

function storageRouter({ storage }: RoutedServices) {
  const routes = os.storage;
  return {
    mode: routes.mode.handler(({ signal }) => storage.mode(signal)),
    usage: routes.usage.handler(() => storage.usage()),
    verify: routes.verify.handler(({ input, signal }) => storage.verify(input.isDeep, signal)),
    rebuild: routes.rebuild.handler(({ signal }) => storage.rebuild(signal)),
    makeRoom: routes.makeRoom.handler(({ input }) => storage.makeRoom(input.targetBytes)),
    media: routes.media.handler(({ signal }) => eachOf(storage.media(signal))),
  };
}

/** The wire wants an iterator that it can end. */
async function* eachOf<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item, void, undefined> {
  yield* items;
}
