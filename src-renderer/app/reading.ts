/** The reading screen and all that draws images come after the first paint; whoever needs them waits for the same load. */
import type * as reading from '../features/viewer2d';
import { registerCommands } from '../viewing/commands';

type Reading = typeof reading;

let loading: Promise<Reading> | null = null;

export function loadReading(): Promise<Reading> {
  loading ??= import('../features/viewer2d').then((loaded) => {
    registerCommands(loaded.readingCommands());
    return loaded;
  });
  return loading;
}

/** As soon as the page has nothing better to do, so that the first study opens at once. */
export function preloadReading(): void {
  requestIdleCallback(() => void loadReading(), { timeout: 2000 });
}
