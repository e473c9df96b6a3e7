import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SeriesRow, SeriesStacks, StudyRow } from '../../../../src-shared/contract';
import { aStudyRow } from '../../../../tests/support/libraryRows';
import { axialStack, patientRecord, seriesRecord, studyRecord } from '../../../../tests/support/stackContent';
import { noticeStore } from '../../../viewing/notices';
import { openStudiesStore } from '../../../viewing/openStudies';
import { hasSeveralPatients } from '../../../viewing/patients';
import { placeStore } from '../../../viewing/place';
import { screenStore } from '../../../viewing/screen';
import { undo } from '../../../viewing/history';
import { changeLayout } from './fillLayout';
import { addStudyToScreen, closePatientOnScreen, openStudies, openStudy, showNeighbour, showSeries } from './loading';

/** Study 1 and 2 are Anna's, 3 is Bert's; study n has series 10n + 1 and 10n + 2. */
const patientOf = (studyId: number) => (studyId === 3 ? 'bert' : 'anna');
const studyRow = (studyId: number): StudyRow => aStudyRow({ studyId, patientKey: patientOf(studyId) });
const seriesRow = (seriesId: number): SeriesRow => ({
  seriesId,
  studyId: Math.floor(seriesId / 10),
  series: { ...seriesRecord, number: seriesId },
  instanceCount: 10,
  imageCount: 10,
  missingCount: 0,
  thumbnail: 'none',
});
const seriesStacks = (seriesId: number): SeriesStacks => ({
  seriesId,
  patientKey: patientOf(Math.floor(seriesId / 10)),
  patient: patientRecord,
  study: studyRecord,
  series: seriesRecord,
  stacks: [axialStack(10, `${String(seriesId)}a`), axialStack(2, `${String(seriesId)}b`)],
  otherObjects: [],
});

vi.mock('./preload', () => ({ preloadScreen: () => Promise.resolve() }));

vi.mock('../../../host', () => ({
  services: () => ({
    library: {
      study: ({ studyId }: { studyId: number }) => Promise.resolve(studyRow(studyId)),
      series: ({ studyId }: { studyId: number }) => Promise.resolve([1, 2].map((n) => seriesRow(studyId * 10 + n))),
      stacks: ({ seriesId }: { seriesId: number }) => Promise.resolve(seriesStacks(seriesId)),
    },
  }),
}));

const onScreen = () => screenStore.getState().viewports.flatMap(({ content }) => content?.stack.id ?? []);
const inRail = () => openStudiesStore.getState().studies.map(({ row }) => row.studyId);

beforeEach(async () => {
  for (const key of screenStore.getState().patientKeys) closePatientOnScreen(key);
  await openStudy(1);
});

describe('opening', () => {
  it('[VIEW14] lays the study out and goes to the reading place', () => {
    expect([onScreen(), screenStore.getState().layout, placeStore.getState().place]).toEqual([
      ['11a', '12a'],
      { rows: 1, columns: 2 },
      'reading',
    ]);
  });

  it('[VIEW10] another study of the same patient joins the rail', async () => {
    await openStudy(2);
    expect([inRail().toSorted(), onScreen(), hasSeveralPatients()]).toEqual([[1, 2], ['21a', '22a'], false]);
  });

  it('[VIEW10] a study of another patient takes the whole screen and says so', async () => {
    await openStudy(3);
    expect([inRail(), onScreen(), noticeStore.getState().notices.at(-1)?.message]).toEqual([
      [3],
      ['31a', '32a'],
      expect.stringContaining('was closed'),
    ]);
  });

  it('[VIEW10] nothing of another patient can be dropped onto the screen', async () => {
    await showSeries({ seriesId: 31, stackIndex: 0 }, 'viewport-0');
    expect(onScreen()).toEqual(['11a', '12a']);
  });

  it('[VIEW11] adding a second patient is an act of its own', async () => {
    await addStudyToScreen(3);
    await showSeries({ seriesId: 31, stackIndex: 0 }, 'viewport-1');
    expect([hasSeveralPatients(), onScreen()]).toEqual([true, ['11a', '31a']]);
  });

  it('[VIEW10] [LIB12] of several studies only those of the first patient are opened; the others are named', async () => {
    const left = await openStudies([2, 3, 1]);
    expect([left, inRail().toSorted(), hasSeveralPatients()]).toEqual([[3], [1, 2], false]);
  });

  it('an answer that comes too late opens nothing', async () => {
    await Promise.all([openStudy(3), openStudy(2)]);
    expect(onScreen()).toEqual(['21a', '22a']);
  });

  it('closing the last patient goes back to the library', () => {
    closePatientOnScreen('anna');
    expect([inRail(), placeStore.getState().place]).toEqual([[], 'library']);
  });
});

it('[VIEW15] PgDn and PgUp walk stack by stack through the rail', async () => {
  const seen = [];
  for (const by of [1, 1, 1, -1] as const) {
    await showNeighbour(by);
    seen.push(onScreen()[0]);
  }
  expect(seen).toEqual(['11b', '12a', '12b', '12a']);
});

it('[VIEW5] a larger grid is filled with what comes next in the study, and one undo takes it back', async () => {
  changeLayout({ rows: 2, columns: 2 });
  await vi.waitFor(() => expect(onScreen()).toHaveLength(4));
  const filled = onScreen();
  undo();
  expect([filled, onScreen()]).toEqual([
    ['11a', '12a', '11b', '12b'],
    ['11a', '12a'],
  ]);
});
