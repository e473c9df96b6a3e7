/** The contract's methods, each bound to its service and nothing more. What services throw is mapped where calls leave. */
import { implement } from '@orpc/server';
import { servicesContract } from '../../src-shared/contract';
import type { ImportService } from '../services/import';
import type { LibraryService } from '../services/library';
import type { SettingsService } from '../services/settings';

export interface RoutedServices {
  readonly library: LibraryService;
  readonly import: ImportService;
  readonly settings: SettingsService;
}

export function createRouter({ library, import: imports, settings }: RoutedServices) {
  const os = implement(servicesContract);
  return os.router({
    library: {
      studies: os.library.studies.handler(() => library.studies()),
      series: os.library.series.handler(({ input }) => library.series(input.studyId)),
      stacks: os.library.stacks.handler(({ input }) => library.stacks(input.seriesId)),
      changes: os.library.changes.handler(({ signal }) => library.changes(signal)),
      checkFiles: os.library.checkFiles.handler(({ input }) => library.checkFiles(input.studyId)),
    },
    import: {
      open: os.import.open.handler(({ input, signal }) => imports.open(input.paths, signal)),
      openDemo: os.import.openDemo.handler(({ signal }) => imports.openDemo(signal)),
      reports: os.import.reports.handler(() => imports.reports()),
    },
    settings: {
      read: os.settings.read.handler(() => settings.read()),
      write: os.settings.write.handler(({ input }) => settings.write(input)),
    },
  });
}
