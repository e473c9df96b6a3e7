/** Multi-frame objects opened lately, so that each frame does not fetch and read the file again. */
import type { Instance } from '../../src-shared/dataset/instance';

export interface InstanceCache {
  get(url: string): Instance | undefined;
  /** Keeps an object of several frames; others have nothing more to give. */
  keep(url: string, instance: Instance, sizeBytes: number): void;
}

/** The most recently used objects whose files together have at most `budgetBytes`; the last one always. */
export function createInstanceCache(budgetBytes: number): InstanceCache {
  const kept = new Map<string, { readonly instance: Instance; readonly sizeBytes: number }>();
  let usedBytes = 0;

  const drop = (url: string): void => {
    usedBytes -= kept.get(url)?.sizeBytes ?? 0;
    kept.delete(url);
  };

  return {
    get(url) {
      const entry = kept.get(url);
      if (!entry) return undefined;
      kept.delete(url);
      kept.set(url, entry);
      return entry.instance;
    },
    keep(url, instance, sizeBytes) {
      drop(url);
      if (instance.frameCount < 2) return;
      kept.set(url, { instance, sizeBytes });
      usedBytes += sizeBytes;
      for (const oldest of kept.keys()) {
        if (usedBytes <= budgetBytes || oldest === url) break;
        drop(oldest);
      }
    },
  };
}
