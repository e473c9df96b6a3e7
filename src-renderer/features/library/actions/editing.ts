/** What a person writes about studies: read or unread, kept or not, tags, comment. */
import type { StudyChange, StudyRow } from '../../../../src-shared/contract';
import { services } from '../../../host';
import { t } from '../../../strings';
import { librarySession } from '../session';
import { selectedIds, selectedRows } from './selected';
import { trying } from './trying';

/** The service takes this many at once. */
const MOST_AT_ONCE = 100_000;

/** Runs `act` for all ids, as many calls as it takes. */
export async function inCalls(ids: readonly number[], act: (ids: number[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < ids.length; start += MOST_AT_ONCE) await act(ids.slice(start, start + MOST_AT_ONCE));
}

/** Shows when it is kept; a failure is said. */
export async function editStudies(ids: readonly number[], change: StudyChange): Promise<void> {
  if (ids.length === 0) return;
  await trying('library.act.editFailed', async () => {
    await inCalls(ids, (studyIds) => services().library.edit({ studyIds, change }));
    await librarySession().pages.refresh();
  });
}

/** All to one side: if one of them is not there yet, all go there; else all come back. */
function turned(is: (row: StudyRow) => boolean): boolean {
  return selectedRows().some((row) => !is(row));
}

export function toggleUnread(): Promise<void> {
  return editStudies(selectedIds(), { isUnread: !turned((row) => !row.isUnread) });
}

export function togglePinned(): Promise<void> {
  return editStudies(selectedIds(), { isPinned: turned((row) => row.isPinned) });
}

/** Tags of the selected studies that are here, and whether all of them bear it. */
export function tagsOf(rows: readonly StudyRow[]): ReadonlyMap<string, 'all' | 'some'> {
  const counts = new Map<string, number>();
  for (const tag of rows.flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return new Map([...counts].map(([tag, count]) => [tag, count === rows.length ? 'all' : 'some']));
}

export async function rereadText(sourceId: number, characterSet: string | null): Promise<string> {
  const { changed, failed } = await services().import.rereadText({ sourceId, characterSet });
  await librarySession().pages.refresh();
  const said = t('library.details.text.changed', { count: changed });
  return failed === 0 ? said : `${said} ${t('library.details.text.failed', { count: failed })}`;
}
