/** Who a study belongs to, as far as its files can tell. */
import type { PatientRecord, PersonName } from './records';

/** Case, spacing, empty trailing components and Unicode composition do not make another person. */
function normalised(text: string): string {
  const components = text.normalize('NFKC').toLowerCase().split('^');
  return components
    .map((component) => component.trim().replace(/\s+/g, ' '))
    .join('^')
    .replace(/\^+$/, '');
}

function normalisedName({ alphabetic, ideographic, phonetic }: PersonName): string {
  return normalised(alphabetic) || normalised(ideographic) || normalised(phonetic);
}

/**
 * Equal for studies of one patient only. Patient ID alone is not enough: two hospitals, or two carelessly anonymised
 * persons, both have an ID `1`; so issuer, name and birth date belong to the key. Where neither ID nor name with birth
 * date is known, nothing says that two studies are of one person, and `studyInstanceUid` keeps them apart.
 */
export function patientKeyOf(patient: PatientRecord, studyInstanceUid = ''): string {
  const id = patient.patientId.trim();
  const name = normalisedName(patient.name);
  const birthDate = patient.birthDate.trim();
  const isKnown = id !== '' || (name !== '' && birthDate !== '');
  const parts = [patient.issuerOfPatientId.trim().toLowerCase(), id, name, birthDate];
  return JSON.stringify(isKnown ? parts : [...parts, studyInstanceUid]);
}
