/**
 * The page's door to the services, whichever host it runs in. `connectHost()` once at the start; `services()` and
 * `shell()` anywhere; `connectionStore` says whether they can be reached. No React here.
 */
import { bytePaths } from '../../src-shared/contract';
import { AppError } from '../../src-shared/base/appError';
import { connectToNodeHost } from './browserHost';
import { untilReady } from './connection';
import { connectToElectron } from './electronHost';

export { services, shell } from './clients';
export { connectionStore, type Connection } from './connection';
export { pathsOfDrop } from './droppedPaths';
export { subscribeForever } from './subscribe';

const FIRST_CONNECTION_MS = 30_000;

/** Resolves when the services answer; rejects with `service/gone` after half a minute, while trying goes on. */
export async function connectHost(): Promise<void> {
  if (window.isocenterPreload) connectToElectron();
  else connectToNodeHost();
  await untilReady(FIRST_CONNECTION_MS, () => new AppError('service/gone', 'The background service did not start.'));
}

/** The file of an instance as it is on disk; `GET`, with ranges. Same origin, so workers may fetch it. */
export function fetchInstanceUrl(instanceId: number): string {
  return new URL(bytePaths.instance(instanceId), location.href).href;
}

/** PNG of a series whose `thumbnail` is `ready`. */
export function thumbnailUrl(seriesId: number): string {
  return new URL(bytePaths.thumbnail(seriesId), location.href).href;
}
