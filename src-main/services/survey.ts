/**
 * What is there, before anything is taken: patients, studies and series with their counts. Of each file only where it
 * lies and which series it belongs to is kept, so that a hundred thousand files are a matter of megabytes.
 */
import type { SurveyPatient, SurveySeries, SurveyStudy } from '../../src-shared/contract';
import type { IndexedHeader } from '../../src-shared/dicom/indexedHeader';
import { patientKeyOf } from '../../src-shared/dicom/patientKey';
import type { DirectoryPatient } from '../../src-shared/dicom/mediaDirectory';
import type { PatientRecord, SeriesRecord, StudyRecord } from '../../src-shared/dicom/records';

interface Node<Record> {
  /** Of the survey; short, because choices list thousands. */
  readonly key: string;
  readonly record: Record;
}

interface PatientNode extends Node<PatientRecord> {
  readonly studies: Map<string, StudyNode>;
}

interface StudyNode extends Node<StudyRecord> {
  readonly patientKey: string;
  readonly series: Map<string, SeriesNode>;
}

export interface SeriesNode extends Node<SeriesRecord> {
  readonly patientKey: string;
  readonly studyKey: string;
  found: number;
  known: number;
  bytes: number;
}

export class Survey {
  readonly #patients = new Map<string, PatientNode>();
  /** Series that hold something, by Series Instance UID. */
  readonly #foundUids = new Set<string>();
  /** Files by Series Instance UID that a DICOMDIR announces. */
  readonly #announced = new Map<string, number>();
  readonly #allSeries: SeriesNode[] = [];
  #lastKey = 0;

  add(header: IndexedHeader, bytes: number, isKnown: boolean): SeriesNode {
    const series = this.#seriesOf(header);
    series.found += 1;
    series.known += Number(isKnown);
    series.bytes += bytes;
    this.#foundUids.add(header.seriesUid);
    return series;
  }

  /** A DICOMDIR gives the patients before a single image was read. */
  announce(patients: readonly DirectoryPatient[]): void {
    for (const { patient, studies } of patients) {
      for (const { study, series } of studies) {
        const patientKey = patientKeyOf(patient, study.studyInstanceUid);
        const patientNode = this.#patientOf(patientKey, () => patient);
        const studyNode = this.#studyOf(patientNode, study.studyInstanceUid, () => study);
        for (const one of series) {
          const uid = one.series.seriesInstanceUid;
          this.#announced.set(uid, (this.#announced.get(uid) ?? 0) + one.instances.length);
          this.#childOf(studyNode, uid, () => one.series);
        }
      }
    }
  }

  bytesOf(wants: (series: SeriesNode) => boolean): number {
    let bytes = 0;
    for (const series of this.#allSeries) if (wants(series)) bytes += series.bytes;
    return bytes;
  }

  /** Announced series of which nothing was found are in it, unless the files say another patient or study. */
  tree(): SurveyPatient[] {
    return [...this.#patients.values()]
      .map((patient) => this.#patientView(patient))
      .filter(({ studies }) => studies.length > 0);
  }

  #patientView({ key, record, studies }: PatientNode): SurveyPatient {
    const views = [...studies.values()].map((study) => this.#studyView(study));
    return { key, patient: record, studies: views.filter(({ series }) => series.length > 0) };
  }

  #studyView({ key, record, series }: StudyNode): SurveyStudy {
    const shown = [...series.values()].filter(
      (node) => node.found > 0 || !this.#foundUids.has(node.record.seriesInstanceUid),
    );
    return { key, study: record, series: shown.map((node) => this.#seriesView(node)) };
  }

  #seriesView({ key, record, found, known, bytes }: SeriesNode): SurveySeries {
    return {
      key,
      series: record,
      found,
      known,
      bytes,
      announced: this.#announced.get(record.seriesInstanceUid) ?? null,
    };
  }

  #seriesOf(header: IndexedHeader): SeriesNode {
    const patient = this.#patientOf(header.patientKey, () => JSON.parse(header.patientJson) as PatientRecord);
    const study = this.#studyOf(patient, header.studyUid, () => JSON.parse(header.studyJson) as StudyRecord);
    return this.#childOf(study, header.seriesUid, () => JSON.parse(header.seriesJson) as SeriesRecord);
  }

  #patientOf(patientKey: string, record: () => PatientRecord): PatientNode {
    return entryOf(this.#patients, patientKey, () => ({
      key: this.#newKey('p'),
      record: record(),
      studies: new Map(),
    }));
  }

  #studyOf(patient: PatientNode, uid: string, record: () => StudyRecord): StudyNode {
    return entryOf(patient.studies, uid, () => ({
      key: this.#newKey('t'),
      record: record(),
      patientKey: patient.key,
      series: new Map(),
    }));
  }

  #childOf(study: StudyNode, uid: string, record: () => SeriesRecord): SeriesNode {
    return entryOf(study.series, uid, () => {
      const { patientKey, key: studyKey } = study;
      const made = { key: this.#newKey('s'), record: record(), patientKey, studyKey, found: 0, known: 0, bytes: 0 };
      this.#allSeries.push(made);
      return made;
    });
  }

  #newKey(letter: string): string {
    this.#lastKey += 1;
    return `${letter}${this.#lastKey}`;
  }
}

function entryOf<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
