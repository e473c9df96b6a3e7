/** Looks whether the files of the library are still where they were. */
import { stat } from 'node:fs/promises';
import type { FileState, Store, StoredFile } from '../store';

export interface FileCheckResult {
  readonly missing: number;
  readonly found: number;
}

export interface FileCheckOptions {
  /** Only this study; all when left out. */
  readonly studyId?: number | undefined;
  /** Studies whose counts changed, page by page. */
  onChanged(studyIds: readonly number[]): void;
  isStopped(): boolean;
}

/** A file of another size is another file: it counts as missing until the folder is opened again. */
export async function checkFiles(store: Store, options: FileCheckOptions): Promise<FileCheckResult> {
  let missing = 0;
  let found = 0;
  for (const page of store.files.pages(options.studyId)) {
    const states = await Promise.all(page.map(stateOf));
    if (options.isStopped()) break;
    const gone = states.filter((state) => state.isMissing).length;
    missing += gone;
    found += states.length - gone;
    options.onChanged(store.files.setMissing(states));
  }
  return { missing, found };
}

async function stateOf({ instanceId, path, sizeBytes }: StoredFile): Promise<FileState> {
  if (path === '') return { instanceId, isMissing: true };
  try {
    const stats = await stat(path);
    return { instanceId, isMissing: !stats.isFile() || stats.size !== sizeBytes };
  } catch {
    return { instanceId, isMissing: true };
  }
}
