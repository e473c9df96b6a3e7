/** The real files whose decoded values are known, and the worker that decodes them. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { hasSharedData, sharedTable } from '../../support/sharedData';

const folder = path.resolve(import.meta.dirname, '../../../../shared/data');

/** The decoding worker as it is built. */
const builtWorker = path.resolve(import.meta.dirname, '../../../out/main/decode.js');

export const canDecode = hasSharedData && existsSync(builtWorker);
export const reasonNotTo = hasSharedData ? 'out/main/decode.js is not built' : '../shared/data is not there';

export const workerUrl = new URL(`file://${builtWorker}`);

export function realFile(relative: string): string {
  return path.join(folder, relative);
}

export interface PixelTruth {
  readonly path: string;
  readonly transferSyntaxUid: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Every file whose decoded values are known. */
export function pixelTruths(): PixelTruth[] {
  const syntaxes = new Map(sharedTable('INDEX.csv').map((row) => [row['path'], row['transfer_syntax_uid'] ?? '']));
  return sharedTable('TRUTH.csv')
    .filter((row) => row['sha256_pixels_le'] !== '')
    .map((row) => ({
      path: row['path'] ?? '',
      transferSyntaxUid: syntaxes.get(row['path']) ?? '',
      sha256: row['sha256_pixels_le'] ?? '',
      bytes: Number(row['pixel_bytes']),
    }));
}
