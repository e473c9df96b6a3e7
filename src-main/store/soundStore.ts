/** Opens the library; an index that cannot be used is built anew from the files first, without asking anybody. */
import { AppError } from '../../src-shared/base/appError';
import type { VerifyEvent } from '../../src-shared/contract';
import { nodeFileCalls } from './fileCalls';
import { openStore, type Store, type StoreOptions } from './index';
import { isIndexDamaged, rebuildIndex } from './rebuild';
import { isRebuildWished } from './rebuildWish';

export interface SoundStoreOptions extends StoreOptions {
  /** It may take long: a quarter of a minute for 100,000 files. */
  onRebuilding?(): void;
  /** Wait until every copy that has lost its row has one again, instead of leaving many of them to a later verification. */
  readonly adoptsAll?: boolean;
}

/** @throws `store/locked`, `store/newer-version`, `store/disk-full`, `store/failed` */
export async function openSoundStore(directory: string, options: SoundStoreOptions = {}): Promise<Store> {
  const store = await openMended(directory, options);
  if (options.adoptsAll && store.recovery.waiting > 0) {
    const nowMs = () => options.nowMs?.() ?? Date.now();
    const { signal } = new AbortController();
    await drain(
      store.verification.run({ isDeep: false, readsHeaders: false, signal, nowMs, onChanged: () => undefined }),
    );
  }
  return store;
}

async function openMended(directory: string, options: SoundStoreOptions): Promise<Store> {
  const { calls = nodeFileCalls } = options;
  if (!isRebuildWished(directory, calls)) {
    try {
      return openStore(directory, options);
    } catch (thrown) {
      if (!(thrown instanceof AppError && isIndexDamaged(thrown))) throw thrown;
    }
  }
  options.onRebuilding?.();
  await rebuildWhole(directory, options);
  return openStore(directory, options);
}

async function rebuildWhole(directory: string, options: SoundStoreOptions): Promise<void> {
  const { signal } = new AbortController();
  const nowMs = () => options.nowMs?.() ?? Date.now();
  await drain(rebuildIndex(directory, { ...options, signal, nowMs }));
}

async function drain(events: AsyncGenerator<VerifyEvent, void, undefined>): Promise<void> {
  for (let event = await events.next(); event.done !== true;) event = await events.next();
}
