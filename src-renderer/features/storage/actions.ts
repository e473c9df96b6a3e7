/** What the storage panel and its commands do. */
import { services, subscribeForever } from '../../host';
import { formatBytes, t } from '../../strings';
import { setLibraryMode } from '../../viewing/libraryMode';
import { notify } from '../../viewing/notices';
import { createChecks, reasonOf } from './checking';
import { showStorage, storageStore, type CheckKind } from './storageStore';

const checks = createChecks(
  {
    verify: (isDeep, signal) => services().storage.verify({ isDeep }, { signal }),
    rebuild: (signal) => services().storage.rebuild(undefined, { signal }),
  },
  () => void readUsage(),
);

/** Shows the panel and starts a check in it. */
export function startCheck(kind: CheckKind): void {
  showStorage(true);
  void checks.run(kind);
}

export function cancelCheck(): void {
  checks.cancel();
}

/** Reads how much the library takes. */
export async function readUsage(): Promise<void> {
  try {
    storageStore.setState({ usage: await services().storage.usage(), failure: '' });
  } catch (error) {
    storageStore.setState({ failure: reasonOf(error) });
  }
}

/** Ends what is in the trash; whoever calls has asked. */
export async function emptyTrash(): Promise<void> {
  const { studies, freedBytes } = await services().library.emptyTrash({});
  notify({ tone: 'info', message: t('storage.trash.emptied', { count: studies, bytes: formatBytes(freedBytes) }) });
  await readUsage();
}

/** Evicts what can be fetched again until the copies are within the limit. */
export async function makeRoom(targetBytes: number): Promise<void> {
  const { freedBytes, studies } = await services().storage.makeRoom({ targetBytes });
  const message =
    studies === 0
      ? t('storage.quota.nothingToEvict')
      : t('storage.quota.madeRoom', { count: studies, bytes: formatBytes(freedBytes) });
  notify({ tone: 'info', message });
  await readUsage();
}

/** Whether the library takes changes, for as long as the page lives. */
export function followLibraryMode(): void {
  subscribeForever((signal) => services().storage.mode(undefined, { signal }), setLibraryMode);
}
