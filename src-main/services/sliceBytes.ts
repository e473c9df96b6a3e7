/** How many bytes a slice has, without reading it. */
import { stat } from 'node:fs/promises';
import type { FileSlice } from '../media/source';

/** 0 for what is not there: whoever reads it finds out. */
export async function sliceBytes({ path, offset, sizeBytes }: FileSlice): Promise<number> {
  if (sizeBytes !== null) return sizeBytes;
  return stat(path).then(
    ({ size }) => Math.max(0, size - offset),
    () => 0,
  );
}
