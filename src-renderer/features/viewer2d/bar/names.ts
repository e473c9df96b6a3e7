/** Persons as the reading screen writes them. */
import { formatAge, formatDate } from '../../../../src-shared/dicom/dates';
import { formatPersonName } from '../../../../src-shared/dicom/personName';
import type { PatientRecord } from '../../../../src-shared/dicom/records';
import { t } from '../../../strings';

/** Family name first; the ideographic form beside the alphabetic one. */
export function readableName({ name }: PatientRecord): string {
  const { primary, ideographic } = formatPersonName(name);
  return [primary, ideographic].filter((part) => part !== '').join('  ') || t('reading.patient.unnamed');
}

/** Date of birth, and the age at the study where the file states it. */
export function readableAgeOrBirth({ birthDate, age }: PatientRecord): string {
  const born = birthDate === '' ? '' : formatDate(birthDate);
  return [born, formatAge(age)].filter((part) => part !== '').join(' · ');
}
