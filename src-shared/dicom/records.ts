/**
 * What Isocenter remembers of an instance after reading its header: plain data, safe to store as JSON and to send
 * through a port. Strings are decoded text, trimmed; an absent or empty attribute is `''` for text and `null` otherwise.
 * Numbers that the Standard allows to be garbage are parsed strictly: what is not a finite number is `null`.
 */
import type { Vector3 } from '../geometry/vectors';

/** One person name as its up to three component groups, each as the file has it: `Family^Given^Middle^Prefix^Suffix`. Source: PS3.5 6.2. */
export interface PersonName {
  readonly alphabetic: string;
  readonly ideographic: string;
  readonly phonetic: string;
}

export interface PatientRecord {
  readonly name: PersonName;
  readonly patientId: string;
  readonly issuerOfPatientId: string;
  /** DA as in the file (`YYYYMMDD` when valid). */
  readonly birthDate: string;
  readonly sex: string;
  /** AS as in the file (`034Y`). */
  readonly age: string;
}

export interface StudyRecord {
  readonly studyInstanceUid: string;
  readonly studyId: string;
  readonly date: string;
  readonly time: string;
  readonly description: string;
  readonly accessionNumber: string;
  readonly referringPhysician: PersonName;
  readonly institution: string;
}

export interface SeriesRecord {
  readonly seriesInstanceUid: string;
  readonly number: number | null;
  readonly modality: string;
  readonly description: string;
  readonly protocolName: string;
  readonly bodyPart: string;
  readonly laterality: string;
  readonly date: string;
  readonly time: string;
  readonly manufacturer: string;
  readonly frameOfReferenceUid: string;
  readonly patientPosition: string;
}

/** Image Pixel module. Source: PS3.3 C.7.6.3. */
export interface PixelDescription {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  readonly photometricInterpretation: string;
  /** 0 interleaved by pixel, 1 by plane; meaningful for more than one sample. */
  readonly planarConfiguration: 0 | 1;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly isSigned: boolean;
  /** (7FE0,0008) and (7FE0,0009) hold floats; (7FE0,0010) integers. */
  readonly sampleKind: 'integer' | 'float32' | 'float64';
  readonly frames: number;
}

/** Image Plane module. Source: PS3.3 C.7.6.2. LPS, millimetres. */
export interface ImagePlane {
  /** Centre of the first voxel transmitted. */
  readonly position: Vector3;
  /** Unit vector along increasing column index (along a row). */
  readonly rowDirection: Vector3;
  /** Unit vector along increasing row index (down a column). */
  readonly columnDirection: Vector3;
}

/** Distance between pixel centres, and what justifies it. Source: PS3.3 10.7.1. */
export interface PixelSpacing {
  /** Between rows (vertical). */
  readonly rowMm: number;
  /** Between columns (horizontal). */
  readonly columnMm: number;
  readonly source: 'pixel-spacing' | 'imager-pixel-spacing' | 'nominal-scanned-pixel-spacing';
}

/** Window of the VOI LUT module, in modality units. Source: PS3.3 C.11.2. */
export interface VoiWindow {
  readonly center: number;
  readonly width: number;
  readonly explanation: string;
}
export type VoiFunction = 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID';

/** Modality LUT module by rescale. `unit` is the Rescale Type, or HU for CT where it is absent. Source: PS3.3 C.11.1. */
export interface Rescale {
  readonly slope: number;
  readonly intercept: number;
  readonly unit: string;
}

/** An imperfection of otherwise usable data, shown on the image or in the report. */
export interface Issue {
  readonly code: string;
  /** A sentence for the user. */
  readonly message: string;
}

/** What belongs to the instance itself rather than to its series. */
export interface InstanceRecord {
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  readonly transferSyntaxUid: string;
  readonly instanceNumber: number | null;
  readonly acquisitionNumber: number | null;
  readonly acquisitionTime: string;
  readonly contentTime: string;
  readonly imageType: readonly string[];
  readonly echoNumber: number | null;
  readonly echoTimeMs: number | null;
  readonly temporalPosition: number | null;
  readonly triggerTimeMs: number | null;
  readonly diffusionBValue: number | null;
  /** (0020,0020), for images without a plane. */
  readonly patientOrientation: readonly string[];
  /** (0020,0062) or (0020,0060). */
  readonly laterality: string;
  readonly viewPosition: string;
  readonly sliceThicknessMm: number | null;
  readonly sliceLocationMm: number | null;
  /** `null` when the object has no pixel data (SR, PDF, presentation state …). */
  readonly pixels: PixelDescription | null;
  readonly plane: ImagePlane | null;
  /** One plane for each frame, where frames of one object lie at different places; `plane` is then `null`. */
  readonly framePlanes?: readonly ImagePlane[];
  readonly spacing: PixelSpacing | null;
  readonly rescale: Rescale | null;
  readonly windows: readonly VoiWindow[];
  readonly voiFunction: VoiFunction;
  /** Ratios of (0028,2112), present when (0028,2110) is `01`; empty array: lossy with an unknown ratio; `null`: not lossy. */
  readonly lossyRatios: readonly number[] | null;
  readonly frameTimeMs: number | null;
  readonly recommendedFramesPerSecond: number | null;
  readonly issues: readonly Issue[];
}

/** Everything read from one file's header. */
export interface InstanceHeader {
  readonly patient: PatientRecord;
  readonly study: StudyRecord;
  readonly series: SeriesRecord;
  readonly instance: InstanceRecord;
}
