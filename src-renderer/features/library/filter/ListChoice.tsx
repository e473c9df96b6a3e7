import { useState } from 'react';
import { formatCount, t } from '../../../strings';
import { classes, TextInput, type CheckState } from '../../../ui';
import { CheckRow } from './CheckRow';
import { walkEntries } from './walkEntries';

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly state: CheckState;
  /** How many studies it is about. */
  readonly count: number;
}

export interface ListChoiceProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly onToggle: (id: string) => void;
  /** What Enter makes of a text that is no choice; absent: nothing. */
  readonly onAdd?: (text: string) => void;
  readonly addLabel?: (text: string) => string;
  readonly emptyText?: string;
  /** Part of a panel: the field does not take the focus, and the list waits until something is typed. */
  readonly isQuiet?: boolean;
}

/** Fewer than this are seen at a glance. */
const FEW = 8;

/** Any of a list, with counts; a long one is narrowed by typing. Arrow keys walk, Space or Enter turns. */
export function ListChoice(props: ListChoiceProps) {
  const { label, choices, onToggle, onAdd, addLabel, emptyText, isQuiet = false } = props;
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLowerCase();
  const shown = choices.filter((choice) => choice.label.toLowerCase().includes(wanted));
  const isNew = wanted !== '' && !choices.some((choice) => choice.label.toLowerCase() === wanted);
  const add = () => {
    if (onAdd && isNew) onAdd(typed.trim());
    else if (shown[0]) onToggle(shown[0].id);
    setTyped('');
  };
  const hasField = onAdd !== undefined || choices.length > FEW;
  return (
    <div className="library-choice" onKeyDown={walkEntries}>
      {hasField && (
        <TextInput
          autoFocus={!isQuiet}
          data-walk
          aria-label={addLabel ? t('library.tags.add') : label}
          placeholder={addLabel ? t('library.tags.add') : t('library.filter.choose')}
          maxLength={64}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || wanted === '') return;
            event.preventDefault();
            add();
          }}
        />
      )}
      <div className="library-choice-list" role="group" aria-label={label} hidden={isQuiet && wanted === ''}>
        {shown.map((choice) => (
          <CheckRow key={choice.id} state={choice.state} onToggle={() => onToggle(choice.id)}>
            <span className="library-choice-label">{choice.label}</span>
            <span className="library-choice-count">{formatCount(choice.count)}</span>
          </CheckRow>
        ))}
        {onAdd && isNew && (
          <button type="button" data-walk className={classes('library-check', 'is-new')} onClick={add}>
            {addLabel?.(typed.trim())}
          </button>
        )}
        {shown.length === 0 && !(onAdd && isNew) && (
          <p className="library-choice-none">{emptyText ?? t('library.filter.nothing')}</p>
        )}
      </div>
    </div>
  );
}
