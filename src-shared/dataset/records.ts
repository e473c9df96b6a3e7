/** From a located data set to the records of patient, study, series and instance. */
import { AppError } from '../base/appError';
import type { InstanceHeader, PatientRecord, PixelDescription, SeriesRecord, StudyRecord } from '../dicom/records';
import { DataSet } from './dataSet';
import type { Walk } from './elements';
import type { FileText } from './fileText';
import { readInstanceRecord } from './instanceRecord';
import { IssueList } from './issueList';
import type { LocatedDataSet } from './part10';
import { pixelPlace, readPixelDescription, type PixelPlace } from './pixelDescription';
import { Tag } from './tags';
import { reportTextDoubts } from './textIssues';

/** Media Storage Directory Storage: the SOP class of a DICOMDIR. */
const DIRECTORY_SOP_CLASS = '1.2.840.10008.1.3.10';

/** Digits and dots, at most 64. Longer or otherwise odd ones exist, identify all the same, and are reported. */
const VALID_UID = /^[0-9][0-9.]{0,63}$/;
const MAX_UID_LENGTH = 256;

export function patientRecord(dataSet: DataSet): PatientRecord {
  return {
    name: dataSet.personName(Tag.PatientName),
    patientId: dataSet.text(Tag.PatientId),
    issuerOfPatientId: dataSet.text(Tag.IssuerOfPatientId),
    birthDate: dataSet.text(Tag.PatientBirthDate, 'DA'),
    sex: dataSet.text(Tag.PatientSex, 'CS'),
    age: dataSet.text(Tag.PatientAge, 'AS'),
  };
}

export function studyRecord(dataSet: DataSet): StudyRecord {
  return {
    studyInstanceUid: dataSet.uid(Tag.StudyInstanceUid),
    studyId: dataSet.text(Tag.StudyId),
    date: dataSet.text(Tag.StudyDate, 'DA'),
    time: dataSet.text(Tag.StudyTime, 'TM'),
    description: dataSet.text(Tag.StudyDescription),
    accessionNumber: dataSet.text(Tag.AccessionNumber),
    referringPhysician: dataSet.personName(Tag.ReferringPhysicianName),
    institution: dataSet.text(Tag.InstitutionName),
  };
}

export function seriesRecord(dataSet: DataSet): SeriesRecord {
  const number = dataSet.number(Tag.SeriesNumber);
  return {
    seriesInstanceUid: dataSet.uid(Tag.SeriesInstanceUid),
    number: number !== null && Number.isSafeInteger(number) ? number : null,
    modality: dataSet.text(Tag.Modality, 'CS').toUpperCase(),
    description: dataSet.text(Tag.SeriesDescription),
    protocolName: dataSet.text(Tag.ProtocolName),
    bodyPart: dataSet.text(Tag.BodyPartExamined, 'CS'),
    laterality: dataSet.text(Tag.Laterality, 'CS'),
    date: dataSet.text(Tag.SeriesDate, 'DA'),
    time: dataSet.text(Tag.SeriesTime, 'TM'),
    manufacturer: dataSet.text(Tag.Manufacturer),
    frameOfReferenceUid: dataSet.uid(Tag.FrameOfReferenceUid),
    patientPosition: dataSet.text(Tag.PatientPosition, 'CS'),
  };
}

/** A DICOMDIR has no study: it lists those of others. */
export function isDirectory(dataSet: DataSet, meta: DataSet): boolean {
  return [dataSet.uid(Tag.SopClassUid), meta.uid(Tag.MediaStorageSopClassUid)].includes(DIRECTORY_SOP_CLASS);
}

/** Every object in a library is known by its three UIDs. @throws `file/malformed` naming the one that is missing */
export function requireIdentity({ study, series, instance }: InstanceHeader): void {
  const uids = namedUids(study, series, instance.sopInstanceUid);
  const missing = Object.keys(uids).filter((name) => uids[name] === '');
  if (missing.length > 0) {
    throw new AppError('file/malformed', `The object has no ${missing.join(' and no ')}.`, {
      missing: missing.join(', '),
    });
  }
  const absurd = Object.keys(uids).find((name) => (uids[name] ?? '').length > MAX_UID_LENGTH);
  if (absurd !== undefined) throw new AppError('file/malformed', `The ${absurd} of the object is no UID.`);
}

function namedUids(study: StudyRecord, series: SeriesRecord, sopInstanceUid: string): Readonly<Record<string, string>> {
  return {
    'SOP Instance UID': sopInstanceUid,
    'Study Instance UID': study.studyInstanceUid,
    'Series Instance UID': series.seriesInstanceUid,
  };
}

function reportUids(uids: Readonly<Record<string, string>>, issues: IssueList): void {
  for (const [name, uid] of Object.entries(uids)) {
    if (!VALID_UID.test(uid)) issues.add('uid-invalid', `The ${name} is missing or not a valid UID.`);
  }
}

export interface ReadHeader {
  readonly header: InstanceHeader;
  readonly dataSet: DataSet;
  /** `null`: the object has no pixel data. */
  readonly place: PixelPlace | null;
}

/**
 * All records of one object. `totalBytes` is the size of the bytes in which the data set lies once they are all there.
 * UIDs may be missing; see `requireIdentity`.
 *
 * @throws `file/truncated` when there is no element at all
 */
export function readRecords(
  located: LocatedDataSet,
  walk: Walk,
  { totalBytes, text }: { readonly totalBytes: number; readonly text?: FileText },
): ReadHeader {
  const { meta, bytes, encoding, transferSyntaxUid } = located;
  if (walk.elements.size === 0) {
    throw new AppError('file/truncated', 'The file ends early: nothing follows its meta header.');
  }
  const dataSet = new DataSet(bytes, encoding, walk.elements, text);
  const issues = new IssueList();
  const study = studyRecord(dataSet);
  const series = seriesRecord(dataSet);
  const sopInstanceUid = dataSet.uid(Tag.SopInstanceUid) || meta.uid(Tag.MediaStorageSopInstanceUid);
  const sopClassUid = dataSet.uid(Tag.SopClassUid) || meta.uid(Tag.MediaStorageSopClassUid);
  reportUids(namedUids(study, series, sopInstanceUid), issues);
  const place = walk.pixelElement ? pixelPlace(walk.pixelElement, dataSet, totalBytes) : null;
  const pixels: PixelDescription | null = place && readPixelDescription(dataSet, place, issues);
  const identity = { sopInstanceUid, sopClassUid, transferSyntaxUid };
  const patient = patientRecord(dataSet);
  reportTextDoubts(dataSet, issues);
  const instance = readInstanceRecord(dataSet, identity, { pixels, modality: series.modality, issues });
  return { header: { patient, study, series, instance }, dataSet, place };
}
