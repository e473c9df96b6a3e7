/** Into the trash, out of it again, and for good. */
import { createStore } from 'zustand/vanilla';
import { services } from '../../../host';
import { formatBytes, t } from '../../../strings';
import { dismissNotice, notify } from '../../../viewing/notices';
import { answerStore, studyById } from '../answer/answerStore';
import { libraryViewStore } from '../libraryView';
import { selectNothing, selectPlace, settleCursor } from '../selection/selectionStore';
import { librarySession } from '../session';
import { inCalls } from './editing';
import { isTrashShown, selectedIds } from './selected';
import { trying } from './trying';

interface TrashState {
  /** What went into the trash last, and the notice that offers it back. */
  readonly last: { readonly studyIds: readonly number[]; readonly noticeId: number } | null;
  /** Studies that wait for a yes before they end for good. */
  readonly asked: EndingQuestion | null;
}

export interface EndingQuestion {
  readonly studyIds: readonly number[];
  /** Of the library's own copies, which would be freed; `null` while it is being counted. */
  readonly copiedBytes: number | null;
}

export const trashStore = createStore<TrashState>(() => ({ last: null, asked: null }));

/** At once, with a notice that takes it back. */
export async function trashSelected(): Promise<void> {
  const studyIds = selectedIds();
  const place = firstPlace(studyIds);
  const hasWorked = await trying('library.act.trashFailed', () =>
    inCalls(studyIds, (ids) => services().library.trash({ studyIds: ids })),
  );
  if (!hasWorked) return;
  const noticeId = notify({
    tone: 'info',
    message: t('library.act.trashed', { count: studyIds.length }),
    action: { label: t('library.act.undo'), run: () => void undoTrash() },
  });
  forgetLast();
  trashStore.setState({ last: { studyIds, noticeId } });
  await goOnAt(place);
}

export async function undoTrash(): Promise<void> {
  const { last } = trashStore.getState();
  if (!last) return;
  forgetLast();
  await restore(last.studyIds);
}

/** What is offered back may no longer be as it was. */
function forgetLast(): void {
  const { last } = trashStore.getState();
  if (last) dismissNotice(last.noticeId);
  trashStore.setState({ last: null });
}

export async function restoreSelected(): Promise<void> {
  const studyIds = selectedIds();
  const place = firstPlace(studyIds);
  if (await restore(studyIds)) {
    forgetLast();
    notify({ tone: 'info', message: t('library.act.restored', { count: studyIds.length }) });
    await goOnAt(place);
  }
}

function restore(studyIds: readonly number[]): Promise<boolean> {
  return trying('library.act.restoreFailed', async () => {
    await inCalls(studyIds, (ids) => services().library.restore({ studyIds: ids }));
    await librarySession().pages.refresh();
  });
}

/** Asks, in place; nothing ends before the answer. Without ids: everything in the trash. */
export async function askToEnd(studyIds?: readonly number[]): Promise<void> {
  const ids = studyIds ?? (await librarySession().source.studyIds(TRASH));
  if (ids.length === 0) return;
  trashStore.setState({ asked: { studyIds: ids, copiedBytes: null } });
  const copiedBytes = await copiedBytesOf(new Set(ids));
  if (trashStore.getState().asked?.studyIds === ids) trashStore.setState({ asked: { studyIds: ids, copiedBytes } });
}

export function leaveAsked(): void {
  trashStore.setState({ asked: null });
}

export async function endAsked(): Promise<void> {
  const { asked } = trashStore.getState();
  if (!asked) return;
  trashStore.setState({ asked: null });
  await trying('library.act.endFailed', async () => {
    let freedBytes = 0;
    await inCalls(asked.studyIds, async (ids) => {
      freedBytes += (await services().library.emptyTrash({ studyIds: ids })).freedBytes;
    });
    const said = t('library.act.ended', { count: asked.studyIds.length });
    const freed = freedBytes === 0 ? '' : ` ${t('library.act.freed', { freed: formatBytes(freedBytes) })}`;
    notify({ tone: 'info', message: said + freed });
    forgetLast();
    selectNothing();
    await librarySession().pages.refresh();
  });
}

const TRASH = { filter: { isInTrash: true }, sort: { column: 'addedAt', direction: 'ascending' } } as const;
const PAGE = 500;

/** Reads the trash page by page, until every study asked for was met. */
async function copiedBytesOf(ids: ReadonlySet<number>): Promise<number> {
  let [bytes, met] = [0, 0];
  for (let offset = 0; met < ids.size; offset += PAGE) {
    const { rows } = await librarySession().source.query({ ...TRASH, offset, limit: PAGE });
    if (rows.length === 0) break;
    const asked = rows.filter(({ studyId }) => ids.has(studyId));
    met += asked.length;
    bytes += asked.reduce((sum, { copiedBytes }) => sum + copiedBytes, 0);
  }
  return bytes;
}

function firstPlace(studyIds: readonly number[]): number | null {
  const { answer } = answerStore.getState();
  const [first] = studyIds;
  if (first === undefined || !studyById(answer, first)) return null;
  return answer?.places.get(first) ?? null;
}

/** The next study takes the place of those that went, so that the hand can go on. */
async function goOnAt(place: number | null): Promise<void> {
  await librarySession().pages.refresh();
  const { answer } = answerStore.getState();
  if (place === null || !answer || answer.studyCount === 0) {
    selectNothing();
    return;
  }
  selectPlace(Math.min(place, answer.studyCount - 1));
  settleCursor(answer);
}

/** Leaving the trash takes the question back. */
libraryViewStore.subscribe(() => {
  if (!isTrashShown() && trashStore.getState().asked) leaveAsked();
});
