/** UIDs that depend on their seed alone, so that the same phantom is the same object on every machine. */

const PRIME = 0x1000000000000000000013bn;
const BASIS = 0x6c62272e07bb014262b821756295c58dn;
const LOW_128 = (1n << 128n) - 1n;

/**
 * `2.25.` and a 128-bit number in decimal: the FNV-1a hash of `seed` (UTF-8) with the version (8) and variant bits of a
 * UUID. Not for real patients' objects, whose UIDs must be random. Source: PS3.5 B.2; RFC 9562 5.8.
 */
export function uidFromSeed(seed: string): string {
  let hash = BASIS;
  for (const byte of new TextEncoder().encode(seed)) hash = ((hash ^ BigInt(byte)) * PRIME) & LOW_128;
  const versioned = (hash & ~(0xfn << 76n)) | (8n << 76n);
  return `2.25.${String((versioned & ~(3n << 62n)) | (2n << 62n))}`;
}
