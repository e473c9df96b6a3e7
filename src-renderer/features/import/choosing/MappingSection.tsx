import type { SurveyPatient } from '../../../../src-shared/contract';
import { formatDate } from '../../../../src-shared/dicom/dates';
import { formatPersonName } from '../../../../src-shared/dicom/personName';
import { t } from '../../../strings';
import { Button } from '../../../ui';
import { changeRunning } from '../importStore';
import { LocalPatientSearch } from './LocalPatientSearch';
import { MappedField } from './MappedField';
import { draftFrom, NO_MAPPING, originalOf, reconciliationOf, type MappingDraft, type PatientField } from './mapping';

export interface MappingSectionProps {
  readonly surveyed: SurveyPatient;
  readonly draft: MappingDraft | undefined;
}

const FIELDS: readonly { readonly field: PatientField; readonly label: 'name' | 'patientId' | 'issuer' }[] = [
  { field: 'patientName', label: 'name' },
  { field: 'patientId', label: 'patientId' },
  { field: 'issuerOfPatientId', label: 'issuer' },
];

/** Folded away until needed: other values for one patient of the survey, typed or taken from the library. */
export function MappingSection({ surveyed, draft = NO_MAPPING }: MappingSectionProps) {
  const change = (next: MappingDraft) => putDraft(surveyed.key, next);
  const name = formatPersonName(surveyed.patient.name).primary || t('import.choice.noName');
  const isChanged = reconciliationOf(surveyed, draft) !== null;
  return (
    <details className="import-mapping">
      <summary>{t('import.mapping.of', { name })}</summary>
      <p className="is-faint">{t('import.mapping.hint')}</p>
      <LocalPatientSearch onPick={(patient) => change(draftFrom(patient, draft))} />
      <div className="import-mapping-fields">
        {FIELDS.map(({ field, label }) => (
          <MappedField
            key={field}
            kind={field}
            label={t(`import.mapping.${label}`)}
            original={originalOf(surveyed.patient, field)}
            value={draft[field]}
            onChange={(value) => change({ ...draft, [field]: value })}
          />
        ))}
        {surveyed.studies.map(({ key, study }) => (
          <MappedField
            key={key}
            kind="accessionNumber"
            label={
              surveyed.studies.length === 1
                ? t('import.mapping.accession')
                : t('import.mapping.accessionOf', { study: `${formatDate(study.date)} ${study.description}`.trim() })
            }
            original={study.accessionNumber}
            value={draft.accessionNumbers[key]}
            onChange={(value) => change({ ...draft, accessionNumbers: { ...draft.accessionNumbers, [key]: value } })}
          />
        ))}
      </div>
      {isChanged && (
        <Button size="small" tone="quiet" onClick={() => change(NO_MAPPING)}>
          {t('import.mapping.clear')}
        </Button>
      )}
    </details>
  );
}

function putDraft(patientKey: string, draft: MappingDraft): void {
  changeRunning((running) => ({
    ...running,
    choice: { ...running.choice, mappings: new Map(running.choice.mappings).set(patientKey, draft) },
  }));
}
