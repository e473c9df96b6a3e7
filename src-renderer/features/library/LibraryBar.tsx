import { Search, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import type { StudyRow } from '../../../src-shared/contract';
import { formatCount, t } from '../../strings';
import { IconButton, Kbd, TextInput } from '../../ui';
import { FILTER_ID } from './commands';
import { libraryStore } from './libraryStore';
import { libraryViewStore, select, setFilter } from './libraryView';
import { studyKey } from './rows';

export interface LibraryBarProps {
  /** What the filter leaves. */
  readonly shown: readonly StudyRow[];
  /** Gives the focus to the table. */
  readonly onLeave: () => void;
}

/** The filter, and how much there is. */
export function LibraryBar({ shown, onLeave }: LibraryBarProps) {
  const filter = useStore(libraryViewStore, (view) => view.filter);
  const { studies: all, status, reason } = useStore(libraryStore);

  const onKeyDown = (event: KeyboardEvent) => {
    const [first] = shown;
    if (event.key === 'Escape') {
      setFilter('');
      onLeave();
    } else if ((event.key === 'ArrowDown' || event.key === 'Enter') && first) {
      select(studyKey(first.studyId));
      onLeave();
    } else return;
    event.preventDefault();
  };

  return (
    <div className="library-bar">
      <div className="library-filter">
        <Search size={14} strokeWidth={1.5} />
        <TextInput
          id={FILTER_ID}
          aria-label={t('library.filter.label')}
          placeholder={t('library.filter.placeholder')}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {filter === '' ? (
          <Kbd keys="/" />
        ) : (
          <IconButton
            size="small"
            label={t('library.filter.clear')}
            keys="Escape"
            icon={<X size={14} strokeWidth={1.5} />}
            onClick={() => setFilter('')}
          />
        )}
      </div>
      <p className="library-counts" role="status">
        {all.length > 0 && countsText(shown, all)}
        {all.length > 0 && status === 'failed' && (
          <span className="library-stale">{t('library.stale', { reason })}</span>
        )}
      </p>
    </div>
  );
}

function countsText(shown: readonly StudyRow[], all: readonly StudyRow[]): string {
  const patients = new Set(shown.map((row) => row.patientKey)).size;
  const studies =
    shown.length === all.length
      ? t('library.counts.studies', { count: all.length })
      : t('library.shown', {
          shown: formatCount(shown.length),
          all: t('library.counts.studies', { count: all.length }),
        });
  return `${studies} · ${t('library.counts.patients', { count: patients })}`;
}
