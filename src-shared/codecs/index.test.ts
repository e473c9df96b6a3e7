import { describe, expect, it } from 'vitest';
import type { EncodedFrame } from '../dicom/frame';
import type { PixelDescription } from '../dicom/records';
import { createFrameDecoder, isDecodable } from './index';

const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';

const grey: PixelDescription = {
  rows: 8,
  columns: 8,
  samplesPerPixel: 1,
  photometricInterpretation: 'MONOCHROME2',
  planarConfiguration: 0,
  bitsAllocated: 8,
  bitsStored: 8,
  highBit: 7,
  isSigned: false,
  sampleKind: 'integer',
  frames: 1,
};

/** A JPEG of 8 × 8 grey pixels that has a header and an end, and nothing between. */
const hollowJpeg = [0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0, 0xff, 0xd9];

function frameOf(transferSyntaxUid: string, bytes: readonly number[], pixels: Partial<PixelDescription> = {}) {
  const frame: EncodedFrame = {
    transferSyntaxUid,
    pixels: { ...grey, ...pixels },
    frameIndex: 0,
    bytes: Uint8Array.from(bytes),
  };
  return frame;
}

/** A decoder whose kernel cannot be had; `loads` counts how often it was asked for. */
function decoderWithoutKernel() {
  const asked = { loads: 0 };
  const decoder = createFrameDecoder({
    loadWasm: () => {
      asked.loads += 1;
      return Promise.reject(new Error('no kernel'));
    },
  });
  return { decoder, asked };
}

describe('createFrameDecoder', () => {
  it.each([
    ['1.2.840.10008.1.2.4.201', /High-Throughput JPEG 2000 \(Lossless Only\)/],
    ['1.2.3.4', /1\.2\.3\.4/],
    ['constructor', /constructor/],
  ])('names the transfer syntax %s that it does not decode', async (uid, name) => {
    const { decoder } = decoderWithoutKernel();
    expect(isDecodable(uid)).toBe(false);
    await expect(decoder.decode(frameOf(uid, []))).rejects.toMatchObject({
      code: 'pixels/unsupported-transfer-syntax',
      message: expect.stringMatching(name) as unknown,
    });
  });

  it.each([
    ['rows', { rows: 9 }],
    ['columns', { columns: 7 }],
    ['samples', { samplesPerPixel: 3 }],
  ])('refuses a codestream with other %s before any kernel is loaded', async (_, pixels) => {
    const { decoder, asked } = decoderWithoutKernel();
    await expect(decoder.decode(frameOf(JPEG_BASELINE, hollowJpeg, pixels))).rejects.toMatchObject({
      code: 'pixels/mismatch',
    });
    expect(asked.loads).toBe(0);
  });

  it('refuses a codestream without an end before any kernel is loaded', async () => {
    const { decoder, asked } = decoderWithoutKernel();
    await expect(decoder.decode(frameOf(JPEG_BASELINE, hollowJpeg.slice(0, -2)))).rejects.toMatchObject({
      code: 'pixels/decode-failed',
    });
    expect(asked.loads).toBe(0);
  });

  it('asks for the kernel again after it could not be had', async () => {
    const { decoder, asked } = decoderWithoutKernel();
    for (const loads of [1, 2]) {
      await expect(decoder.decode(frameOf(JPEG_BASELINE, hollowJpeg))).rejects.toMatchObject({
        code: 'pixels/decode-failed',
      });
      expect(asked.loads).toBe(loads);
    }
  });

  it.each([
    ['no rows', { rows: 0 }],
    ['more bits stored than allocated', { bitsStored: 9 }],
    ['an odd width', { bitsAllocated: 12 }],
    ['a frame beyond 2 GiB', { rows: 65_535, columns: 65_535 }],
  ])('refuses %s', async (_, pixels) => {
    const { decoder } = decoderWithoutKernel();
    await expect(decoder.decode(frameOf('1.2.840.10008.1.2.1', [], pixels))).rejects.toMatchObject({
      code: 'pixels/unsupported-format',
    });
  });

  it('decodes what is compressed although its transfer syntax says native', async () => {
    const { decoder, asked } = decoderWithoutKernel();
    await expect(decoder.decode(frameOf('1.2.840.10008.1.2.1', hollowJpeg))).rejects.toMatchObject({
      code: 'pixels/decode-failed',
    });
    expect(asked.loads).toBe(1);
  });
});
