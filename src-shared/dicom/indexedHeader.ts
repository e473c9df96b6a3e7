/**
 * A header as the index stores it: keys to find its place, records as JSON, so that the thread that owns the index only
 * inserts.
 */
import { patientKeyOf } from './patientKey';
import type { InstanceHeader } from './records';

export interface IndexedHeader {
  readonly patientKey: string;
  readonly patientJson: string;
  readonly studyUid: string;
  readonly studyJson: string;
  readonly seriesUid: string;
  readonly modality: string;
  readonly bodyPart: string;
  readonly seriesJson: string;
  readonly sopUid: string;
  readonly instanceJson: string;
  readonly hasImage: boolean;
}

export function indexedHeaderOf({ patient, study, series, instance }: InstanceHeader): IndexedHeader {
  return {
    patientKey: patientKeyOf(patient, study.studyInstanceUid),
    patientJson: JSON.stringify(patient),
    studyUid: study.studyInstanceUid,
    studyJson: JSON.stringify(study),
    seriesUid: series.seriesInstanceUid,
    modality: series.modality,
    bodyPart: series.bodyPart,
    seriesJson: JSON.stringify(series),
    sopUid: instance.sopInstanceUid,
    instanceJson: JSON.stringify(instance),
    hasImage: instance.pixels !== null,
  };
}
