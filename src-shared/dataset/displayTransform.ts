/** Everything that turns an instance's stored values into light. Source: PS3.3 C.11, C.7.6.3.1.5, C.7.5.1.1.2. */
import type { DisplayTransform, LookupTable, ModalityTransform } from '../dicom/display';
import type { InstanceRecord, PixelDescription } from '../dicom/records';
import type { DataSet } from './dataSet';
import { functionalGroups } from './functionalGroups';
import { PALETTE_TAGS, readLookupTable, readPaletteTable } from './lookupTables';
import { Tag } from './tags';

/** A table takes the place of a rescale; both together are not allowed. */
function readModality(dataSet: DataSet, record: InstanceRecord, isSigned: boolean): ModalityTransform | null {
  const item = dataSet.items(Tag.ModalityLutSequence, 1)[0];
  const table = item && readLookupTable(item, isSigned);
  if (item && table) return { kind: 'table', table, unit: item.text(Tag.ModalityLutType) };
  return record.rescale && { kind: 'rescale', ...record.rescale };
}

/** Signed input exists when the pixels are signed or a rescale made negative values. Source: PS3.3 C.11.2.1.1. */
function readVoiTables(dataSet: DataSet, isSigned: boolean): LookupTable[] {
  const holder = functionalGroups(dataSet).macro(Tag.FrameVoiLutSequence);
  const items = holder.items(Tag.VoiLutSequence, 64);
  return items.map((item) => readLookupTable(item, isSigned)).filter((table) => table !== null);
}

/** One value, or a range when its other end is given too; in which order is not said. Source: PS3.3 C.7.5.1.1.2. */
function readPadding(dataSet: DataSet, { isSigned }: PixelDescription): DisplayTransform['padding'] {
  const vr = isSigned ? 'SS' : 'US';
  const value = asStored(dataSet.number(Tag.PixelPaddingValue, vr), isSigned);
  if (value === null) return null;
  const limit = asStored(dataSet.number(Tag.PixelPaddingRangeLimit, vr), isSigned) ?? value;
  return { min: Math.min(value, limit), max: Math.max(value, limit) };
}

/** Writers choose US or SS without looking at Pixel Representation; the bits are what counts. */
function asStored(value: number | null, isSigned: boolean): number | null {
  if (value === null) return null;
  if (isSigned) return value >= 0x8000 && value <= 0xffff ? value - 0x10000 : value;
  return value < 0 && value >= -0x8000 ? value + 0x10000 : value;
}

function readPalette(dataSet: DataSet, pixels: PixelDescription): DisplayTransform['palette'] {
  if (pixels.photometricInterpretation !== 'PALETTE COLOR') return null;
  const red = readPaletteTable(dataSet, PALETTE_TAGS.red, pixels.isSigned);
  const green = readPaletteTable(dataSet, PALETTE_TAGS.green, pixels.isSigned);
  const blue = readPaletteTable(dataSet, PALETTE_TAGS.blue, pixels.isSigned);
  return red && green && blue ? { red, green, blue } : null;
}

const NO_IMAGE: DisplayTransform = {
  photometricInterpretation: '',
  modality: null,
  windows: [],
  voiFunction: 'LINEAR',
  voiTables: [],
  isInverse: false,
  padding: null,
  palette: null,
};

export function readDisplayTransform(dataSet: DataSet, record: InstanceRecord): DisplayTransform {
  const { pixels } = record;
  if (!pixels) return NO_IMAGE;
  const modality = readModality(dataSet, record, pixels.isSigned);
  const isVoiSigned = pixels.isSigned || (modality?.kind === 'rescale' && modality.intercept < 0);
  return {
    photometricInterpretation: pixels.photometricInterpretation,
    modality,
    windows: record.windows,
    voiFunction: record.voiFunction,
    voiTables: readVoiTables(dataSet, isVoiSigned),
    isInverse: dataSet.text(Tag.PresentationLutShape, 'CS').toUpperCase() === 'INVERSE',
    padding: readPadding(dataSet, pixels),
    palette: readPalette(dataSet, pixels),
  };
}
