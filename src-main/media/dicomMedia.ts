/** What makes a folder a DICOM medium. Source: PS3.10 8.6; PS3.12 annexes for the names on each kind of medium. */
import { readdir } from 'node:fs/promises';

/** `DICOMDIR` as file systems write it: any case, with the version that ISO 9660 adds where nobody takes it off. */
export function isDirectoryName(name: string): boolean {
  return /^dicomdir\.?(;\d{1,5})?$/i.test(name);
}

/** Whether a DICOMDIR lies at the top of a folder; `false` where that cannot be listed. */
export async function hasDirectoryAtTop(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.some(isDirectoryName);
}
