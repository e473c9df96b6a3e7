/** A phantom series as DICOM objects: CT images with every attribute that their modules demand. Source: PS3.3 A.3. */
import { uidFromSeed, writePart10, type Element, type WriteOptions } from '../dataset/write';
import type { Vector3 } from '../geometry/vectors';
import { decimal, elementsOf, type Attributes } from './attributes';
import { patientPointOf, planeOf, slicePositionMm, type PhantomGrid } from './grid';
import { packSlice, storedFrom, type PixelFormat } from './pixels';
import { samplePlane, valueAt, type Scene } from './scene';

export const CT_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.2';

export interface PhantomFile {
  /** Relative, with `/`; plain letters only. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface PhantomSeries {
  /** Seeds the UIDs: the same seed is the same series. */
  readonly seed: string;
  readonly folder: string;
  readonly scene: Scene;
  readonly grid: PhantomGrid;
  readonly format: PixelFormat;
  /** Standard deviation of the grain, modality units. */
  readonly noise: number;
  /** Of patient, study and series; whatever is not given has a plain default. */
  readonly attributes: Attributes;
  readonly options?: WriteOptions;
}

/** What a reader must find at a patient point, before rounding to stored values; exact when `noise` is 0. */
export function truthAt(series: PhantomSeries, point: Vector3): number {
  return valueAt(series.scene, point);
}

/** The stored value of a voxel of a series without noise. */
export function storedAt(series: PhantomSeries, column: number, row: number, slice: number): number {
  return storedFrom(series.format, valueAt(series.scene, patientPointOf(series.grid, column, row, slice)));
}

/** Attributes of a person who never lived, and of a study that never was. */
export const FICTITIOUS: Attributes = {
  PatientName: 'Phantom^Test',
  PatientID: 'TEST-0001',
  PatientBirthDate: '19700101',
  PatientSex: 'O',
  PatientComments: 'Computed phantom: not a person.',
  StudyDate: '20260105',
  StudyTime: '090000',
  StudyID: 'TEST',
  AccessionNumber: 'TEST-1',
  ReferringPhysicianName: '',
  StudyDescription: 'Test phantom',
  SeriesNumber: '1',
  SeriesDescription: 'Test series',
  Modality: 'CT',
  Manufacturer: 'Isocenter',
  ManufacturerModelName: 'Computed phantom',
  PatientPosition: 'HFS',
  InstitutionName: 'Isocenter Demonstration',
};

/** One file for each slice, as it is computed. */
export function* seriesFiles(series: PhantomSeries): Generator<PhantomFile, void, undefined> {
  const { grid } = series;
  const values = new Float32Array(grid.columns * grid.rows);
  for (let slice = 0; slice < grid.origins.length; slice++) {
    samplePlane(series.scene, planeOf(grid, slice), values);
    yield sliceFile(series, slice, values);
  }
}

/** A slice whose values were computed already, by `samplePlane` on `planeOf(grid, slice)`. */
export function sliceFile(series: PhantomSeries, slice: number, values: Float32Array): PhantomFile {
  const { format, noise, grid } = series;
  const pixels = packSlice(values, format, { noise, columns: grid.columns, slice });
  const elements = [...elementsOf(sliceAttributes(series, slice)), pixelData(pixels, format)];
  const number = String(slice + 1).padStart(4, '0');
  return { name: `${series.folder}/IM${number}.dcm`, bytes: writePart10(elements, series.options) };
}

export function pixelData(bytes: Uint8Array, { bitsAllocated }: Pick<PixelFormat, 'bitsAllocated'>): Element {
  return { tag: 0x7fe00010, vr: bitsAllocated === 8 ? 'OB' : 'OW', value: bytes };
}

function sliceAttributes(series: PhantomSeries, slice: number): Attributes {
  const { seed, grid } = series;
  const given = { ...FICTITIOUS, ...series.attributes };
  const studyUid = given.StudyInstanceUID ?? uidFromSeed(`${seed}/study`);
  const { StudyDate = '', StudyTime = '' } = given;
  return {
    ImageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'],
    SOPClassUID: CT_IMAGE_STORAGE,
    SOPInstanceUID: uidFromSeed(`${seed}/${slice}`),
    SeriesDate: StudyDate,
    AcquisitionDate: StudyDate,
    ContentDate: StudyDate,
    SeriesTime: StudyTime,
    AcquisitionTime: StudyTime,
    ContentTime: StudyTime,
    KVP: '120',
    AcquisitionNumber: '1',
    PositionReferenceIndicator: '',
    ...given,
    StudyInstanceUID: studyUid,
    SeriesInstanceUID: uidFromSeed(`${seed}/series`),
    FrameOfReferenceUID: given.FrameOfReferenceUID ?? uidFromSeed(`${seed}/frame`),
    InstanceNumber: String(slice + 1),
    ...planeAttributes(grid, slice),
    ...pixelAttributes(series.format, grid),
  };
}

function planeAttributes(grid: PhantomGrid, slice: number): Attributes {
  return {
    SliceThickness: decimal(grid.sliceThicknessMm),
    ImagePositionPatient: patientPointOf(grid, 0, 0, slice).map(decimal),
    ImageOrientationPatient: [...grid.rowDirection, ...grid.columnDirection].map(decimal),
    SliceLocation: decimal(slicePositionMm(grid, slice)),
    PixelSpacing: [grid.rowSpacingMm, grid.columnSpacingMm].map(decimal),
    ...(grid.tiltDeg === undefined ? {} : { GantryDetectorTilt: decimal(grid.tiltDeg) }),
  };
}

export function pixelAttributes(format: PixelFormat, size: { readonly columns: number; readonly rows: number }) {
  return {
    SamplesPerPixel: 1,
    PhotometricInterpretation: format.photometric,
    Rows: size.rows,
    Columns: size.columns,
    BitsAllocated: format.bitsAllocated,
    BitsStored: format.bitsStored,
    HighBit: format.bitsStored - 1,
    PixelRepresentation: format.isSigned ? 1 : 0,
    RescaleIntercept: decimal(format.intercept),
    RescaleSlope: decimal(format.slope),
    RescaleType: 'HU',
  } satisfies Attributes;
}
