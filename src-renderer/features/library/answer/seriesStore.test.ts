import { beforeEach, expect, it } from 'vitest';
import { aSeriesRow } from '../../../../tests/support/libraryRows';
import { settled } from '../../../../tests/support/scriptedLibrary';
import { createSeriesReader, seriesStore } from './seriesStore';

beforeEach(() => seriesStore.setState(new Map(), true));

it('reads the series that were asked for once, and again when their study changed, and only those', async () => {
  const asked: number[] = [];
  const reader = createSeriesReader({
    series: (studyId) => {
      asked.push(studyId);
      return Promise.resolve([aSeriesRow({ seriesId: asked.length, studyId })]);
    },
  });
  reader.want(1);
  reader.want(1);
  await settled();
  reader.changed([1, 2]);
  await settled();
  expect([asked, seriesStore.getState().get(1)]).toEqual([
    [1, 1],
    { status: 'ready', rows: [aSeriesRow({ seriesId: 2, studyId: 1 })] },
  ]);
});

it('a reply that comes late does not replace a newer one', async () => {
  const replies: ((id: number) => void)[] = [];
  const reader = createSeriesReader({
    series: (studyId) =>
      new Promise((resolve) => replies.push((seriesId) => resolve([aSeriesRow({ seriesId, studyId })]))),
  });
  reader.want(1);
  reader.changed();
  replies[1]?.(22);
  await settled();
  replies[0]?.(11);
  await settled();
  const state = seriesStore.getState().get(1);
  expect(state?.status === 'ready' && state.rows[0]?.seriesId).toBe(22);
});

it('says why series could not be read, and keeps those it had', async () => {
  let fails = true;
  const reader = createSeriesReader({
    series: (studyId) =>
      fails ? Promise.reject(new Error('gone')) : Promise.resolve([aSeriesRow({ seriesId: 1, studyId })]),
  });
  reader.want(1);
  await settled();
  const first = seriesStore.getState().get(1);
  fails = false;
  reader.want(1);
  await settled();
  fails = true;
  reader.changed();
  await settled();
  expect([first, seriesStore.getState().get(1)?.status]).toEqual([{ status: 'failed', reason: 'gone' }, 'ready']);
});
