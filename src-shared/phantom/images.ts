/** Single objects whose pixels are known by a formula: colour images and multi-frame loops. Source: PS3.3 A.8. */
import { uidFromSeed, writePart10, type Element, type WriteOptions } from '../dataset/write';
import { elementsOf, type Attributes } from './attributes';
import { FICTITIOUS, type PhantomFile } from './series';

const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';
const MULTI_FRAME_BYTE_SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7.2';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface ColourOptions extends Size {
  readonly photometric: 'RGB' | 'YBR_FULL';
  /** 0 by pixel, 1 by plane. */
  readonly planar: 0 | 1;
  readonly options?: WriteOptions;
}

/** What a colour phantom shows: red grows with the column, green with the row, blue with both. */
export function colourAt(column: number, row: number): readonly [red: number, green: number, blue: number] {
  return [(column * 4) % 256, (row * 4) % 256, ((column + row) * 2) % 256];
}

/** Source: PS3.3 C.7.6.3.1.2 (full-range ITU-R BT.601). */
export function ybrFromRgb([red, green, blue]: readonly [number, number, number]): readonly [number, number, number] {
  const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
  const rounded = (value: number) => Math.min(255, Math.max(0, Math.round(value)));
  return [
    rounded(luma),
    rounded(-0.1687 * red - 0.3313 * green + 0.5 * blue + 128),
    rounded(0.5 * red - 0.4187 * green - 0.0813 * blue + 128),
  ];
}

export function colourPhantom({ columns, rows, photometric, planar, options }: ColourOptions): PhantomFile {
  const bytes = new Uint8Array(columns * rows * 3);
  for (let index = 0; index < columns * rows; index++) {
    const column = index % columns;
    const rgb = colourAt(column, (index - column) / columns);
    const samples = photometric === 'RGB' ? rgb : ybrFromRgb(rgb);
    for (let sample = 0; sample < 3; sample++) {
      const at = planar === 0 ? index * 3 + sample : sample * columns * rows + index;
      bytes[at] = samples[sample] ?? 0;
    }
  }
  return captureFile(
    `colour-${photometric}-${planar}`,
    {
      SOPClassUID: SECONDARY_CAPTURE,
      SamplesPerPixel: 3,
      PhotometricInterpretation: photometric,
      PlanarConfiguration: planar,
      ...{ Rows: rows, Columns: columns },
    },
    { bytes, ...(options ? { options } : {}) },
  );
}

/** What a frame of a multi-frame phantom holds: a grey wedge that moves one column a frame. */
export function multiFrameAt(column: number, row: number, frame: number): number {
  return ((column + frame) * 3 + row) % 256;
}

export function multiFramePhantom({ columns, rows, frames }: Size & { readonly frames: number }): PhantomFile {
  const bytes = new Uint8Array(columns * rows * frames);
  for (let index = 0; index < bytes.length; index++) {
    const column = index % columns;
    const row = Math.floor(index / columns) % rows;
    bytes[index] = multiFrameAt(column, row, Math.floor(index / (columns * rows)));
  }
  return captureFile(
    'multi-frame',
    {
      SOPClassUID: MULTI_FRAME_BYTE_SECONDARY_CAPTURE,
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      ...{ Rows: rows, Columns: columns },
      NumberOfFrames: String(frames),
      FrameIncrementPointer: 0x00181063,
      FrameTime: '40',
    },
    { bytes },
  );
}

function captureFile(
  name: string,
  attributes: Attributes,
  { bytes, options }: { readonly bytes: Uint8Array; readonly options?: WriteOptions },
): PhantomFile {
  const seed = `isocenter test ${name}`;
  const { KVP: _voltage, PatientPosition: _position, ...person } = FICTITIOUS;
  const pixels: Element = { tag: 0x7fe00010, vr: 'OB', value: bytes };
  const elements = elementsOf({
    ...person,
    Modality: 'OT',
    ConversionType: 'SYN',
    StudyInstanceUID: uidFromSeed(`${seed}/study`),
    SeriesInstanceUID: uidFromSeed(`${seed}/series`),
    SOPInstanceUID: uidFromSeed(`${seed}/0`),
    SeriesDescription: name,
    InstanceNumber: '1',
    PatientOrientation: '',
    ...{ BitsAllocated: 8, BitsStored: 8, HighBit: 7, PixelRepresentation: 0 },
    ...attributes,
  });
  return { name: `${name}.dcm`, bytes: writePart10([...elements, pixels], options) };
}
