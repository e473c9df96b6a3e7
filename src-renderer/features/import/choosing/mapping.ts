/**
 * Replacing the identity of a surveyed patient by the local one: what is typed, whether it can be kept, and what of it
 * differs from the files. Source: PS3.3 C.12.1.1.9; lengths and characters by PS3.5 6.2 (LO, PN, SH).
 */
import type { Reconciliation, SurveyPatient } from '../../../../src-shared/contract';
import type { PatientRecord, PersonName } from '../../../../src-shared/dicom/records';

export type PatientField = 'patientName' | 'patientId' | 'issuerOfPatientId';

/** What was typed; absent: as the files have it. */
export interface MappingDraft {
  readonly patientName?: string;
  readonly patientId?: string;
  readonly issuerOfPatientId?: string;
  /** By study key. */
  readonly accessionNumbers: Readonly<Record<string, string>>;
}

export const NO_MAPPING: MappingDraft = { accessionNumbers: {} };

export type MappingProblem = 'tooLong' | 'character' | 'groups';

/** Characters, of which a name may have as many in each of its three groups. */
export const LONGEST = { patientName: 64, patientId: 64, issuerOfPatientId: 64, accessionNumber: 16 } as const;

/** All groups of a name as one field, without empty groups at its end: `Yamada^Tarou=山田^太郎`. */
export function nameText({ alphabetic, ideographic, phonetic }: PersonName): string {
  return [alphabetic, ideographic, phonetic].join('=').replace(/=+$/, '');
}

export function originalOf(patient: PatientRecord, field: PatientField): string {
  return field === 'patientName' ? nameText(patient.name) : patient[field];
}

/** Why a value cannot be kept; `null`: it can. */
export function problemOf(field: PatientField | 'accessionNumber', value: string): MappingProblem | null {
  const longest = LONGEST[field];
  // Control characters end or break text of every kind; a backslash parts values.
  if (/[\\\p{Cc}]/u.test(value)) return 'character';
  const groups = field === 'patientName' ? value.split('=') : [value];
  if (groups.length > 3) return 'groups';
  return groups.some((group) => Array.from(group).length > longest) ? 'tooLong' : null;
}

export function isMappingValid(draft: MappingDraft): boolean {
  const fields: readonly PatientField[] = ['patientName', 'patientId', 'issuerOfPatientId'];
  return (
    fields.every((field) => problemOf(field, draft[field] ?? '') === null) &&
    Object.values(draft.accessionNumbers).every((value) => problemOf('accessionNumber', value) === null)
  );
}

/** What the import is told: only what differs from the files; `null` when nothing does. */
export function reconciliationOf(surveyed: SurveyPatient, draft: MappingDraft): Reconciliation | null {
  const changed = (field: PatientField) => {
    const value = draft[field]?.trim();
    return value === undefined || value === originalOf(surveyed.patient, field) ? {} : { [field]: value };
  };
  const accessionNumbers = Object.fromEntries(
    surveyed.studies.flatMap(({ key, study }) => {
      const value = draft.accessionNumbers[key]?.trim();
      return value === undefined || value === study.accessionNumber ? [] : [[key, value]];
    }),
  );
  const reconciliation: Reconciliation = {
    patientKey: surveyed.key,
    ...changed('patientName'),
    ...changed('patientId'),
    ...changed('issuerOfPatientId'),
    ...(Object.keys(accessionNumbers).length > 0 && { accessionNumbers }),
  };
  return Object.keys(reconciliation).length > 1 ? reconciliation : null;
}

/** The identity of a patient of the library, as typed values. */
export function draftFrom(patient: PatientRecord, before: MappingDraft): MappingDraft {
  return {
    ...before,
    patientName: nameText(patient.name),
    patientId: patient.patientId,
    issuerOfPatientId: patient.issuerOfPatientId,
  };
}
