import { Search, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { formatCount, t } from '../../strings';
import { IconButton, Kbd, TextInput } from '../../ui';
import { answerStore, studyAt, type Answer } from './answer/answerStore';
import { FILTER_ID } from './commands';
import { changeFilter, libraryViewStore } from './libraryView';
import { selectOne } from './selection/selectionStore';

/** The free text, and how much it leaves. `onLeave` gives the focus to the table. */
export function LibraryBar({ onLeave }: { readonly onLeave: () => void }) {
  const text = useStore(libraryViewStore, (view) => view.filter.text ?? '');
  const { answer, status, reason } = useStore(answerStore);

  const onKeyDown = (event: KeyboardEvent) => {
    const first = answer && studyAt(answer, 0);
    if (event.key === 'Escape') {
      changeFilter({ text: undefined });
      onLeave();
    } else if ((event.key === 'ArrowDown' || event.key === 'Enter') && first) {
      selectOne(first.studyId, 0);
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
          maxLength={256}
          value={text}
          onChange={(event) => changeFilter({ text: event.target.value })}
          onKeyDown={onKeyDown}
        />
        {text === '' ? (
          <Kbd keys="/" />
        ) : (
          <IconButton
            size="small"
            label={t('library.filter.clear')}
            keys="Escape"
            icon={<X size={14} strokeWidth={1.5} />}
            onClick={() => changeFilter({ text: undefined })}
          />
        )}
      </div>
      <p className="library-counts" role="status" data-testid="library-counts">
        {answer && countsText(answer)}
        {answer && status === 'failed' && <span className="library-stale">{t('library.stale', { reason })}</span>}
      </p>
    </div>
  );
}

/** `312 of 4,120 studies · 280 patients`. */
export function countsText({ studyCount, patientCount, libraryStudyCount, query }: Answer): string {
  const isWhole = studyCount === libraryStudyCount || query.filter.isInTrash === true;
  const studies = isWhole
    ? t('library.counts.studies', { count: studyCount })
    : t('library.shown', {
        shown: formatCount(studyCount),
        all: t('library.counts.studies', { count: libraryStudyCount }),
      });
  return studyCount === 0 && isWhole ? '' : `${studies} · ${t('library.counts.patients', { count: patientCount })}`;
}
