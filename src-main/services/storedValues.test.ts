import { describe, expect, it } from 'vitest';
import type { PixelDescription } from '../../src-shared/dicom/records';
import { storedValuesOf } from './storedValues';

const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';
const RLE = '1.2.840.10008.1.2.5';

function pictureOf(transferSyntaxUid: string, pixels: Partial<PixelDescription>) {
  const described: PixelDescription = {
    rows: 1,
    columns: 1,
    samplesPerPixel: 3,
    photometricInterpretation: 'YBR_FULL_422',
    planarConfiguration: 0,
    bitsAllocated: 8,
    bitsStored: 8,
    highBit: 7,
    isSigned: false,
    sampleKind: 'integer',
    frames: 1,
    ...pixels,
  };
  return { transferSyntaxUid, pixels: described, frameCount: 1 };
}

/** Pure red. */
const red = Uint8Array.of(76, 85, 255);

function decoded(bytes: Uint8Array<ArrayBuffer>, photometricInterpretation: string, bitsAllocated = 8) {
  return { bytes, photometricInterpretation, bitsAllocated };
}

describe('storedValuesOf', () => {
  it.each([
    ['converts lossy JPEG colour', JPEG_BASELINE, 'YBR_FULL_422', 'YBR_FULL', [254, 0, 0]],
    ['leaves JPEG that the data set calls RGB', JPEG_BASELINE, 'RGB', 'YBR_FULL', [...red]],
    ['leaves JPEG that the stream calls RGB', JPEG_BASELINE, 'YBR_FULL', 'RGB', [...red]],
    ['leaves lossless colour', RLE, 'YBR_FULL', 'YBR_FULL', [...red]],
  ])('%s', (_, transferSyntaxUid, described, meant, expected) => {
    const values = storedValuesOf(pictureOf(transferSyntaxUid, { photometricInterpretation: described }));
    expect([...values.add(decoded(red, meant)), ...values.finish()]).toEqual(expected);
  });

  it('joins frames of single bits without a gap', () => {
    const bits = { columns: 3, rows: 1, samplesPerPixel: 1, bitsAllocated: 1, bitsStored: 1, highBit: 0 };
    const values = storedValuesOf(pictureOf(RLE, { ...bits, photometricInterpretation: 'MONOCHROME2' }));
    const frames = [0b101, 0b011, 0b110].map((bytes) => decoded(Uint8Array.of(bytes), 'MONOCHROME2', 1));
    const joined = [...frames.flatMap((frame) => [...values.add(frame)]), ...values.finish()];
    expect(joined).toEqual([0b10_011_101, 0b1]);
  });
});
