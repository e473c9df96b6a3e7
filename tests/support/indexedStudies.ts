/** Studies as rows of the index, without any file: for lists, filters and orders. */
import type { Incoming } from '../../src-main/store/types';
import type { Store } from '../../src-main/store';
import { indexedHeaderOf } from '../../src-shared/dicom/indexedHeader';
import type { PatientRecord, SeriesRecord, StudyRecord } from '../../src-shared/dicom/records';
import { instanceRecord, patientRecord, seriesRecord, studyRecord } from './stackContent';

export interface StudyContent {
  readonly patient?: Partial<PatientRecord>;
  readonly study?: Partial<StudyRecord>;
  readonly series?: Partial<SeriesRecord>;
  /** Default 1. */
  readonly instances?: number;
  readonly source?: string;
}

let lastUid = 0;

/** Instances of one new series of one new study, unless UIDs are given. */
export function arrivalsOf(
  store: Store,
  { patient, study, series, instances = 1, source = 'CD' }: StudyContent,
): Incoming[] {
  lastUid += 1;
  const studyInstanceUid = `2.25.${lastUid}`;
  const sourceId = store.sources.put({
    kind: 'folder',
    label: source,
    path: `/nowhere/${source}`,
    isRemovable: false,
    characterSet: null,
    addedAtMs: 1,
  });
  return Array.from({ length: instances }, (_, index) => {
    const sopInstanceUid = `2.25.${lastUid}.${index}`;
    return {
      header: indexedHeaderOf({
        patient: { ...patientRecord, ...patient },
        study: { ...studyRecord, studyInstanceUid, ...study },
        series: { ...seriesRecord, seriesInstanceUid: `${studyInstanceUid}.1`, ...series },
        instance: { ...instanceRecord, sopInstanceUid },
      }),
      arrival: { kind: 'reference', path: `/nowhere/${sopInstanceUid}`, sizeBytes: 100, mtimeMs: 1 },
      sourceId,
      origin: `IM${index}`,
    };
  });
}

/** Gives the study's id. */
export function addStudy(store: Store, content: StudyContent = {}): number {
  const [outcome] = store.intake.take(arrivalsOf(store, content), 1);
  if (!outcome) throw new Error('no instance was taken');
  return outcome.studyId;
}
