/** From a located data set to the records of patient, study, series and instance. */
import { AppError } from '../base/appError';
import type { InstanceHeader, PatientRecord, PixelDescription, SeriesRecord, StudyRecord } from '../dicom/records';
import { DataSet } from './dataSet';
import type { Walk } from './elements';
import type { FileText } from './fileText';
import { completeIdentity, reportIdentity } from './identity';
import { readInstanceRecord } from './instanceRecord';
import { IssueList } from './issueList';
import type { LocatedDataSet } from './part10';
import { pixelPlace, readPixelDescription, type PixelPlace } from './pixelDescription';
import { Tag } from './tags';
import { reportTextDoubts } from './textIssues';

/** Media Storage Directory Storage: the SOP class of a DICOMDIR. */
const DIRECTORY_SOP_CLASS = '1.2.840.10008.1.3.10';

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

export interface ReadHeader {
  readonly header: InstanceHeader;
  readonly dataSet: DataSet;
  /** `null`: the object has no pixel data. */
  readonly place: PixelPlace | null;
}

/**
 * All records of one object. `totalBytes` is the size of the bytes in which the data set lies once they are all there.
 * UIDs that are missing are derived; see `identity.ts`.
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
  reportIdentity(study, series, sopInstanceUid, issues);
  const place = walk.pixelElement ? pixelPlace(walk.pixelElement, dataSet, totalBytes) : null;
  const pixels: PixelDescription | null = place && readPixelDescription(dataSet, place, issues);
  const identity = { sopInstanceUid, sopClassUid, transferSyntaxUid };
  const patient = patientRecord(dataSet);
  reportTextDoubts(dataSet, issues);
  const instance = readInstanceRecord(dataSet, identity, { pixels, modality: series.modality, issues });
  return { header: { patient, ...completeIdentity({ study, series, instance }) }, dataSet, place };
}
