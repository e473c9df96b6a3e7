import { useState, type KeyboardEvent } from 'react';
import { formatCount, t } from '../../../strings';
import { classes, TextInput, type CheckState } from '../../../ui';
import { CheckRow } from './CheckRow';

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
}

/** Fewer than this are seen at a glance. */
const FEW = 8;

/** Any of a list, with counts; a long one is narrowed by typing. Arrow keys walk, Space or Enter turns. */
export function ListChoice({ label, choices, onToggle, onAdd, addLabel, emptyText }: ListChoiceProps) {
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
    <div className="library-choice" onKeyDown={walk}>
      {hasField && (
        <TextInput
          autoFocus
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
      <div className="library-choice-list" role="group" aria-label={label}>
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

/** Up and down go from one entry to the next. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-walk]')];
  const index = entries.findIndex((entry) => entry === document.activeElement);
  entries.at(Math.min(Math.max(index + (event.key === 'ArrowDown' ? 1 : -1), 0), entries.length - 1))?.focus();
  event.preventDefault();
}
