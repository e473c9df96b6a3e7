import type { ImageRef } from '../../src-shared/dicom/stack';
import { frameKey } from './frameKey';

type Listener = (changed: readonly ImageRef[]) => void;

/** Who wants to know which frames changed. Changes made in one go arrive together, after the state is settled. */
export interface Listeners {
  subscribe(listener: Listener): () => void;
  announce(changed: readonly ImageRef[]): void;
}

export function createListeners(): Listeners {
  const listeners = new Set<Listener>();
  const pending = new Map<string, ImageRef>();

  const flush = (): void => {
    const changed = [...pending.values()];
    pending.clear();
    for (const listener of listeners) listener(changed);
  };

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    announce(changed) {
      if (changed.length === 0) return;
      if (pending.size === 0) queueMicrotask(flush);
      for (const ref of changed) pending.set(frameKey(ref), ref);
    },
  };
}
