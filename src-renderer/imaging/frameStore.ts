/**
 * The life of a frame: absent → loading → ready, or failed until someone asks again. One budget of decoded bytes. What
 * is on screen stays; beyond that, what nobody wants goes first (least recently used first), then what is wanted least.
 */
import { toAppError, type AppError } from '../../src-shared/base/appError';
import type { ImageRef, Stack, StackImage } from '../../src-shared/dicom/stack';
import { createDecodePool, type DecodeJob, type StartDecodeWorker } from './decodePool';
import { frameKey } from './frameKey';
import { createListeners } from './listeners';
import { decodedSize, decodeOrder, shownImage } from './schedule';
import { startDecodeWorker } from './startDecodeWorker';
import type { DecodedFrame, FrameState, FrameStore, Interest } from './types';

export interface FrameStoreOptions {
  /** Decoded bytes kept; what is on screen may exceed it. */
  readonly budgetBytes: number;
  readonly workerCount: number;
  readonly instanceUrl: (instanceId: number) => string;
  /** The default starts the real worker. */
  readonly startWorker?: StartDecodeWorker;
}

const MASK = { absent: 0, loading: 1, ready: 2, failed: 3 } as const;

export function createFrameStore(options: FrameStoreOptions): FrameStore {
  const { workerCount, startWorker = startDecodeWorker } = options;
  const pool = createDecodePool({ workerCount, startWorker });
  /** Most recently changed last. */
  const interests = new Map<string, Interest>();
  /** Least recently used first. */
  const ready = new Map<string, DecodedFrame>();
  const failed = new Map<string, AppError>();
  const loading = new Set<string>();
  const listeners = createListeners();
  let usedBytes = 0;
  let isDisposed = false;
  /** Rank of every wanted frame, most wanted first; what is on screen comes first. */
  let order: readonly StackImage[] = [];
  let rank = new Map<string, number>();
  let shown = new Set<string>();

  const statusOf = (key: string): FrameState['status'] => {
    if (ready.has(key)) return 'ready';
    if (failed.has(key)) return 'failed';
    return loading.has(key) || shown.has(key) ? 'loading' : 'absent';
  };

  const reorder = (): void => {
    const recent = [...interests.values()].reverse();
    order = decodeOrder(recent, options.budgetBytes);
    rank = new Map(order.map((image, index) => [frameKey(image.ref), index]));
    const before = shown;
    shown = new Set(recent.flatMap((interest) => shownImage(interest) ?? []).map((image) => frameKey(image.ref)));
    for (const key of shown) touch(key);
    listeners.announce(changesOfShown(before, recent));
  };

  const touch = (key: string): void => {
    const frame = ready.get(key);
    if (!frame) return;
    ready.delete(key);
    ready.set(key, frame);
  };

  /** Frames newly on screen are `loading` from now on even before a worker is free. */
  const changesOfShown = (before: ReadonlySet<string>, recent: readonly Interest[]): readonly ImageRef[] =>
    recent.flatMap((interest) => {
      const ref = shownImage(interest)?.ref;
      return ref && !before.has(frameKey(ref)) && statusOf(frameKey(ref)) === 'loading' ? [ref] : [];
    });

  const evict = (): void => {
    if (usedBytes <= options.budgetBytes) return;
    const removable = [...ready.keys()].filter((key) => !shown.has(key));
    const unwanted = removable.filter((key) => !rank.has(key));
    const wanted = removable.filter((key) => rank.has(key)).sort((a, b) => (rank.get(b) ?? 0) - (rank.get(a) ?? 0));
    const gone: ImageRef[] = [];
    for (const key of [...unwanted, ...wanted]) {
      if (usedBytes <= options.budgetBytes) break;
      const frame = ready.get(key);
      if (!frame) continue;
      ready.delete(key);
      usedBytes -= frame.sizeBytes;
      gone.push(frame.ref);
    }
    listeners.announce(gone);
  };

  const jobOf = ({ ref, record }: StackImage): DecodeJob => {
    const pixelCount = (record.pixels?.rows ?? 0) * (record.pixels?.columns ?? 0);
    return {
      request: { ref, url: options.instanceUrl(ref.instanceId), sopInstanceUid: record.sopInstanceUid },
      pixelCount,
      instanceBytes: pixelCount * ((record.pixels?.bitsAllocated ?? 8) / 8) * (record.pixels?.frames ?? 1),
    };
  };

  const isPending = (image: StackImage): boolean => {
    const key = frameKey(image.ref);
    return !ready.has(key) && !failed.has(key) && !loading.has(key);
  };

  const pump = (): void => {
    if (isDisposed) return;
    for (const image of order) {
      if (pool.isFull) return;
      if (!isPending(image) || !fits(image)) continue;
      const job = jobOf(image);
      if (pool.canTake(job)) void load(image, job);
    }
  };

  /** A prefetch must not push out what is wanted more; what is on screen always may come. */
  const fits = (image: StackImage): boolean => {
    if (shown.has(frameKey(image.ref)) || usedBytes + decodedSize(image) <= options.budgetBytes) return true;
    const own = rank.get(frameKey(image.ref)) ?? Number.MAX_SAFE_INTEGER;
    return [...ready.keys()].some((key) => !shown.has(key) && (rank.get(key) ?? Number.MAX_SAFE_INTEGER) > own);
  };

  const load = async (image: StackImage, job: DecodeJob): Promise<void> => {
    const key = frameKey(image.ref);
    loading.add(key);
    listeners.announce([image.ref]);
    try {
      const frame = await pool.run(job);
      if (isDisposed) return;
      ready.set(key, frame);
      usedBytes += frame.sizeBytes;
    } catch (thrown) {
      if (isDisposed) return;
      failed.set(key, toAppError(thrown, 'pixels/decode-failed'));
    }
    loading.delete(key);
    evict();
    listeners.announce([image.ref]);
    pump();
  };

  return {
    setInterest(viewportId, interest) {
      interests.delete(viewportId);
      if (interest) interests.set(viewportId, interest);
      reorder();
      evict();
      pump();
    },
    state(ref) {
      const key = frameKey(ref);
      const frame = ready.get(key);
      if (frame) return { status: 'ready', frame };
      const error = failed.get(key);
      if (error) return { status: 'failed', error };
      return { status: statusOf(key) === 'loading' ? 'loading' : 'absent' };
    },
    retry(ref) {
      if (!failed.delete(frameKey(ref))) return;
      listeners.announce([ref]);
      pump();
    },
    loadedMask: (stack: Stack) => Uint8Array.from(stack.images, ({ ref }) => MASK[statusOf(frameKey(ref))]),
    subscribe: (listener) => listeners.subscribe(listener),
    usage: () => ({
      usedBytes,
      budgetBytes: options.budgetBytes,
      frames: ready.size,
      queued: order.filter(isPending).length,
    }),
    dispose() {
      isDisposed = true;
      pool.dispose();
      ready.clear();
      loading.clear();
      interests.clear();
      usedBytes = 0;
    },
  };
}
