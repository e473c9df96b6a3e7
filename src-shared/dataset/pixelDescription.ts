/** The Image Pixel module: what it says, checked against the bytes that are there. Source: PS3.3 C.7.6.3. */
import type { PixelDescription } from '../dicom/records';
import type { DataSet } from './dataSet';
import { UNDEFINED_LENGTH, type DataElement } from './elements';
import type { IssueList } from './issueList';
import { Tag } from './tags';

/** More frames than any object has, and few enough to list. */
export const MAX_FRAMES = 1_000_000;
/** An item header: no fragment is shorter. Source: PS3.5 A.4. */
const FRAGMENT_HEADER_BYTES = 8;

/** Where the pixel data lie. */
export interface PixelPlace {
  readonly element: DataElement;
  /** Bytes of the value that are in the file; may be fewer than the element claims. */
  readonly presentBytes: number;
  readonly isEncapsulated: boolean;
}

/** Fragments are told by the undefined length; some writers give their sum instead. */
export function pixelPlace(element: DataElement, dataSet: DataSet, totalBytes: number): PixelPlace {
  const left = Math.max(totalBytes - element.offset, 0);
  const isEncapsulated = element.hasUndefinedLength || startsWithItem(dataSet.bytes, element.offset);
  return { element, isEncapsulated, presentBytes: isEncapsulated ? left : Math.min(element.length, left) };
}

const ITEM_BYTES = [0xfe, 0xff, 0x00, 0xe0];

function startsWithItem(bytes: Uint8Array, offset: number): boolean {
  return ITEM_BYTES.every((byte, index) => bytes[offset + index] === byte);
}

/** Bits of one native frame; subsampled colour holds two samples a pixel. Source: PS3.3 C.7.6.3.1.2. */
export function nativeFrameBits(pixels: Omit<PixelDescription, 'frames'>): number {
  const isSubsampled = pixels.samplesPerPixel === 3 && pixels.photometricInterpretation.endsWith('_422');
  const samples = isSubsampled ? 2 : pixels.samplesPerPixel;
  return pixels.rows * pixels.columns * samples * pixels.bitsAllocated;
}

const SAMPLE_KINDS: Readonly<Record<number, PixelDescription['sampleKind']>> = {
  [Tag.FloatPixelData]: 'float32',
  [Tag.DoubleFloatPixelData]: 'float64',
};

/** `null`, with an issue, when size or depth are missing or impossible: such pixels cannot be pictured. */
export function readPixelDescription(dataSet: DataSet, place: PixelPlace, issues: IssueList): PixelDescription | null {
  const short = (tag: number): number | null => dataSet.number(tag, 'US');
  const rows = short(Tag.Rows) ?? 0;
  const columns = short(Tag.Columns) ?? 0;
  const bitsAllocated = short(Tag.BitsAllocated) ?? 0;
  const samplesPerPixel = short(Tag.SamplesPerPixel) ?? 1;
  const isDepthValid = bitsAllocated === 1 || (bitsAllocated % 8 === 0 && bitsAllocated >= 8 && bitsAllocated <= 64);
  if (!isCount(rows) || !isCount(columns) || !isDepthValid || !isCount(samplesPerPixel, 4)) {
    issues.add('pixels-undescribed', describeMissing({ rows, columns, bitsAllocated, samplesPerPixel }));
    return null;
  }
  const declaredStored = short(Tag.BitsStored);
  const isStoredValid = declaredStored !== null && declaredStored >= 1 && declaredStored <= bitsAllocated;
  if (!isStoredValid && place.element.tag === Tag.PixelData) {
    issues.add('bits-stored-invalid', 'Bits Stored is missing or does not fit; all allocated bits are taken.');
  }
  const bitsStored = isStoredValid ? declaredStored : bitsAllocated;
  const highBit = short(Tag.HighBit);
  const isHighBitValid = highBit !== null && highBit >= bitsStored - 1 && highBit < bitsAllocated;
  const description = {
    rows,
    columns,
    samplesPerPixel,
    photometricInterpretation: dataSet.text(Tag.PhotometricInterpretation, 'CS').toUpperCase(),
    planarConfiguration: samplesPerPixel > 1 && short(Tag.PlanarConfiguration) === 1 ? 1 : 0,
    bitsAllocated,
    bitsStored,
    highBit: isHighBitValid ? highBit : bitsStored - 1,
    isSigned: short(Tag.PixelRepresentation) === 1,
    sampleKind: SAMPLE_KINDS[place.element.tag] ?? 'integer',
  } as const;
  return { ...description, frames: frameCount(dataSet, description, { place, issues }) };
}

function isCount(value: number, max = 65_535): boolean {
  return Number.isInteger(value) && value >= 1 && value <= max;
}

function describeMissing(sizes: Readonly<Record<string, number>>): string {
  const words = Object.entries(sizes).map(([name, value]) => `${name} ${value}`);
  return `The image has no usable size or depth (${words.join(', ')}).`;
}

function declaredFrames(dataSet: DataSet, issues: IssueList): number {
  const declared = dataSet.number(Tag.NumberOfFrames);
  if (declared !== null && Number.isInteger(declared) && declared >= 1) return declared;
  if (dataSet.has(Tag.NumberOfFrames)) {
    issues.add('frames-invalid', 'Number of Frames is no positive whole number; one frame is taken.');
  }
  return 1;
}

/** The frames declared, as far as the pixel data's own length allows; a cut file keeps those that are missing. */
function frameCount(
  dataSet: DataSet,
  pixels: Omit<PixelDescription, 'frames'>,
  { place, issues }: { place: PixelPlace; issues: IssueList },
): number {
  const declared = declaredFrames(dataSet, issues);
  const { element, presentBytes, isEncapsulated } = place;
  const claimed = element.length === UNDEFINED_LENGTH ? presentBytes : element.length;
  const frameBytes = isEncapsulated ? FRAGMENT_HEADER_BYTES : nativeFrameBits(pixels) / 8;
  const room = Math.max(1, Math.floor(claimed / frameBytes));
  const frames = Math.min(declared, room, MAX_FRAMES);
  if (frames < declared) {
    issues.add('frames-mismatch', `${declared} frames are announced, but the pixel data hold ${frames} at most.`);
  }
  const missing = Math.ceil(frames * frameBytes) - presentBytes;
  const isCut = !isEncapsulated && missing > 0;
  if (isCut) {
    const whole = Math.floor(presentBytes / frameBytes);
    issues.add('pixels-truncated', `The pixel data end early: ${whole} of ${frames} frames are whole.`);
  }
  return frames;
}
