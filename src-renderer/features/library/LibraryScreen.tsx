/** The library place: filter in the window's bar, table below; what is empty says the next step. */
import { SearchX, ServerOff } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { t } from '../../strings';
import { BarContent, Button, EmptyState } from '../../ui';
import { EmptyLibrary } from './EmptyLibrary';
import { LibraryBar } from './LibraryBar';
import { libraryStore } from './libraryStore';
import { LibraryTable } from './LibraryTable';
import { libraryViewStore, setFilter } from './libraryView';
import type { LibraryMirror } from './mirror';
import { useVisible, type Visible } from './visible';
import './library.css';

export interface LibraryScreenProps {
  readonly mirror: LibraryMirror;
  readonly onOpenStudy: (studyId: number) => void;
}

export function LibraryScreen({ mirror, onOpenStudy }: LibraryScreenProps) {
  const visible = useVisible();
  const screen = useRef<HTMLElement>(null);
  useWantedSeries(mirror);
  return (
    <main ref={screen} className="library" aria-label={t('library.title')}>
      <BarContent>
        <LibraryBar shown={visible.studies} onLeave={() => focusTable(screen.current)} />
      </BarContent>
      <LibraryBody visible={visible} onOpenStudy={onOpenStudy} onRetry={() => mirror.refresh()} />
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
function useWantedSeries(mirror: LibraryMirror): void {
  const expanded = useStore(libraryViewStore, (view) => view.expanded);
  useEffect(() => {
    for (const studyId of expanded) mirror.wantSeries(studyId);
  }, [expanded, mirror]);
}

interface LibraryBodyProps {
  readonly visible: Visible;
  readonly onOpenStudy: (studyId: number) => void;
  readonly onRetry: () => void;
}

function LibraryBody({ visible, onOpenStudy, onRetry }: LibraryBodyProps) {
  const { status, reason, studies } = useStore(libraryStore);
  const filter = useStore(libraryViewStore, (view) => view.filter);
  if (studies.length === 0 && status === 'loading') return <p className="library-loading">{t('library.loading')}</p>;
  if (studies.length === 0 && status === 'failed') {
    return (
      <EmptyState icon={<ServerOff size={32} strokeWidth={1.25} />} title={t('library.failed.title')} body={reason}>
        <Button tone="primary" onClick={onRetry}>
          {t('library.failed.again')}
        </Button>
      </EmptyState>
    );
  }
  if (studies.length === 0) return <EmptyLibrary />;
  if (visible.studies.length === 0) {
    return (
      <EmptyState
        icon={<SearchX size={32} strokeWidth={1.25} />}
        title={t('library.noResults.title', { filter })}
        body={t('library.noResults.body')}
      >
        <Button keys="Escape" onClick={() => setFilter('')}>
          {t('library.noResults.clear')}
        </Button>
      </EmptyState>
    );
  }
  return <LibraryTable rows={visible.rows} onOpenStudy={onOpenStudy} />;
}
