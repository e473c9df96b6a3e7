/** A frontal radiograph made of the phantom's own slices: attenuation summed along parallel rays. Source: PS3.3 A.26. */
import { uidFromSeed, writePart10 } from '../dataset/write';
import { decimal, elementsOf, type Attributes } from './attributes';
import type { PhantomGrid } from './grid';
import { grainAt } from './noise';
import { packSlice, type PixelFormat } from './pixels';
import { FICTITIOUS, pixelAttributes, pixelData, type PhantomFile } from './series';

const DX_FOR_PRESENTATION = '1.2.840.10008.5.1.4.1.1.1.1';

/** Of water at diagnostic energies, per mm. */
const WATER_PER_MM = 0.0195;

export interface Projection {
  readonly columns: number;
  readonly rows: number;
  readonly spacingMm: number;
  readonly stepMm: number;
  /** Line integral of the attenuation, without unit. */
  readonly sums: Float32Array;
}

export function projectionOf({ columns, rows, columnSpacingMm, sliceThicknessMm }: PhantomGrid): Projection {
  return {
    columns,
    rows,
    spacingMm: columnSpacingMm,
    stepMm: sliceThicknessMm,
    sums: new Float32Array(columns * rows),
  };
}

/** Lets the rays pass one more slice of Hounsfield values. */
export function addToProjection({ sums, stepMm }: Projection, values: Float32Array): void {
  const factor = (WATER_PER_MM * stepMm) / 1000;
  for (let index = 0; index < sums.length; index++) {
    sums[index] = (sums[index] ?? 0) + Math.max(0, (values[index] ?? -1000) + 1000) * factor;
  }
}

const FORMAT: PixelFormat = {
  ...{ bitsAllocated: 16, bitsStored: 12, isSigned: false, photometric: 'MONOCHROME2', slope: 1, intercept: 0 },
};

const MAGNIFIED = 2;
/** The collimated part: shoulders to below the diaphragm. */
const SHARE_OF_ROWS = 0.72;

/** Bone is bright; the image looks at the patient from the front, the patient's right on its left. */
export function projectionFile(
  projection: Projection,
  identity: { readonly seed: string; readonly folder: string; readonly attributes: Attributes },
): PhantomFile {
  const columns = projection.columns * MAGNIFIED;
  const rows = Math.round(projection.rows * SHARE_OF_ROWS) * MAGNIFIED;
  const values = developed(magnified(projection, columns, rows), columns);
  const given = { ...FICTITIOUS, ...identity.attributes };
  const spacing = decimal(projection.spacingMm / MAGNIFIED);
  const { FrameOfReferenceUID: _unused, KVP: _voltage, ContrastBolusAgent: _agent, ...kept } = given;
  const attributes: Attributes = {
    ...kept,
    ImageType: ['DERIVED', 'PRIMARY', ''],
    SOPClassUID: DX_FOR_PRESENTATION,
    SOPInstanceUID: uidFromSeed(`${identity.seed}/0`),
    SeriesInstanceUID: uidFromSeed(`${identity.seed}/series`),
    StudyInstanceUID: given.StudyInstanceUID ?? uidFromSeed(`${identity.seed}/study`),
    Modality: 'DX',
    PresentationIntentType: 'FOR PRESENTATION',
    InstanceNumber: '1',
    BodyPartExamined: 'CHEST',
    ViewPosition: 'AP',
    ImageLaterality: 'U',
    PatientOrientation: ['L', 'F'],
    ImagerPixelSpacing: [spacing, spacing],
    DetectorType: 'DIRECT',
    AcquisitionDate: given.StudyDate ?? '',
    ContentDate: given.StudyDate ?? '',
    ContentTime: given.StudyTime ?? '',
    AnatomicRegionSequence: [
      elementsOf({ CodeValue: '51185008', CodingSchemeDesignator: 'SCT', CodeMeaning: 'Chest' }),
    ],
    AcquisitionContextSequence: [],
    ...pixelAttributes(FORMAT, { columns, rows }),
    RescaleType: 'US',
    PixelIntensityRelationship: 'LOG',
    PixelIntensityRelationshipSign: 1,
    PresentationLUTShape: 'IDENTITY',
    LossyImageCompression: '00',
    BurnedInAnnotation: 'NO',
    DerivationDescription: 'Parallel projection of a computed phantom',
    WindowCenter: '2048',
    WindowWidth: '4096',
  };
  const pixels = packSlice(values, FORMAT, { noise: 0, columns, slice: 0 });
  return {
    name: `${identity.folder}/IM0001.dcm`,
    bytes: writePart10([...elementsOf(attributes), pixelData(pixels, FORMAT)]),
  };
}

/** Catmull-Rom in both directions, so that no sample grid shows. */
function magnified({ sums, columns, rows }: Projection, wideColumns: number, wideRows: number): Float32Array {
  const across = new Float32Array(wideColumns * rows);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < wideColumns; column++)
      across[row * wideColumns + column] = between(sums, row * columns, 1, columns, (column - 0.5) / MAGNIFIED);
  const both = new Float32Array(wideColumns * wideRows);
  for (let row = 0; row < wideRows; row++)
    for (let column = 0; column < wideColumns; column++)
      both[row * wideColumns + column] = between(across, column, wideColumns, rows, (row - 0.5) / MAGNIFIED);
  return both;
}

function between(values: Float32Array, first: number, stride: number, count: number, at: number): number {
  const index = Math.floor(at);
  const t = at - index;
  const pick = (offset: number) => values[first + stride * Math.min(count - 1, Math.max(0, index + offset))] ?? 0;
  const [p, q, r, s] = [pick(-1), pick(0), pick(1), pick(2)];
  return q + 0.5 * t * (r - p + t * (2 * p - 5 * q + 4 * r - s + t * (3 * (q - r) + s - p)));
}

/** As a film is developed: local contrast raised, range fitted to 12 bits, a little quantum noise. */
function developed(values: Float32Array, columns: number): Float32Array {
  const smooth = boxBlurred(values, columns, 28);
  const raised = values.map((value, index) => value + 0.9 * (value - (smooth[index] ?? value)));
  const sorted = Float32Array.from(raised).sort();
  const least = sorted[Math.floor(sorted.length * 0.02)] ?? 0;
  const greatest = sorted[Math.floor(sorted.length * 0.995)] ?? 1;
  return raised.map((value, index) => {
    const share = Math.max(0, (value - least) / (greatest - least));
    const noise = 14 * grainAt(index % columns, Math.floor(index / columns), 3);
    return 90 + 3700 * Math.min(1.06, share ** 0.85) + noise;
  });
}

/** Mean over a square of `2·reach + 1` pixels, by running sums in both directions. */
function boxBlurred(values: Float32Array, columns: number, reach: number): Float32Array {
  const rows = values.length / columns;
  const across = new Float32Array(values.length);
  for (let row = 0; row < rows; row++)
    runningMean(values, across, { first: row * columns, stride: 1, count: columns, reach });
  const both = new Float32Array(values.length);
  for (let column = 0; column < columns; column++)
    runningMean(across, both, { first: column, stride: columns, count: rows, reach });
  return both;
}

function runningMean(
  from: Float32Array,
  to: Float32Array,
  { first, stride, count, reach }: { first: number; stride: number; count: number; reach: number },
): void {
  const pick = (index: number) => from[first + stride * Math.min(count - 1, Math.max(0, index))] ?? 0;
  let sum = 0;
  for (let index = -reach; index <= reach; index++) sum += pick(index);
  for (let index = 0; index < count; index++) {
    to[first + stride * index] = sum / (2 * reach + 1);
    sum += pick(index + reach + 1) - pick(index - reach);
  }
}
