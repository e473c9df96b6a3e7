/**
 * Damaged codestreams, 500 of them, always the same: whatever becomes of one, it is answered in time, and the sound
 * frame after it gives its own picture. A viewer that shows the previous frame shows another patient.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { AppError } from '../../../src-shared/base/appError';
import { openInstance } from '../../../src-shared/dataset/instance';
import type { EncodedFrame } from '../../../src-shared/dicom/frame';
import { createDecodePool, frameDeadlineMs } from '../../../src-main/services/decodePool';
import { skipUnless } from '../../support/skip';
import { canDecode, realFile, reasonNotTo, workerUrl } from './realData';

const MUTANTS = 500;
const SEED = 20_240_229;

const sources = [
  'ts/pydicom/MR_small_jp2klossless.dcm',
  'ts/pydicom/GDCMJ2K_TextGBR.dcm',
  'ts/pydicom/MR_small_jpeg_ls_lossless.dcm',
  'ts/pydicom-data/JLSN_RGB_ILV0.dcm',
  'ts/pydicom/SC_rgb_dcmtk_+eb+cy+s2.dcm',
  'ts/ctimage/ct_JPEGProcess2_4_1.2.840.10008.1.2.4.51.dcm',
  'ts/ctimage/ct_JPEGProcess10_12_1.2.840.10008.1.2.4.55.dcm',
  'ts/ctimage/ct_JPEGProcess14SV1_1.2.840.10008.1.2.4.70.dcm',
  'ts/pydicom/MR_small_RLE.dcm',
  'ts/pydicom/SC_rgb_rle_16bit.dcm',
];

/** What a damaged frame may be answered with; without an error it was damaged in a way that leaves a picture. */
const ANSWERS = [
  'a picture',
  'pixels/decode-failed',
  'pixels/mismatch',
  'pixels/unsupported-format',
  'pixels/decode-timeout',
];

/** Mulberry32: small, and the same everywhere. From 0 up to, not including, 1. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Cut, cut and ended as if it were whole, damaged in the header, or damaged anywhere. */
function mutated({ bytes }: EncodedFrame, random: () => number): Uint8Array<ArrayBuffer> {
  const below = (limit: number) => Math.floor(random() * limit);
  const kind = below(4);
  if (kind === 0) return bytes.slice(0, below(bytes.length));
  if (kind === 1) return Uint8Array.from([...bytes.subarray(0, below(bytes.length)), 0xff, 0xd9]);
  const damaged = bytes.slice();
  const reach = kind === 2 ? Math.min(200, bytes.length) : bytes.length;
  for (let left = 1 + below(6); left > 0; left--) damaged[below(reach)] = below(256);
  return damaged;
}

skipUnless(canDecode, reasonNotTo)('damaged codestreams', () => {
  const pool = createDecodePool({ workerUrl, width: 1 });
  afterAll(() => pool.dispose());

  const decode = (frame: EncodedFrame) =>
    pool.withSession('asked-for', (session) => session.run({ name: 'encoded', frame }, frameDeadlineMs(frame.pixels)));
  const hashOf = async (frame: EncodedFrame): Promise<string> => {
    const { bytes } = await decode(frame);
    return createHash('sha256').update(bytes).digest('hex');
  };
  const answerTo = (frame: EncodedFrame): Promise<string> =>
    decode(frame).then(
      () => 'a picture',
      (thrown: unknown) => (thrown instanceof AppError ? thrown.code : String(thrown)),
    );

  it(`never leave their mark on the next frame (seed ${SEED})`, { timeout: 300_000 }, async () => {
    const random = seededRandom(SEED);
    const sound = sources.map((path) => openInstance(new Uint8Array(readFileSync(realFile(path)))).encodedFrame(0));
    const expected = await Promise.all(sound.map(hashOf));
    const counts = new Map<string, number>();
    for (let index = 0; index < MUTANTS; index++) {
      const which = index % sound.length;
      const frame = sound[which];
      if (!frame) continue;
      const answer = await answerTo({ ...frame, bytes: mutated(frame, random) });
      counts.set(answer, (counts.get(answer) ?? 0) + 1);
      expect(await hashOf(frame), `after mutant ${index}, answered with ${answer}`).toBe(expected[which]);
    }
    expect([...counts.values()].reduce((sum, count) => sum + count)).toBe(MUTANTS);
    expect(ANSWERS).toEqual(expect.arrayContaining([...counts.keys()]));
    expect(counts.get('pixels/decode-failed')).toBeGreaterThan(MUTANTS / 4);
  });
});
