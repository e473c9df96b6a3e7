/** The storage panel's state: what the library takes on disk, and the check that runs or has run. */
import { createStore } from 'zustand/vanilla';
import type { StorageUsage, VerifyProgress, VerifyReport } from '../../../src-shared/contract';

export type CheckKind = 'quick' | 'deep' | 'rebuild';

export type Check =
  | { readonly status: 'running'; readonly kind: CheckKind; readonly progress: VerifyProgress | null }
  | { readonly status: 'done'; readonly kind: CheckKind; readonly report: VerifyReport }
  /** Left before a report came. */
  | { readonly status: 'left'; readonly kind: CheckKind }
  | { readonly status: 'failed'; readonly kind: CheckKind; readonly reason: string };

export interface StorageState {
  readonly isOpen: boolean;
  /** `null` until it was read. */
  readonly usage: StorageUsage | null;
  /** Why it could not be read; `''`: it could, or was not yet. */
  readonly failure: string;
  readonly check: Check | null;
}

export const storageStore = createStore<StorageState>(() => ({
  isOpen: false,
  usage: null,
  failure: '',
  check: null,
}));

export function showStorage(isOpen: boolean): void {
  storageStore.setState({ isOpen });
}

export function isChecking(): boolean {
  return storageStore.getState().check?.status === 'running';
}
