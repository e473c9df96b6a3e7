/** Bringing studies and series from the library onto the reading screen. */
import type { SeriesStacks } from '../../../../src-shared/contract';
import { services } from '../../../host';
import { gridFor, isHungByImage, mostViewports, seriesToOpen } from '../../../viewing/hanging';
import { setActive, setLayout } from '../../../viewing/layout';
import {
  keepPatients,
  neighbourEntry,
  openStudiesStore,
  putStacks,
  putStudy,
  stripEntries,
  type OpenStudy,
  type StripEntry,
} from '../../../viewing/openStudies';
import {
  addSecondPatient,
  assignStack,
  beginPatient,
  clearViewport,
  closePatient,
  mayShow,
} from '../../../viewing/patients';
import { goTo } from '../../../viewing/place';
import { activeViewport, screenStore, type StackContent } from '../../../viewing/screen';
import { forgetHistory, remember } from '../../../viewing/history';
import { announceReplaced } from './announce';
import { preloadScreen } from './preload';

/** Stacks being fetched, so that two clicks ask once. */
const asked = new Map<number, Promise<SeriesStacks>>();

/** The study whose opening was asked last: an answer that comes too late opens nothing. */
let latestOpening = 0;

/**
 * Opens a study for reading. A study of the patient on screen joins it in the rail; one of another patient takes the
 * whole screen, and a notice offers to show both.
 */
export async function openStudy(studyId: number): Promise<void> {
  latestOpening += 1;
  const mine = latestOpening;
  void preloadScreen();
  const study = await fetchStudy(studyId);
  const hung = await stacksToHang(study);
  if (mine !== latestOpening) return;
  const before = openStudiesStore.getState().studies;
  const { patientKey } = study.row;
  if (!mayShow(patientKey)) {
    beginPatient(patientKey);
    keepPatients([patientKey]);
    announceReplaced(before, study, (ids) => addStudies(ids));
  }
  putStudy(study);
  hang(hung);
  goTo('reading');
}

/**
 * Opens several studies: the first is laid out, those of its patient join it in the rail. Gives the studies of other
 * patients, which stay closed: to show two patients is an act of its own.
 */
export async function openStudies(studyIds: readonly number[]): Promise<readonly number[]> {
  const [first, ...others] = studyIds;
  if (first === undefined) return [];
  await openStudy(first);
  const left: number[] = [];
  for (const study of await Promise.all(others.map((id) => fetchStudy(id)))) {
    if (mayShow(study.row.patientKey)) putStudy(study);
    else left.push(study.row.studyId);
  }
  return left;
}

/** The explicit act: shows a study of any patient beside what is on screen; several patients are marked as such. */
export async function addStudyToScreen(studyId: number): Promise<void> {
  await addStudies([studyId]);
}

async function addStudies(studyIds: readonly number[]): Promise<void> {
  for (const study of await Promise.all(studyIds.map((id) => fetchStudy(id)))) {
    addSecondPatient(study.row.patientKey);
    putStudy(study);
  }
  goTo('reading');
}

/** Takes a patient and all their studies off the screen; without patients left, back to the library. */
export function closePatientOnScreen(patientKey: string): void {
  closePatient(patientKey);
  const { patientKeys } = screenStore.getState();
  keepPatients(patientKeys);
  if (patientKeys.length === 0) goTo('library');
}

/** Shows a stack of a series in a viewport, the active one unless named. */
export async function showSeries(entry: StripEntry, viewportId = activeViewport().id): Promise<void> {
  const stacks = await stacksOf(entry.seriesId);
  const content = contentOf(stacks, entry.stackIndex);
  if (!content || !mayShow(content.patientKey)) return;
  remember();
  assignStack(viewportId, content);
  setActive(viewportId);
}

/** PgUp and PgDn: the neighbouring series or stack in the rail's order; the ends hold. */
export async function showNeighbour(by: 1 | -1): Promise<void> {
  const { id, content } = activeViewport();
  const known = content ? openStudiesStore.getState().stacks.get(content.seriesId) : undefined;
  const stackIndex = known?.stacks.findIndex((stack) => stack.id === content?.stack.id) ?? 0;
  const current = content ? { seriesId: content.seriesId, stackIndex: Math.max(stackIndex, 0) } : null;
  const next = neighbourEntry(stripEntries(), current, by);
  if (next) await showSeries(await lastStackFirst(next, by), id);
}

/** Going back into a series not yet known to be split enters it at its last stack. */
async function lastStackFirst(entry: StripEntry, by: 1 | -1): Promise<StripEntry> {
  if (by === 1 || openStudiesStore.getState().stacks.has(entry.seriesId)) return entry;
  const { stacks } = await stacksOf(entry.seriesId);
  return { ...entry, stackIndex: Math.max(stacks.length - 1, 0) };
}

/** Known ones at once, others from the library. */
export async function stacksOf(seriesId: number): Promise<SeriesStacks> {
  return openStudiesStore.getState().stacks.get(seriesId) ?? fetchStacks(seriesId);
}

async function fetchStacks(seriesId: number): Promise<SeriesStacks> {
  const pending = asked.get(seriesId) ?? services().library.stacks({ seriesId });
  asked.set(seriesId, pending);
  try {
    const stacks = await pending;
    putStacks(stacks);
    return stacks;
  } finally {
    asked.delete(seriesId);
  }
}

export async function fetchStudy(studyId: number): Promise<OpenStudy> {
  const { library } = services();
  const [row, series] = await Promise.all([library.study({ studyId }), library.series({ studyId })]);
  return { row, series };
}

interface Hung {
  readonly content: StackContent;
  readonly imageIndex: number;
}

async function stacksToHang(study: OpenStudy): Promise<readonly Hung[]> {
  const rows = seriesToOpen(study.series);
  const all = await Promise.all(rows.map(({ seriesId }) => fetchStacks(seriesId)));
  const modality = rows[0]?.series.modality ?? '';
  const perSeries = all.flatMap((stacks) => (isHungByImage(modality) ? byImage(stacks) : firstOf(stacks)));
  return perSeries.slice(0, Math.max(mostViewports(modality), 1));
}

function firstOf(stacks: SeriesStacks): readonly Hung[] {
  const content = contentOf(stacks, 0);
  return content ? [{ content, imageIndex: 0 }] : [];
}

function byImage(stacks: SeriesStacks): readonly Hung[] {
  return stacks.stacks.flatMap((stack, index) => {
    const content = contentOf(stacks, index);
    return content ? stack.images.map((_, imageIndex) => ({ content, imageIndex })) : [];
  });
}

function hang(hung: readonly Hung[]): void {
  setLayout(gridFor(hung.length));
  for (const [index, { id }] of screenStore.getState().viewports.entries()) {
    const item = hung[index];
    if (item) assignStack(id, item.content, item.imageIndex);
    else clearViewport(id);
  }
  setActive('viewport-0');
  forgetHistory();
}

export function contentOf(stacks: SeriesStacks, stackIndex: number): StackContent | null {
  const stack = stacks.stacks[stackIndex];
  if (!stack) return null;
  const { seriesId, patientKey, patient, study, series } = stacks;
  return { stack, seriesId, patientKey, patient, study, series };
}
