/** The library place: text in the window's bar, filters, table; what is empty says the next step. */
import { SearchX, ServerOff, Trash2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { t } from '../../strings';
import { BarContent, Button, classes, EmptyState } from '../../ui';
import { SelectionBar } from './actions/SelectionBar';
import { TrashBar } from './actions/TrashBar';
import { answerStore, type Answer } from './answer/answerStore';
import { EmptyLibrary } from './EmptyLibrary';
import { FilterRow } from './filter/FilterRow';
import { isFiltering } from './filter/query';
import { LibraryBar } from './LibraryBar';
import { clearFilters, libraryViewStore } from './libraryView';
import type { LibrarySession } from './session';
import { LibraryTable } from './table/LibraryTable';
import './library.css';
import './filter/filter.css';

export interface LibraryScreenProps {
  readonly session: LibrarySession;
  readonly onOpenStudy: (studyId: number) => void;
}

export function LibraryScreen({ session, onOpenStudy }: LibraryScreenProps) {
  const screen = useRef<HTMLElement>(null);
  const isBehind = useStore(answerStore, ({ answer, wantedKey }) => answer !== null && answer.key !== wantedKey);
  const isEmpty = useStore(answerStore, ({ answer }) => answer !== null && isEmptyLibrary(answer));
  useWantedSeries(session);
  return (
    <main ref={screen} className="library" aria-label={t('library.title')}>
      <BarContent>
        <LibraryBar onLeave={() => focusTable(screen.current)} />
      </BarContent>
      {!isEmpty && <FilterRow />}
      <TrashBar />
      <div className={classes('library-main', isBehind && 'is-behind')}>
        <LibraryBody session={session} onOpenStudy={onOpenStudy} />
        <SelectionBar />
      </div>
    </main>
  );
}

/** A table that is not there yet takes the focus itself when it comes, from nobody. */
function focusTable(screen: HTMLElement | null): void {
  const table = screen?.querySelector<HTMLElement>('[role="treegrid"]');
  if (table) table.focus();
  else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/** Series are read for the studies that are open. */
function useWantedSeries({ series }: LibrarySession): void {
  const expanded = useStore(libraryViewStore, (view) => view.expanded);
  useEffect(() => {
    for (const studyId of expanded) series.want(studyId);
  }, [expanded, series]);
}

/** Nothing is there, and nothing was asked for: not a question without an answer. */
function isEmptyLibrary({ query, libraryStudyCount }: Answer): boolean {
  const isAsking = isFiltering({ filter: query.filter, datePreset: query.datePreset ?? null });
  return libraryStudyCount === 0 && query.filter.isInTrash !== true && !isAsking;
}

function LibraryBody({ session, onOpenStudy }: LibraryScreenProps) {
  const { status, reason, answer } = useStore(answerStore);
  if (!answer) {
    if (status !== 'failed') return <p className="library-loading">{t('library.loading')}</p>;
    return (
      <EmptyState icon={<ServerOff size={32} strokeWidth={1.25} />} title={t('library.failed.title')} body={reason}>
        <Button tone="primary" onClick={() => session.refresh()}>
          {t('library.failed.again')}
        </Button>
      </EmptyState>
    );
  }
  if (isEmptyLibrary(answer)) return <EmptyLibrary />;
  if (answer.studyCount === 0) return <NoResults answer={answer} />;
  return <LibraryTable session={session} answer={answer} onOpenStudy={onOpenStudy} />;
}

function NoResults({ answer }: { readonly answer: Answer }) {
  const { filter } = answer.query;
  const isAsking = isFiltering({ filter, datePreset: answer.query.datePreset ?? null });
  if (filter.isInTrash === true && !isAsking) {
    const { title, body } = { title: t('library.trash.nothing.title'), body: t('library.trash.nothing.body') };
    return <EmptyState icon={<Trash2 size={32} strokeWidth={1.25} />} title={title} body={body} />;
  }
  const title =
    filter.text === undefined
      ? t('library.noResults.titleFilters')
      : t('library.noResults.title', { filter: filter.text });
  return (
    <EmptyState icon={<SearchX size={32} strokeWidth={1.25} />} title={title} body={t('library.noResults.body')}>
      <Button keys="Escape" onClick={clearFilters}>
        {t('library.noResults.clear')}
      </Button>
    </EmptyState>
  );
}
