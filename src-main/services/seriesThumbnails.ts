/** Decides which series want a thumbnail, of which frame, and writes down what came of it. */
import type { Disposable } from '../../src-shared/base/disposable';
import { stacksOf } from '../../src-shared/dicom/stacks';
import type { EndedSeries, Store } from '../store';
import type { ChangeFeed } from './changeFeed';
import type { SeriesPicture, ThumbnailService } from './thumbnails';

export interface SeriesThumbnails extends Disposable {
  /** Makes what is still to be made of one study, or of all. */
  readonly request: (studyId?: number) => void;
  /** After new files came: what could not be pictured before is tried again. */
  readonly retry: (studyIds: readonly number[]) => void;
}

export interface SeriesThumbnailsDependencies {
  readonly store: Store;
  readonly feed: ChangeFeed;
  readonly thumbnails: ThumbnailService;
}

export function createSeriesThumbnails({ store, feed, thumbnails }: SeriesThumbnailsDependencies): SeriesThumbnails {
  const request = (studyId?: number): void => {
    for (const { seriesId } of store.thumbnails.pending(studyId)) thumbnails.request(seriesId);
  };
  const listening = thumbnails.onChange((seriesId, outcome) => {
    store.thumbnails.set(seriesId, outcome);
    const head = store.library.seriesHead(seriesId);
    if (head) feed.announce([head.studyId]);
  });
  return {
    request,
    retry: (studyIds) => {
      for (const studyId of studyIds) {
        store.thumbnails.retry(studyId);
        request(studyId);
      }
    },
    dispose: () => listening.dispose(),
  };
}

/** Patients who share a Series Instance UID by mistake must not share a picture. */
export function pictureKey({ patientKey, studyUid, seriesUid }: EndedSeries): string {
  return JSON.stringify([patientKey, studyUid, seriesUid]);
}

interface Remembered {
  readonly imageCount: number;
  readonly picture: SeriesPicture | null;
}

/** Gives the middle of a series' largest stack, remembered until the series grows or shrinks. */
export function seriesPictures(store: Store): (seriesId: number) => SeriesPicture | null {
  const remembered = new Map<number, Remembered>();
  return (seriesId) => {
    const imageCount = store.library.presentImageCount(seriesId);
    const known = remembered.get(seriesId);
    if (known?.imageCount === imageCount) return known.picture;
    const picture = imageCount === 0 ? null : middlePicture(store, seriesId);
    remembered.set(seriesId, { imageCount, picture });
    return picture;
  };
}

function middlePicture(store: Store, seriesId: number): SeriesPicture | null {
  const head = store.library.seriesHead(seriesId);
  const images = store.library.instancesOf(seriesId).filter((row) => row.record.pixels !== null && !row.isMissing);
  const largest = stacksOf(images)[0]?.images ?? [];
  const middle = largest[Math.floor(largest.length / 2)];
  const path = middle ? store.files.readablePath(middle.ref.instanceId) : null;
  if (!head || !middle || path === null) return null;
  const { patientKey, study, series } = head;
  return {
    seriesUid: pictureKey({ patientKey, studyUid: study.studyInstanceUid, seriesUid: series.seriesInstanceUid }),
    path,
    sopInstanceUid: middle.record.sopInstanceUid,
    frameIndex: middle.ref.frameIndex,
  };
}
