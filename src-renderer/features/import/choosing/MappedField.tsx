import { ArrowLeft } from 'lucide-react';
import { useId } from 'react';
import { t } from '../../../strings';
import { classes, TextInput } from '../../../ui';
import { LONGEST, problemOf, type PatientField } from './mapping';

export interface MappedFieldProps {
  readonly kind: PatientField | 'accessionNumber';
  readonly label: string;
  /** As the files have it. */
  readonly original: string;
  /** What was typed; absent: nothing. */
  readonly value: string | undefined;
  readonly onChange: (value: string) => void;
}

/** One value as it will be, and what it was; why it cannot be kept where it cannot. */
export function MappedField({ kind, label, original, value = original, onChange }: MappedFieldProps) {
  const id = useId();
  const problem = problemOf(kind, value);
  const isChanged = value.trim() !== original;
  return (
    <div className={classes('import-mapped', isChanged && 'is-changed')}>
      <label htmlFor={id}>{label}</label>
      <TextInput
        id={id}
        value={value}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-note`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-note`} className={problem ? 'is-danger' : undefined}>
        {problem && t(`import.mapping.invalid.${problem}`, { max: LONGEST[kind] })}
        {!problem && isChanged && (
          <>
            <ArrowLeft size={12} strokeWidth={1.5} />
            {original === '' ? t('import.mapping.wasEmpty') : t('import.mapping.was', { value: original })}
          </>
        )}
      </p>
    </div>
  );
}
