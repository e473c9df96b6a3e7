import { Pencil, Trash2 } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import type { SavedSearch } from '../../../../src-shared/contract';
import { t } from '../../../strings';
import { Button, classes, IconButton, TextInput } from '../../../ui';
import { isLibraryWritable } from '../../../viewing/libraryMode';
import { facetStore } from '../answer/facetStore';
import { applySearch, libraryViewStore, openLibraryMenu } from '../libraryView';
import { isFiltering } from './query';
import { isSameSearch, removeSearch, renameSearch, saveSearch } from './searches';

const ICON = { size: 14, strokeWidth: 1.5 } as const;

/** The searches that were kept, and the one on screen to be kept. */
export function SavedSearches() {
  const searches = useStore(facetStore, (state) => state.searches);
  const view = useStore(libraryViewStore);
  const canSave = isFiltering(view) && isLibraryWritable();
  return (
    <div className="library-choice is-wide">
      {searches.length === 0 && !canSave && <p className="library-choice-none">{t('library.saved.none')}</p>}
      <ul className="library-choice-list">
        {searches.map((search) => (
          <SearchRow key={search.name} search={search} isOn={isSameSearch(search, view)} />
        ))}
      </ul>
      {canSave && <SaveField />}
    </div>
  );
}

function SaveField() {
  const [name, setName] = useState('');
  const keep = () => {
    if (name.trim() !== '') void saveSearch(name.trim()).then((isKept) => isKept && openLibraryMenu(null));
  };
  return (
    <div className="library-save">
      <NameField value={name} onChange={setName} onTake={keep} />
      <Button size="small" tone="primary" disabled={name.trim() === ''} onClick={keep}>
        {t('library.saved.keep')}
      </Button>
      <p className="library-choice-none">{t('library.saved.nameHint')}</p>
    </div>
  );
}

interface NameFieldProps {
  readonly value: string;
  readonly onChange: (name: string) => void;
  readonly onTake: () => void;
  readonly onLeave?: () => void;
}

function NameField({ value, onChange, onTake, onLeave }: NameFieldProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') onTake();
    else if (event.key === 'Escape' && onLeave) onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <TextInput
      autoFocus
      aria-label={t('library.saved.name')}
      placeholder={t('library.saved.save')}
      maxLength={64}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={onKeyDown}
    />
  );
}

function SearchRow({ search, isOn }: { readonly search: SavedSearch; readonly isOn: boolean }) {
  const [draft, setDraft] = useState<string | null>(null);
  if (draft !== null) {
    const rename = () => {
      if (draft.trim() !== '') void renameSearch(search, draft.trim()).then(() => setDraft(null));
    };
    return (
      <li className="library-saved">
        <NameField value={draft} onChange={setDraft} onTake={rename} onLeave={() => setDraft(null)} />
      </li>
    );
  }
  const apply = () => {
    applySearch(search);
    openLibraryMenu(null);
  };
  return (
    <li className="library-saved">
      <button type="button" className={classes('library-check', isOn && 'is-on')} onClick={apply}>
        {search.name}
      </button>
      <IconButton
        size="small"
        label={t('library.saved.rename')}
        icon={<Pencil {...ICON} />}
        disabled={!isLibraryWritable()}
        onClick={() => setDraft(search.name)}
      />
      <IconButton
        size="small"
        label={t('library.saved.remove')}
        icon={<Trash2 {...ICON} />}
        disabled={!isLibraryWritable()}
        onClick={() => void removeSearch(search)}
      />
    </li>
  );
}
