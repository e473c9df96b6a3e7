import { useStore } from 'zustand';
import { t } from '../../../strings';
import { Field, Segmented, TextInput } from '../../../ui';
import { changeFilter, libraryViewStore, openLibraryMenu } from '../libraryView';

const FIELDS = ['patientName', 'patientId', 'accessionNumber', 'description'] as const;
const PROBLEMS = ['any', 'missing', 'aside'] as const;

/** Conditions on single fields, and on what is wrong with a study. */
export function MoreChoice() {
  const filter = useStore(libraryViewStore, (view) => view.filter);
  return (
    <div className="library-choice is-wide">
      {FIELDS.map((field, index) => (
        <Field key={field} label={t(`library.filter.${field}`)}>
          {(id) => (
            <TextInput
              id={id}
              autoFocus={index === 0}
              maxLength={256}
              value={filter[field] ?? ''}
              onChange={(event) => changeFilter({ [field]: event.target.value })}
              onKeyDown={(event) => {
                if (event.key === 'Enter') openLibraryMenu(null);
              }}
            />
          )}
        </Field>
      ))}
      <div className="ui-field">
        <label>{t('library.filter.problem')}</label>
        <Segmented
          label={t('library.filter.problem')}
          value={filter.problem ?? 'any'}
          options={PROBLEMS.map((value) => ({ value, label: t(`library.filter.problems.${value}`) }))}
          onChange={(problem) => changeFilter({ problem: problem === 'any' ? undefined : problem })}
        />
      </div>
    </div>
  );
}
