/** What of a study can be searched and sorted, folded: the same whatever its case, accents or width. */
import { foldText } from '../../src-shared/dicom/foldText';
import { formatPersonName } from '../../src-shared/dicom/personName';
import type { PatientRecord, PersonName, StudyRecord } from '../../src-shared/dicom/records';

export interface SearchableStudy {
  readonly patient: PatientRecord;
  readonly study: StudyRecord;
  readonly modalities: readonly string[];
  readonly bodyParts: readonly string[];
  readonly source: string;
  readonly tags: readonly string[];
  readonly comment: string;
}

export interface StudyTexts {
  readonly patientName: string;
  readonly nameText: string;
  readonly patientCode: string;
  readonly birthDate: string;
  readonly studyDate: string;
  readonly studyTime: string;
  readonly accession: string;
  readonly description: string;
  readonly institution: string;
  readonly searchText: string;
}

export function studyTexts(searchable: SearchableStudy): StudyTexts {
  const { patient, study } = searchable;
  const nameText = nameTextOf(patient.name);
  return {
    patientName: foldText(formatPersonName(patient.name).primary),
    nameText,
    patientCode: foldText(patient.patientId),
    birthDate: patient.birthDate,
    studyDate: study.date,
    studyTime: study.time,
    accession: foldText(study.accessionNumber),
    description: foldText(study.description),
    institution: foldText(study.institution),
    searchText: `${nameText} ${otherText(searchable)}`,
  };
}

/** Every group as it is and without spaces: `山田 太郎` is also looked for as `山田太郎`. */
function nameTextOf({ alphabetic, ideographic, phonetic }: PersonName): string {
  const groups = [alphabetic, ideographic, phonetic].map(foldText).filter((group) => group !== '');
  const joined = groups.slice(alphabetic === '' ? 0 : 1).map((group) => group.replaceAll(' ', ''));
  return [...new Set([...groups, ...joined])].join(' ');
}

function otherText({ patient, study, modalities, bodyParts, source, tags, comment }: SearchableStudy): string {
  return foldText(
    [
      patient.patientId,
      patient.birthDate,
      study.date,
      study.description,
      study.studyId,
      study.accessionNumber,
      study.institution,
      study.referringPhysician.alphabetic,
      study.referringPhysician.ideographic,
      ...modalities,
      ...bodyParts,
      source,
      ...tags,
      comment,
    ].join(' '),
  );
}

/** `2026-03-14`, `14.03.2026` and `14.3.2026` as they stand in the index: `20260314`. Other words are folded. */
export function searchWords(text: string): readonly string[] {
  return foldText(text)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => isoDay(word) ?? dottedDay(word) ?? word);
}

function isoDay(word: string): string | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(word) ?? [];
  return year === undefined || month === undefined ? null : `${year}${month}${day ?? ''}`;
}

function dottedDay(word: string): string | null {
  const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(word) ?? [];
  if (day === undefined || month === undefined || year === undefined) return null;
  return `${year}${month.padStart(2, '0')}${day.padStart(2, '0')}`;
}
