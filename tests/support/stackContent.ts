/** Stacks as the reading screen holds them, in a few words. Nothing in them comes from a file. */
import type { InstanceRecord, PatientRecord, SeriesRecord, StudyRecord } from '../../src-shared/dicom/records';
import type { Stack, StackImage } from '../../src-shared/dicom/stack';
import type { StackContent } from '../../src-renderer/viewing/screen';

const nobody = { alphabetic: '', ideographic: '', phonetic: '' };

export const patientRecord: PatientRecord = {
  name: { ...nobody, alphabetic: 'Phantom^Anna' },
  patientId: 'P-1',
  issuerOfPatientId: '',
  birthDate: '19600501',
  sex: 'F',
  age: '',
};

export const studyRecord: StudyRecord = {
  studyInstanceUid: '2.25.1',
  studyId: '1',
  date: '20240131',
  time: '101500',
  description: 'Chest',
  accessionNumber: 'A1',
  referringPhysician: nobody,
  institution: 'Test Hospital',
};

export const seriesRecord: SeriesRecord = {
  seriesInstanceUid: '2.25.2',
  number: 3,
  modality: 'CT',
  description: 'Thin',
  protocolName: '',
  bodyPart: 'CHEST',
  laterality: '',
  date: '20240131',
  time: '101500',
  manufacturer: '',
  frameOfReferenceUid: '2.25.3',
  patientPosition: 'HFS',
};

export const instanceRecord: InstanceRecord = {
  sopInstanceUid: '2.25.4',
  sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
  transferSyntaxUid: '1.2.840.10008.1.2.1',
  instanceNumber: 1,
  acquisitionNumber: null,
  acquisitionTime: '',
  contentTime: '',
  imageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
  echoNumber: null,
  echoTimeMs: null,
  temporalPosition: null,
  triggerTimeMs: null,
  diffusionBValue: null,
  patientOrientation: [],
  laterality: '',
  viewPosition: '',
  sliceThicknessMm: 1,
  sliceLocationMm: null,
  pixels: {
    rows: 256,
    columns: 512,
    samplesPerPixel: 1,
    photometricInterpretation: 'MONOCHROME2',
    planarConfiguration: 0,
    bitsAllocated: 16,
    bitsStored: 16,
    highBit: 15,
    isSigned: true,
    sampleKind: 'integer',
    frames: 1,
  },
  plane: { position: [-100, -50, 0], rowDirection: [1, 0, 0], columnDirection: [0, 1, 0] },
  spacing: { rowMm: 0.5, columnMm: 0.5, source: 'pixel-spacing' },
  rescale: { slope: 1, intercept: -1024, unit: 'HU' },
  windows: [{ center: 40, width: 400, explanation: '' }],
  voiFunction: 'LINEAR',
  lossyRatios: null,
  frameTimeMs: null,
  recommendedFramesPerSecond: null,
  issues: [],
};

/** `count` axial slices 2 mm apart. */
export function axialStack(count: number, id = 'stack'): Stack {
  const images = Array.from({ length: count }, (_, index): StackImage => {
    const positionMm = index * 2;
    return {
      ref: { instanceId: index + 1, frameIndex: 0 },
      record: {
        ...instanceRecord,
        sopInstanceUid: `2.25.4.${String(index + 1)}`,
        instanceNumber: index + 1,
        plane: { position: [-100, -50, positionMm], rowDirection: [1, 0, 0], columnDirection: [0, 1, 0] },
      },
      positionMm,
      isMissing: false,
    };
  });
  return {
    id,
    label: '',
    splitBy: [],
    ordering: 'position',
    geometry: {
      normal: [0, 0, 1],
      rowDirection: [1, 0, 0],
      columnDirection: [0, 1, 0],
      plane: 'AXIAL',
      obliquityDeg: 0,
      spacingMinMm: 2,
      spacingMaxMm: 2,
      isUniform: true,
      tiltDeg: 0,
    },
    images,
    issues: [],
  };
}

/** A stack on its way into a viewport. */
export function stackContent(changed: Partial<StackContent> = {}): StackContent {
  return {
    stack: axialStack(10),
    seriesId: 1,
    patientKey: 'anna',
    patient: patientRecord,
    study: studyRecord,
    series: seriesRecord,
    ...changed,
  };
}

/** The same with images that have no place in the patient. */
export function projectionContent(modality: string): StackContent {
  const stack = axialStack(1);
  const images = stack.images.map((image) => ({
    ...image,
    positionMm: null,
    record: { ...image.record, plane: null, rescale: null },
  }));
  return stackContent({
    stack: { ...stack, geometry: null, ordering: 'instance-number', images },
    series: { ...seriesRecord, modality },
  });
}
