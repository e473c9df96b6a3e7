/** What media give to imports, in the words that imports ask in. */
import { basename } from 'node:path';
import { openArchive } from '../media/archive';
import { describeSource, openPaths } from '../media/open';
import { MediaReconciler } from '../media/reconcile';
import type { ArchiveKind, MediaEntry, Source } from '../media/source';
import type { MediaParts } from '../services/importParts';

export const importMedia: MediaParts = {
  describe: describeSource,
  openPaths: (paths, context) => openPaths(paths, context),
  openArchive: (kind, entry, context) => openArchive(kind, entry.slice, archiveSource(kind, entry), context),
  createReconciler: () => new MediaReconciler(),
};

/** The archive as a source inside the one in which it was met. */
function archiveSource(kind: ArchiveKind, { name, slice, source }: MediaEntry): Source {
  return {
    kind: kind === 'gzip' ? 'tar' : kind,
    label: basename(name),
    path: slice.path,
    pathInParent: name,
    parent: source,
    isRemovable: source.isRemovable,
    canReference: false,
  };
}
