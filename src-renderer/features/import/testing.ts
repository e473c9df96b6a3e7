/** Builders for the tests of this feature: surveys, reports, and a service whose events are scripted. */
import type {
  ImportChoice,
  ImportEvent,
  ImportOptions,
  ImportProgress,
  ImportReport,
  SurveyPatient,
  SurveySeries,
  SurveySource,
  SurveyTree,
} from '../../../src-shared/contract';
import type { PatientRecord, SeriesRecord, StudyRecord } from '../../../src-shared/dicom/records';
import type { ImportSource } from './importQueue';

const NO_NAME = { alphabetic: '', ideographic: '', phonetic: '' };

const seriesRecord: SeriesRecord = {
  seriesInstanceUid: '1.2',
  number: 1,
  modality: 'CT',
  description: 'Thorax',
  protocolName: '',
  bodyPart: 'CHEST',
  laterality: '',
  date: '',
  time: '',
  manufacturer: '',
  frameOfReferenceUid: '',
  patientPosition: '',
};

const studyRecord: StudyRecord = {
  studyInstanceUid: '1.1',
  studyId: '',
  date: '20240102',
  time: '',
  description: 'CT Thorax',
  accessionNumber: 'A-1',
  referringPhysician: NO_NAME,
  institution: '',
};

export const patientRecord: PatientRecord = {
  name: { alphabetic: 'Yamada^Tarou', ideographic: '山田^太郎', phonetic: '' },
  patientId: 'EXT-1',
  issuerOfPatientId: '',
  birthDate: '19700102',
  sex: 'M',
  age: '',
};

export function surveySeries(key: string, more: Partial<SurveySeries> = {}): SurveySeries {
  return { key, series: seriesRecord, found: 10, announced: null, known: 0, bytes: 1000, ...more };
}

/** `studies`: keys of series, by study key. */
export function surveyPatient(key: string, studies: Readonly<Record<string, readonly string[]>>): SurveyPatient {
  return {
    key,
    patient: patientRecord,
    studies: Object.entries(studies).map(([study, series]) => ({
      key: study,
      study: studyRecord,
      series: series.map((each) => surveySeries(each)),
    })),
  };
}

export function surveyTree(...patients: readonly SurveyPatient[]): SurveyTree {
  return { patients, media: [] };
}

export const discSource: SurveySource = {
  path: '/media/cd',
  kind: 'dicom-media',
  label: 'PAT_CD',
  isRemovable: true,
  defaultPlacement: 'copy',
  canReference: true,
};

const totals = {
  seen: 0,
  added: 0,
  partial: 0,
  known: 0,
  aside: 0,
  directories: 0,
  notDicom: 0,
  rejected: 0,
  notChosen: 0,
};

export function progress(more: Partial<ImportProgress> = {}): ImportProgress {
  return {
    ...totals,
    phase: 'surveying',
    found: 0,
    isWalkOver: false,
    bytesDone: 0,
    bytesTotal: null,
    filesPerSecond: 0,
    secondsLeft: null,
    ...more,
  };
}

export function report(importId: number, more: Partial<ImportReport> = {}): ImportReport {
  return {
    ...totals,
    importId,
    paths: ['/media/cd'],
    sources: [{ sourceId: 1, kind: 'dicom-media', label: 'PAT_CD' }],
    placement: 'copy',
    startedAtMs: importId * 1000,
    seconds: 2,
    wasCancelled: false,
    media: [],
    unreachable: 0,
    announcedMissing: 0,
    warnings: 0,
    studyIds: [1],
    ...more,
  };
}

export type Said =
  | { readonly call: 'open'; readonly paths: readonly string[] | 'demo'; readonly options: ImportOptions }
  | { readonly call: 'choose'; readonly jobId: number; readonly choice: ImportChoice }
  | { readonly call: 'password'; readonly archiveId: number; readonly password: string | null }
  | { readonly call: 'resume'; readonly jobId: number }
  | { readonly call: 'left' };

export interface ScriptedImport extends ImportSource {
  /** What the queue said, in order. */
  readonly said: readonly Said[];
  /** Gives the running import's iteration one more event; `end` ends it. */
  give(event: ImportEvent): Promise<void>;
  end(): Promise<void>;
}

/** A service that says what the test gives it, one import at a time, and ends an import that is left. */
export function scriptedImport(): ScriptedImport {
  const said: Said[] = [];
  let pending: (ImportEvent | null)[] = [];
  let wake = (): void => undefined;

  async function* events(signal: AbortSignal): AsyncGenerator<ImportEvent> {
    pending = [];
    for (;;) {
      while (pending.length > 0) {
        const event = pending.shift() ?? null;
        if (event === null) return;
        yield event;
      }
      if (signal.aborted) {
        said.push({ call: 'left' });
        throw new DOMException('left', 'AbortError');
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
        signal.addEventListener('abort', () => resolve());
      });
    }
  }
  const open = (paths: readonly string[] | 'demo', options: ImportOptions, signal: AbortSignal) => {
    said.push({ call: 'open', paths, options });
    return Promise.resolve(events(signal));
  };
  const hear = (what: Said) => {
    said.push(what);
    return Promise.resolve();
  };
  const push = async (event: ImportEvent | null) => {
    await settled();
    pending.push(event);
    wake();
    await settled();
  };
  return {
    said,
    open,
    openDemo: (signal) => open('demo', {}, signal),
    choose: (jobId, choice) => hear({ call: 'choose', jobId, choice }),
    password: (_, archiveId, password) => hear({ call: 'password', archiveId, password }),
    resume: (jobId) => hear({ call: 'resume', jobId }),
    give: push,
    end: () => push(null),
  };
}

/** After everything that was already promised. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
