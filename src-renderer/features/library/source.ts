/** The mirror's source: the library service, through whichever host there is. */
import { services, subscribeForever } from '../../host';
import type { LibrarySource } from './mirror';

export const librarySource: LibrarySource = {
  studies: () => services().library.studies(),
  series: (studyId) => services().library.series({ studyId }),
  subscribe: (on) =>
    subscribeForever((signal) => {
      on.open();
      return services().library.changes(undefined, { signal });
    }, on.change),
};
