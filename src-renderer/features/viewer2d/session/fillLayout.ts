/** A larger grid is filled with what comes next in the same study, so that four-up is one key. */
import { setLayout } from '../../../viewing/layout';
import { openStudiesStore, stripEntries, type StripEntry } from '../../../viewing/openStudies';
import { assignStack, mayShow } from '../../../viewing/patients';
import { activeViewport, screenStore, viewportById, visibleIndices, type Layout } from '../../../viewing/screen';
import { attempt } from './attempt';
import { contentOf, stacksOf } from './loading';

/** Changes the grid and fills the viewports that are empty in it; one step of undo. */
export function changeLayout(layout: Layout): void {
  setLayout(layout);
  attempt(fillEmptyViewports());
}

async function fillEmptyViewports(): Promise<void> {
  const tried = new Set<string>();
  for (const id of emptyOnScreen()) {
    const next = await nextContent(tried);
    if (!next) return;
    // Whatever the person did meanwhile counts more.
    const isStillFree = emptyOnScreen().includes(id) && !isOnScreen(next.seriesId, next.stack.id);
    if (isStillFree && mayShow(next.patientKey)) assignStack(id, next);
  }
}

/** The next stack of the active study that is nowhere on screen; those already tried are left out. */
async function nextContent(tried: Set<string>): Promise<ReturnType<typeof contentOf>> {
  for (;;) {
    const entry = entriesOfActiveStudy().find((each) => !tried.has(keyOf(each)));
    if (!entry) return null;
    tried.add(keyOf(entry));
    const content = contentOf(await stacksOf(entry.seriesId), entry.stackIndex);
    if (content && !isOnScreen(content.seriesId, content.stack.id)) return content;
  }
}

const keyOf = ({ seriesId, stackIndex }: StripEntry): string => `${String(seriesId)}/${String(stackIndex)}`;

function entriesOfActiveStudy(): readonly StripEntry[] {
  const seriesId = activeViewport().content?.seriesId;
  const { studies } = openStudiesStore.getState();
  const study = studies.find(({ series }) => series.some((row) => row.seriesId === seriesId));
  const own = new Set(study?.series.map((row) => row.seriesId));
  return stripEntries().filter((entry) => own.has(entry.seriesId));
}

function emptyOnScreen(): readonly string[] {
  const state = screenStore.getState();
  return visibleIndices(state)
    .map((index) => `viewport-${String(index)}`)
    .filter((id) => viewportById(state, id).content === null);
}

function isOnScreen(seriesId: number, stackId: string): boolean {
  const state = screenStore.getState();
  return visibleIndices(state).some((index) => {
    const content = state.viewports[index]?.content;
    return content?.seriesId === seriesId && content.stack.id === stackId;
  });
}
