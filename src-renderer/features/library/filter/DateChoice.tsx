import { useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import type { DatePreset } from '../../../../src-shared/contract';
import { formatDate } from '../../../../src-shared/dicom/dates';
import { t } from '../../../strings';
import { classes, Field, TextInput } from '../../../ui';
import { libraryViewStore, openLibraryMenu, setDatePreset, setDates } from '../libraryView';
import { parseTypedDate } from './typedDate';
import { walkEntries } from './walkEntries';

const PRESETS: readonly DatePreset[] = ['today', 'yesterday', 'last-7-days', 'last-31-days', 'last-365-days'];

/** When the study was made: one of the usual spans, or from and to as typed. */
export function DateChoice() {
  const { datePreset, filter } = useStore(libraryViewStore);
  const choose = (preset: DatePreset) => {
    setDatePreset(preset === datePreset ? null : preset);
    openLibraryMenu(null);
  };
  return (
    <div className="library-choice" onKeyDown={walkEntries}>
      <div className="library-choice-list" role="group" aria-label={t('library.filter.date')}>
        {PRESETS.map((preset) => (
          <button
            key={preset}
            type="button"
            data-walk
            className={classes('library-check', preset === datePreset && 'is-on')}
            aria-pressed={preset === datePreset}
            onClick={() => choose(preset)}
          >
            {t(`library.filter.presets.${preset}`)}
          </button>
        ))}
      </div>
      <div className="library-dates">
        <DayField
          label={t('library.filter.from')}
          day={filter.studyDateFrom}
          pick={({ from }) => from}
          onChange={(day) => setDates(day, filter.studyDateTo)}
        />
        <DayField
          label={t('library.filter.to')}
          day={filter.studyDateTo}
          pick={({ to }) => to}
          onChange={(day) => setDates(filter.studyDateFrom, day)}
        />
      </div>
      <p className="library-choice-none">{t('library.filter.dateHint')}</p>
    </div>
  );
}

interface DayFieldProps {
  readonly label: string;
  /** `YYYYMMDD`; `undefined`: open. */
  readonly day: string | undefined;
  /** Which end of a typed month or year is meant. */
  readonly pick: (span: { from: string; to: string }) => string;
  readonly onChange: (day: string | undefined) => void;
}

/** Taken on Enter or when left; what is no date says so and asks nothing. */
function DayField({ label, day, pick, onChange }: DayFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const typed = draft ?? (day === undefined ? '' : formatDate(day));
  const span = parseTypedDate(typed);
  const isWrong = draft !== null && typed.trim() !== '' && span === null;
  const take = () => {
    if (draft === null || isWrong) return;
    setDraft(null);
    onChange(span === null ? undefined : pick(span));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    take();
    if (!isWrong) openLibraryMenu(null);
  };
  return (
    <Field label={label} {...(isWrong && { hint: t('library.filter.notADate') })}>
      {(id) => (
        <TextInput
          id={id}
          aria-invalid={isWrong}
          value={typed}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={take}
          onKeyDown={onKeyDown}
        />
      )}
    </Field>
  );
}
