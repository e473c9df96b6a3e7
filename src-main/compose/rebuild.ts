/** Building the index anew without opening the library: it may be what cannot be opened. */
import type { VerifyEvent } from '../../src-shared/contract';
import { rebuildIndex } from '../store/rebuild';
import type { HostPlatform } from './platform';

/** Progress, then the report. @throws `store/locked`, `store/*` */
export function rebuildLibrary(
  platform: HostPlatform,
  signal: AbortSignal,
): AsyncGenerator<VerifyEvent, void, undefined> {
  return rebuildIndex(platform.dataDirectory, { signal, nowMs: () => platform.nowMs() });
}
