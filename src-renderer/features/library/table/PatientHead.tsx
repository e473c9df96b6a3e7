import type { StudyRow } from '../../../../src-shared/contract';
import { formatAge } from '../../../../src-shared/dicom/dates';
import { t } from '../../../strings';
import { otherNames, shownDate, shownName } from '../present';

/** Above the studies of one patient: who it is. */
export function PatientHead({ row }: { readonly row: StudyRow }) {
  const { patient } = row;
  const name = shownName(patient.name);
  const facts = [patient.sex, shownDate(patient.birthDate), formatAge(patient.age)].filter(Boolean);
  return (
    <div role="gridcell" className="library-patient">
      <strong>{name || t('library.noName')}</strong>
      <span className="library-other-names">{otherNames(patient.name)}</span>
      <span>{facts.join(' · ')}</span>
      <span>{patient.patientId}</span>
    </div>
  );
}
