import { t } from '../../../strings';
import { Field, Select } from '../../../ui';
import { CHARACTER_SETS } from '../../../viewing/characterSets';
import { surveyWithCharacterSet } from '../opening';

/** For files whose letters are not what their header says: the source is surveyed again with other ones. */
export function TextSection({ characterSet }: { readonly characterSet: string | null }) {
  return (
    <details className="import-choice-text" open={characterSet !== null}>
      <summary>{t('import.choice.text.ask')}</summary>
      <Field label={t('import.choice.text.label')} hint={t('import.choice.text.hint')}>
        {(id) => (
          <Select
            id={id}
            value={characterSet ?? ''}
            options={[
              { value: '', label: t('import.choice.text.own') },
              ...CHARACTER_SETS.map((set) => ({ value: set, label: t(`library.characterSets.${set}`) })),
            ]}
            onChange={(value) => surveyWithCharacterSet(value === '' ? null : value)}
          />
        )}
      </Field>
    </details>
  );
}
