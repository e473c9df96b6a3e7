/**
 * The three UIDs by which a library knows an object. Some real files lack them: they get others, derived from what the
 * object says besides, so that nothing readable stays outside. They are keys of ours, never written into any file, and an
 * issue on the object says so. Two objects that say the same of themselves get the same ones and are then told apart by
 * their bytes. Source: PS3.3 C.7.2.1, C.7.3.1, C.12.1 (all type 1).
 */
import { AppError } from '../base/appError';
import type { InstanceHeader, InstanceRecord, SeriesRecord, StudyRecord } from '../dicom/records';
import type { IssueList } from './issueList';
import { uidFromSeed } from './uidFromSeed';

/** Digits and dots, at most 64. Longer or otherwise odd ones exist, identify all the same, and are reported. */
const VALID_UID = /^[0-9][0-9.]{0,63}$/;
const MAX_UID_LENGTH = 256;

/** @throws `file/malformed` for a UID of absurd length */
export function requireIdentity({ study, series, instance }: InstanceHeader): void {
  const absurd = named(study, series, instance.sopInstanceUid).find(([, uid]) => uid.length > MAX_UID_LENGTH);
  if (absurd) throw new AppError('file/malformed', `The ${absurd[0]} of the object is no UID.`);
}

export function reportIdentity(study: StudyRecord, series: SeriesRecord, sopUid: string, issues: IssueList): void {
  const uids = named(study, series, sopUid);
  const absent = uids.filter(([, uid]) => uid === '').map(([name]) => name);
  if (absent.length > 0) {
    issues.add(
      'uid-missing',
      `The object has no ${absent.join(' and no ')}: it is listed under one derived from its other values.`,
    );
  }
  for (const [name, uid] of uids) {
    if (uid !== '' && !VALID_UID.test(uid)) issues.add('uid-invalid', `The ${name} is not a valid UID.`);
  }
}

function named(study: StudyRecord, series: SeriesRecord, sopUid: string): readonly (readonly [string, string])[] {
  return [
    ['SOP Instance UID', sopUid],
    ['Study Instance UID', study.studyInstanceUid],
    ['Series Instance UID', series.seriesInstanceUid],
  ];
}

type Levels = Pick<InstanceHeader, 'study' | 'series' | 'instance'>;

/** Fills in what is missing; text in other alphabets is left out of it, because how it reads can be chosen anew. */
export function completeIdentity({ study, series, instance }: Levels): Levels {
  const studyInstanceUid =
    study.studyInstanceUid || derived('study', [study.date, study.time, study.studyId, study.accessionNumber]);
  const { modality, number, date, time, frameOfReferenceUid } = series;
  const seriesInstanceUid =
    series.seriesInstanceUid ||
    derived('series', [studyInstanceUid, modality, number, date, time, frameOfReferenceUid]);
  const sopInstanceUid = instance.sopInstanceUid || derived('instance', [seriesInstanceUid, ...told(instance)]);
  return {
    study: { ...study, studyInstanceUid },
    series: { ...series, seriesInstanceUid },
    instance: { ...instance, sopInstanceUid },
  };
}

function told({ sopClassUid, instanceNumber, acquisitionNumber, contentTime, plane, pixels }: InstanceRecord) {
  return [sopClassUid, instanceNumber, acquisitionNumber, contentTime, plane, pixels];
}

function derived(level: string, values: readonly unknown[]): string {
  return uidFromSeed(JSON.stringify(['isocenter', level, ...values]));
}
