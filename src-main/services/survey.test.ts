import { describe, expect, it } from 'vitest';
import type { IndexedHeader } from '../../src-shared/dicom/indexedHeader';
import { patientKeyOf } from '../../src-shared/dicom/patientKey';
import type { DirectoryPatient } from '../../src-shared/dicom/mediaDirectory';
import type { PatientRecord, SeriesRecord, StudyRecord } from '../../src-shared/dicom/records';
import { ChosenImport } from './importChoice';
import { Survey } from './survey';

const noName = { alphabetic: '', ideographic: '', phonetic: '' };
const patient = (patientId: string): PatientRecord => ({
  ...{ patientId, issuerOfPatientId: '', birthDate: '', sex: '', age: '' },
  name: { ...noName, alphabetic: `Name^${patientId}` },
});
const study = { studyInstanceUid: '1', description: 'Head', referringPhysician: noName } as StudyRecord;
const series = (seriesInstanceUid: string) => ({ seriesInstanceUid, modality: 'CT' }) as SeriesRecord;

function header(patientId: string, seriesUid: string, sopUid = '9'): IndexedHeader {
  const record = patient(patientId);
  return {
    patientKey: patientKeyOf(record, '1'),
    patientJson: JSON.stringify(record),
    studyUid: '1',
    studyJson: JSON.stringify(study),
    seriesUid,
    modality: 'CT',
    bodyPart: '',
    seriesJson: JSON.stringify(series(seriesUid)),
    sopUid,
    instanceJson: '{}',
    hasImage: true,
  };
}

const announced = (patientId: string, ...uids: readonly (readonly [string, number])[]): DirectoryPatient => ({
  patient: patient(patientId),
  studies: [
    {
      study,
      series: uids.map(([uid, count]) => ({
        series: series(uid),
        instances: Array.from({ length: count }, () => ({ type: 'IMAGE', fileId: [], sopInstanceUid: '' })),
      })),
    },
  ],
});

const shown = (survey: Survey) =>
  survey.tree().map(({ patient: one, studies }) => ({
    id: one.patientId,
    series: studies.flatMap((each) =>
      each.series.map(({ series: record, found, announced: said, known, bytes }) => [
        record.seriesInstanceUid,
        { found, announced: said, known, bytes },
      ]),
    ),
  }));

describe('what is there before anything is taken', () => {
  it('counts files, bytes and what the library knows by patient, study and series', () => {
    const survey = new Survey();
    survey.add(header('A', '1.1'), 100, false);
    survey.add(header('A', '1.1'), 200, true);
    survey.add(header('A', '1.2'), 5, false);
    survey.add(header('B', '1.3'), 7, false);
    expect(shown(survey)).toEqual([
      {
        id: 'A',
        series: [
          ['1.1', { found: 2, announced: null, known: 1, bytes: 300 }],
          ['1.2', { found: 1, announced: null, known: 0, bytes: 5 }],
        ],
      },
      { id: 'B', series: [['1.3', { found: 1, announced: null, known: 0, bytes: 7 }]] },
    ]);
  });

  it('shows what a DICOMDIR announces before a file was read, and then both', () => {
    const survey = new Survey();
    survey.announce([announced('A', ['1.1', 3])]);
    const before = shown(survey);
    survey.add(header('A', '1.1'), 1, false);
    expect([before, shown(survey)]).toEqual([
      [{ id: 'A', series: [['1.1', { found: 0, announced: 3, known: 0, bytes: 0 }]] }],
      [{ id: 'A', series: [['1.1', { found: 1, announced: 3, known: 0, bytes: 1 }]] }],
    ]);
  });

  it('believes the files where they name another patient than the DICOMDIR, and keeps its count', () => {
    const survey = new Survey();
    survey.announce([announced('wrong', ['1.1', 2], ['1.2', 1])]);
    survey.add(header('A', '1.1'), 1, false);
    expect(shown(survey)).toEqual([
      { id: 'wrong', series: [['1.2', { found: 0, announced: 1, known: 0, bytes: 0 }]] },
      { id: 'A', series: [['1.1', { found: 1, announced: 2, known: 0, bytes: 1 }]] },
    ]);
  });

  it('keeps its keys while it grows', () => {
    const survey = new Survey();
    const first = survey.add(header('A', '1.1'), 1, false);
    for (let index = 0; index < 50; index += 1) survey.add(header(`P${index}`, `2.${index}`), 1, false);
    expect(survey.add(header('A', '1.1', '10'), 1, false)).toBe(first);
    const keys = survey
      .tree()
      .flatMap((one) => [one.key, ...one.studies.flatMap((s) => [s.key, ...s.series.map((e) => e.key)])]);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('what was chosen of it', () => {
  it('leaves out what is excluded, takes what was never shown, and sums the bytes of the rest', () => {
    const survey = new Survey();
    const [a, b] = [survey.add(header('A', '1.1'), 100, false), survey.add(header('A', '1.2'), 20, false)];
    const choice = new ChosenImport({ excludedSeries: [a.key], placement: 'copy', reconciliations: [] });
    const late = survey.add(header('B', '1.3'), 3, false);
    expect([a, b, late].map((one) => choice.wants(one))).toEqual([false, true, true]);
    expect(survey.bytesOf((one) => choice.wants(one))).toBe(23);
  });

  it('gives new values by patient, and the accession number by study', () => {
    const survey = new Survey();
    const [a, b] = [survey.add(header('A', '1.1'), 1, false), survey.add(header('B', '1.2'), 1, false)];
    const choice = new ChosenImport({
      excludedSeries: [],
      placement: 'copy',
      reconciliations: [{ patientKey: a.patientKey, patientId: 'L1', accessionNumbers: { [a.studyKey]: 'ACC' } }],
    });
    expect([choice.newValues(a), choice.newValues(b)]).toEqual([{ patientId: 'L1', accessionNumber: 'ACC' }, null]);
    const empty = new ChosenImport({
      excludedSeries: [],
      placement: 'copy',
      reconciliations: [{ patientKey: a.patientKey }],
    });
    expect(empty.newValues(a)).toBeNull();
  });
});
