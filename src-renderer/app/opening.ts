/** From what was opened to what is on screen. */
import type { ImportReport } from '../../src-shared/contract';
import { importPaths } from '../features/import';
import { selectLibraryRow, setLibraryFilter, studyKey } from '../features/library';
import { shell, subscribeForever } from '../host';
import { t } from '../strings';
import { notify } from '../viewing/notices';
import { placeStore } from '../viewing/place';
import { loadReading } from './reading';
import { isCancellation, reasonOf } from './unexpected';

export function openStudyById(studyId: number): void {
  loadReading()
    .then(({ openStudy }) => openStudy(studyId))
    .catch((error: unknown) => {
      if (isCancellation(error)) return;
      notify({ tone: 'caution', message: t('app.openStudyFailed', { reason: reasonOf(error) }) });
    });
}

/**
 * One study: it is opened, unless somebody is reading; then it is offered. Several: the library, no longer filtered,
 * shows them.
 */
export function openImported(report: ImportReport | null): void {
  if (report === null) return;
  const [first] = report.studyIds;
  if (first === undefined) return;
  const isReading = placeStore.getState().place === 'reading';
  setLibraryFilter('');
  selectLibraryRow(studyKey(first));
  if (report.studyIds.length > 1 || report.wasCancelled) return;
  if (isReading) {
    const action = { label: t('import.done.openStudy'), run: () => openStudyById(first) };
    notify({ tone: 'info', message: t('import.done.added', { count: report.added }), action });
  } else {
    openStudyById(first);
  }
}

/** Command line, second start, "open with". */
export function openPathsFromOutside(): void {
  subscribeForever(
    (signal) => shell().pathsToOpen(undefined, { signal }),
    (paths) => void importPaths(paths).then(openImported),
  );
}
