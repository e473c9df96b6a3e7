/** From what was opened to what is on screen. */
import type { ImportReport } from '../../src-shared/contract';
import { importPaths } from '../features/import';
import { sessionStore } from '../features/library';
import { shell, subscribeForever } from '../host';
import { formatCount, t } from '../strings';
import { notify } from '../viewing/notices';
import { placeStore } from '../viewing/place';
import { loadReading } from './reading';
import { isCancellation, reasonOf } from './unexpected';

export function openStudyById(studyId: number): void {
  loadReading()
    .then(({ openStudy }) => openStudy(studyId))
    .catch(sayOpenFailed);
}

/** More than these in the rail helps nobody. */
const MOST_AT_ONCE = 24;

/** Studies of the first one's patient are opened together; those of other patients are offered, not shown. */
export function openStudiesByIds(studyIds: readonly number[]): void {
  const opened = studyIds.slice(0, MOST_AT_ONCE);
  loadReading()
    .then(async ({ openStudies, addStudyToScreen }) => {
      const others = await openStudies(opened);
      if (others.length > 0) {
        const showAll = async () => {
          for (const studyId of others) await addStudyToScreen(studyId);
        };
        notify({
          tone: 'info',
          message: t('library.act.otherPatients', { count: others.length }),
          action: { label: t('library.act.showOthers'), run: () => void showAll().catch(sayOpenFailed) },
        });
      }
      if (opened.length < studyIds.length) {
        const values = { opened: formatCount(opened.length), all: formatCount(studyIds.length) };
        notify({ tone: 'info', message: t('library.act.openedFirst', values) });
      }
    })
    .catch(sayOpenFailed);
}

function sayOpenFailed(error: unknown): void {
  if (isCancellation(error)) return;
  notify({ tone: 'caution', message: t('app.openStudyFailed', { reason: reasonOf(error) }) });
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
  void sessionStore
    .getState()
    .session?.reveal(first)
    .catch(() => undefined);
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
