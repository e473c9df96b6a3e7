/** Decoded frames as imaging hands them out, in a few words. */
import type { DecodedFrame } from '../../src-renderer/imaging/types';
import { instanceRecord } from './stackContent';

/** Grey, 512 × 256, signed 16 bit, CT rescale; its samples are those given, from the first pixel on. */
export function greyFrame(values: readonly number[] = [], changed: Partial<DecodedFrame> = {}): DecodedFrame {
  const pixels = instanceRecord.pixels;
  if (!pixels) throw new Error('the record has pixels');
  const samples = new Int16Array(pixels.rows * pixels.columns);
  samples.set(values);
  return {
    ref: { instanceId: 1, frameIndex: 0 },
    sopInstanceUid: '2.25.4.1',
    rows: pixels.rows,
    columns: pixels.columns,
    kind: 'grey',
    samples,
    minStored: Math.min(0, ...values),
    maxStored: Math.max(0, ...values),
    pixels,
    display: {
      photometricInterpretation: 'MONOCHROME2',
      modality: { kind: 'rescale', slope: 1, intercept: -1024, unit: 'HU' },
      windows: [{ center: 40, width: 400, explanation: '' }],
      voiFunction: 'LINEAR',
      voiTables: [],
      isInverse: false,
      padding: null,
      palette: null,
    },
    sizeBytes: samples.byteLength,
    ...changed,
  };
}
