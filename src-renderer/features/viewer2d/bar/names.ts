/** Persons, dates and ages as the reading screen writes them. */
import type { PatientRecord } from '../../../../src-shared/dicom/records';
import { t } from '../../../strings';

export function readableName(patient: PatientRecord): string {
  const { alphabetic, ideographic } = patient.name;
  const [family = '', given = ''] = alphabetic.split('^');
  const latin = [family, given].filter((part) => part !== '').join(', ');
  return (
    [latin, ideographic.replaceAll('^', ' ')].filter((part) => part !== '').join(' ') || t('reading.patient.unnamed')
  );
}

/** `1960-05-01`; what is no date is shown as it is. */
export function readableDate(date: string): string {
  return /^\d{8}$/.test(date) ? `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}` : date;
}

/** `10:15`. */
export function readableTime(time: string): string {
  return /^\d{4}/.test(time) ? `${time.slice(0, 2)}:${time.slice(2, 4)}` : time;
}

export function readableAgeOrBirth(patient: PatientRecord): string {
  const age = /^(\d{3})([DWMY])$/.exec(patient.age);
  const shownAge = age ? `${String(Number(age[1]))} ${age[2]?.toLowerCase() ?? ''}` : '';
  return [readableDate(patient.birthDate), shownAge].filter((part) => part !== '').join(' · ');
}
