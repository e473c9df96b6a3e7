/** What media give to imports. */
import { openArchiveEntry } from '../media/archive';
import { describeSource, openPaths } from '../media/open';
import { MediaReconciler } from '../media/reconcile';
import type { MediaParts } from '../services/importParts';

export const importMedia: MediaParts = {
  describe: (path) => describeSource(path),
  openPaths: (paths, context) => openPaths(paths, context),
  openArchive: openArchiveEntry,
  createReconciler: () => new MediaReconciler(),
};
