/** Instances that arrive at a library, for tests of its writing side. */
import { createHash, randomUUID } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Arrival, Incoming, Intake } from '../../src-main/store/types';
import { readHeader } from '../../src-shared/dataset/header';
import { indexedHeaderOf, type IndexedHeader } from '../../src-shared/dicom/indexedHeader';
import { smallCt, type SmallCt } from './smallCt';

export type Bytes = Uint8Array<ArrayBuffer>;

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function headerOf(bytes: Bytes): IndexedHeader {
  const result = readHeader(bytes, bytes.length);
  if (result.kind !== 'header') throw new Error(`no header but ${result.kind}`);
  return indexedHeaderOf(result.header);
}

/** A small CT whose bytes differ with `variant`, while its header stays the same. */
export function objectBytes(changes: Partial<SmallCt> = {}, variant = 0): Bytes {
  const bytes = smallCt(changes);
  bytes[bytes.length - 1] = variant;
  return bytes;
}

export function reference(path: string): Arrival {
  const { size, mtimeMs } = statSync(path);
  return { kind: 'reference', path, sizeBytes: size, mtimeMs };
}

/** A complete part file, as a scanning worker leaves it. */
export function copy(
  intake: Intake,
  bytes: Bytes,
  copiedFrom: string | null = null,
): Extract<Arrival, { kind: 'copy' }> {
  const partPath = join(intake.incomingDirectory, `${randomUUID()}.part`);
  writeFileSync(partPath, bytes);
  const sha256 = sha256Of(bytes);
  const from = copiedFrom === null ? null : reference(copiedFrom);
  return {
    kind: 'copy',
    partPath,
    sha256,
    originSha256: sha256,
    sizeBytes: bytes.length,
    copiedFrom:
      from?.kind === 'reference' ? { path: from.path, sizeBytes: from.sizeBytes, mtimeMs: from.mtimeMs } : null,
  };
}

export function incoming(bytes: Bytes, arrival: Arrival, changes: Partial<Incoming> = {}): Incoming {
  return { header: headerOf(bytes), arrival, sourceId: 1, origin: 'IM1', ...changes };
}
