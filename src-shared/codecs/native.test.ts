import { describe, expect, it } from 'vitest';
import type { EncodedFrame } from '../dicom/frame';
import type { PixelDescription } from '../dicom/records';
import { decodeNative } from './native';

const grey16: PixelDescription = {
  rows: 1,
  columns: 2,
  samplesPerPixel: 1,
  photometricInterpretation: 'MONOCHROME2',
  planarConfiguration: 0,
  bitsAllocated: 16,
  bitsStored: 12,
  highBit: 11,
  isSigned: false,
  sampleKind: 'integer',
  frames: 1,
};

function frameOf(pixels: Partial<PixelDescription>, bytes: readonly number[]): EncodedFrame {
  return {
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    pixels: { ...grey16, ...pixels },
    frameIndex: 0,
    bytes: Uint8Array.from(bytes),
  };
}

const grey32 = { columns: 1, bitsAllocated: 32, bitsStored: 32 } as const;
const rgb = { samplesPerPixel: 3, bitsAllocated: 8, bitsStored: 8, photometricInterpretation: 'RGB' } as const;
const ybr422 = { ...rgb, photometricInterpretation: 'YBR_FULL_422' } as const;

describe('decodeNative', () => {
  it.each([
    ['16-bit words', {}, [1, 2, 3, 4], [2, 1, 4, 3]],
    ['32-bit integers, which are written as words too', grey32, [1, 2, 3, 4], [2, 1, 4, 3]],
    ['32-bit floats', { ...grey32, sampleKind: 'float32' as const }, [1, 2, 3, 4], [4, 3, 2, 1]],
    ['bytes, which have no order', { bitsAllocated: 8, bitsStored: 8 }, [1, 2], [1, 2]],
    ['single bits', { columns: 16, bitsAllocated: 1, bitsStored: 1 }, [1, 2], [1, 2]],
  ])('reverses big-endian %s', (_, pixels, bytes, expected) => {
    expect([...decodeNative(frameOf(pixels, bytes), true).bytes]).toEqual(expected);
  });

  it('gives little-endian bytes as they are, in memory of their own', () => {
    const frame = frameOf({}, [1, 2, 3, 4]);
    const decoded = decodeNative(frame, false);
    expect([...decoded.bytes]).toEqual([1, 2, 3, 4]);
    expect(decoded.bytes.buffer).not.toBe(frame.bytes.buffer);
  });

  it('turns colour planes into pixels', () => {
    const frame = frameOf({ ...rgb, planarConfiguration: 1 }, [1, 2, 10, 20, 100, 200]);
    expect([...decodeNative(frame, false).bytes]).toEqual([1, 10, 100, 2, 20, 200]);
  });

  it('turns 16-bit colour planes into pixels', () => {
    const planes = [1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0];
    const frame = frameOf({ ...rgb, bitsAllocated: 16, bitsStored: 16, planarConfiguration: 1 }, planes);
    expect([...decodeNative(frame, false).bytes]).toEqual([1, 0, 3, 0, 5, 0, 2, 0, 4, 0, 6, 0]);
  });

  it('leaves subsampled colour subsampled', () => {
    expect(decodeNative(frameOf(ybr422, [1, 2, 3, 4]), false)).toEqual({
      bytes: Uint8Array.of(1, 2, 3, 4),
      photometricInterpretation: 'YBR_FULL_422',
      bitsAllocated: 8,
    });
  });

  it('says so when colour called subsampled is there in full', () => {
    const decoded = decodeNative(frameOf(ybr422, [1, 2, 3, 4, 5, 6]), false);
    expect(decoded.photometricInterpretation).toBe('YBR_FULL');
  });

  it('drops the padding byte of an odd frame', () => {
    const frame = frameOf({ columns: 3, bitsAllocated: 8, bitsStored: 8 }, [1, 2, 3, 0]);
    expect([...decodeNative(frame, false).bytes]).toEqual([1, 2, 3]);
  });

  it.each([
    ['too few bytes', [1, 2, 3], 'pixels/truncated'],
    ['too many bytes', [1, 2, 3, 4, 5, 6], 'pixels/decode-failed'],
  ])('refuses %s', (_, bytes, code) => {
    expect(() => decodeNative(frameOf({}, bytes), false)).toThrow(expect.objectContaining({ code }));
  });
});
