/** Whether bytes are an archive, by what they hold; names are never asked. */
import type { ArchiveKind } from './source';

/** Reads from the same bytes further on; shorter at their end. */
export type ReadAt = (offset: number, length: number) => Uint8Array;

const ISO_DESCRIPTOR = 16 * 2048;
const TAR_MAGIC = 257;

export function sniffArchive(prefix: Uint8Array, sizeBytes: number, readAt: ReadAt): ArchiveKind | null {
  // A preamble may look like anything.
  if (startsWith(prefix, 'DICM', 128)) return null;
  if (startsWith(prefix, 'PK\x03\x04') || startsWith(prefix, 'PK\x05\x06')) return 'zip';
  if (prefix[0] === 0x1f && prefix[1] === 0x8b && prefix[2] === 8) return 'gzip';
  if (startsWith(prefix, 'ustar', TAR_MAGIC) && isTarHeader(prefix)) return 'tar';
  if (sizeBytes < ISO_DESCRIPTOR + 2048) return null;
  return startsWith(readAt(ISO_DESCRIPTOR, 6), 'CD001', 1) ? 'iso' : null;
}

/** The checksum counts its own field as spaces. Source: POSIX.1-1988, ustar. */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < 512) return false;
  let sum = 0;
  for (let index = 0; index < 512; index += 1) sum += index >= 148 && index < 156 ? 32 : (block[index] ?? 0);
  const written = parseInt(String.fromCharCode(...block.subarray(148, 156)).replace(/[\0 ]+/g, ''), 8);
  return written === sum;
}

function startsWith(bytes: Uint8Array, text: string, offset = 0): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[offset + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}
