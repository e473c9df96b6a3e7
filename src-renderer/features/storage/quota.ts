/** What a limit for copies means for what is there; pure. */
import type { StorageUsage } from '../../../src-shared/contract';

export const GIGABYTE = 1e9;

export interface QuotaEffect {
  /** What would be evicted, bytes. */
  readonly evictedBytes: number;
  /** What has to stay beyond the limit, bytes: pinned, or the only copy. */
  readonly overBytes: number;
}

/** `quotaGb` 0: no limit. */
export function quotaEffect(usage: StorageUsage, quotaGb: number): QuotaEffect {
  if (quotaGb === 0) return { evictedBytes: 0, overBytes: 0 };
  const tooMuch = Math.max(usage.copiedBytes - quotaGb * GIGABYTE, 0);
  const evictedBytes = Math.min(tooMuch, usage.evictableBytes);
  return { evictedBytes, overBytes: tooMuch - evictedBytes };
}
