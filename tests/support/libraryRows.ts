/** Rows of the library as its service gives them. */
import type { SeriesRow, StudyRow } from '../../src-shared/contract';
import { patientRecord, seriesRecord, studyRecord } from './stackContent';

export function aStudyRow(given: Partial<StudyRow> & Pick<StudyRow, 'studyId'>): StudyRow {
  return {
    patientKey: 'anna',
    patient: patientRecord,
    study: studyRecord,
    modalities: ['CT'],
    bodyParts: [],
    seriesCount: 2,
    instanceCount: 20,
    missingCount: 0,
    asideCount: 0,
    sizeBytes: 20_000_000,
    copiedBytes: 0,
    source: 'CD',
    sourceId: 1,
    tags: [],
    comment: '',
    isUnread: false,
    isPinned: false,
    addedAtMs: 0,
    lastOpenedAtMs: null,
    ...given,
  };
}

export function aSeriesRow(given: Partial<SeriesRow> & Pick<SeriesRow, 'seriesId' | 'studyId'>): SeriesRow {
  return {
    series: seriesRecord,
    instanceCount: 10,
    imageCount: 10,
    missingCount: 0,
    thumbnail: 'none',
    ...given,
  };
}
