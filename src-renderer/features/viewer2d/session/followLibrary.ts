/** Keeps the rail true while the library changes under it: thumbnails get ready, files arrive or go missing. */
import { services, subscribeForever } from '../../../host';
import { forgetStacks, openStudiesStore, putStudy } from '../../../viewing/openStudies';
import { attempt } from './attempt';
import { fetchStudy } from './loading';

/** Starts following; the returned function stops it. What is in a viewport stays as it was opened. */
export function followLibrary(): () => void {
  refreshAll();
  return subscribeForever(
    (signal) => services().library.changes(undefined, { signal }),
    ({ studyIds }) => studyIds.forEach((studyId) => refresh(studyId)),
  );
}

/** What changed before the subscription began. */
function refreshAll(): void {
  for (const { row } of openStudiesStore.getState().studies) refresh(row.studyId);
}

function refresh(studyId: number): void {
  if (isOpen(studyId)) attempt(refreshOpen(studyId));
}

async function refreshOpen(studyId: number): Promise<void> {
  const study = await fetchStudy(studyId);
  const before = openStudiesStore.getState().studies.find(({ row }) => row.studyId === studyId);
  if (!before) return;
  const counts = new Map(before.series.map(({ seriesId, imageCount }) => [seriesId, imageCount]));
  forgetStacks(
    study.series.filter((row) => counts.get(row.seriesId) !== row.imageCount).map(({ seriesId }) => seriesId),
  );
  putStudy(study);
}

function isOpen(studyId: number): boolean {
  return openStudiesStore.getState().studies.some(({ row }) => row.studyId === studyId);
}
