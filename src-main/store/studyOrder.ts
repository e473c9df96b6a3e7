/** The order of a list of studies. What is unknown comes last in either direction, ties newest first, then by id. */
import type { StudySort } from '../../src-shared/contract';

const TEXT_COLUMNS: Partial<Readonly<Record<StudySort['column'], string>>> = {
  patientId: 'patient_code',
  birthDate: 'birth_date',
  description: 'description',
  accessionNumber: 'accession',
  institution: 'institution',
  source: "ifnull((SELECT lower(label) FROM sources WHERE sources.id = source_id), '')",
};

const LIST_COLUMNS: Partial<Readonly<Record<StudySort['column'], string>>> = {
  modalities: 'modalities',
  bodyPart: 'body_parts',
};

const NUMBER_COLUMNS: Partial<Readonly<Record<StudySort['column'], string>>> = {
  seriesCount: 'series_count',
  instanceCount: 'instance_count',
  sizeBytes: 'size_bytes',
  addedAt: 'studies.id',
};

const NEWEST_FIRST = 'study_date DESC, study_time DESC, studies.id DESC';

/** For `ORDER BY`. */
export function orderOf({ column, direction }: StudySort): string {
  const way = direction === 'ascending' ? 'ASC' : 'DESC';
  if (column === 'studyDate') return dateOrder(way);
  if (column === 'patientName') return `patient_name = '', patient_name ${way}, ${NEWEST_FIRST}`;
  if (column === 'patient') return `patient_name = '', patient_name ${way}, studies.patient_id, ${NEWEST_FIRST}`;
  if (column === 'lastOpened') return `last_opened_at_ms IS NULL, use_order ${way}, ${NEWEST_FIRST}`;
  const text = TEXT_COLUMNS[column];
  if (text !== undefined) return `${text} = '', ${text} ${way}, ${NEWEST_FIRST}`;
  const list = LIST_COLUMNS[column];
  if (list !== undefined) return `${list} = '[]', ${list} ${way}, ${NEWEST_FIRST}`;
  return `${NUMBER_COLUMNS[column] ?? 'studies.id'} ${way}, ${NEWEST_FIRST}`;
}

/** Newest first walks the index backwards; the empty date is its smallest. */
function dateOrder(way: 'ASC' | 'DESC'): string {
  return way === 'DESC' ? NEWEST_FIRST : "study_date = '', study_date ASC, study_time ASC, studies.id ASC";
}
